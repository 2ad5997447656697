# SPDX-License-Identifier: GPL-2.0-only
# Wherever the compile commands come from, the findings are the same.
. tools/tap.sh
tree=$PWD/testcases/tree
unset MAKEFLAGS MAKELEVEL

check -C "$tree"
ok "an output tree of dmacheck's own: exit status 1" is "$status" 1
cp "$work/out" "$work/expected"
ok "the findings are those of tree.expected" \
	diff -u testcases/tree.expected "$work/expected"
check -C "$tree"
ok "once more, with that output tree" diff -u "$work/expected" "$work/out"
(cd "$tree/drivers/net" && "$DMACHECK" check -C ../.. --arch x86 \
	--cache "$work/cache" >"$work/out" 2>"$work/err")
ok "from another folder" diff -u "$work/expected" "$work/out"

for cc in gcc clang-19; do
	objtree=$work/$cc
	make -s -C "$tree" O="$objtree" ARCH=x86 CC=$cc allmodconfig prepare drivers/ \
		>"$work/make" 2>&1 || cat "$work/make" >&2
	check -C "$tree" -O "$objtree"
	ok "a tree built with $cc" diff -u "$work/expected" "$work/out"
done

# As a kernel that was built in place has them.
cp -r "$tree" "$work/tree"
make -s -C "$work/tree" O="$work/tree" ARCH=x86 CC=gcc allmodconfig prepare drivers/ \
	>"$work/make" 2>&1 || cat "$work/make" >&2
check -C "$work/tree"
ok "a tree built in place" diff -u "$work/expected" "$work/out"
rm -rf "$work/tree"

# As scripts/clang-tools/gen_compile_commands.py writes it.
cp -r "$tree" "$work/tree"
find "$work/clang-19" -name '.*.cmd' -exec cat {} + |
	sed "s,$tree,$work/tree,g" |
	jq -R -s --arg dir "$work/clang-19" '[ split("\n")[] | select(length > 0) |
		sub("^savedcmd_[^ ]* := "; "") |
		{ command: ., directory: $dir, file: sub("^.* "; "") } ]' \
	>"$work/tree/compile_commands.json"
check -C "$work/tree"
ok "compile_commands.json" diff -u "$work/expected" "$work/out"

check -C "$tree" drivers/gpu
grep drivers/gpu "$work/expected" >"$work/gpu"
ok "only below a PATH" diff -u "$work/gpu" "$work/out"
check -C "$tree" drivers/net/innocent
ok "below an innocent PATH: exit status 0" is "$status" 0
ok "below an innocent PATH: no finding" is "$(cat "$work/out")" ''

ok "nothing was left in the tree" untouched "$tree"
done_testing
