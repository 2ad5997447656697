# SPDX-License-Identifier: GPL-2.0-only
# What cannot be done is said, with what to do about it.
. tools/tap.sh
tree=testcases/tree

cannot "a folder that is no kernel tree" "is not a kernel source tree" -C /tmp
cannot "a folder that does not exist" /nonexistent -C /nonexistent
cannot "a PATH outside of the tree" "outside of the kernel tree" -C $tree /tmp
cannot "a PATH that does not exist" nonsuch -C $tree nonsuch
cannot "an architecture that the kernel has not" "arch/vax" -C $tree --arch vax
cannot "an unknown rule" "'nonsuch'" -C $tree --rule nonsuch
cannot "an unknown format" "'nonsuch'" -C $tree --format nonsuch
cannot "an unknown level" "'nonsuch'" -C $tree --level nonsuch
cannot "an unknown option" "'--nonsuch'" -C $tree --nonsuch
cannot "a report that cannot be written" /nonexistent/x -C $tree \
	-o /nonexistent/x
cannot "a cache that cannot be made" /dev/null/x -C $tree --cache /dev/null/x

run nonsuch
ok "an unknown command: exit status 2" is $status 2
ok "an unknown command: said" says "'nonsuch'"

cat >"$work/api.conf" <<-EOT
	[sink]
	demo_map = memory:1 attrs:2

	[sink]
	demo_map_other = memory:nonsuch
EOT
cannot "a mistake in --api" "$work/api.conf:5:" -C $tree --api "$work/api.conf"
cannot "an --api that is not there" /nonexistent -C $tree --api /nonexistent

cat >"$work/policy.conf" <<-EOT
	[allow demo]
	attribute = DMA_ATTR_REQUIRE_COHERENT
	nonsuch = 1
EOT
cannot "a mistake in --policy" "$work/policy.conf:3:" -C $tree \
	--policy "$work/policy.conf"

# A tree of our own, to break.
cp -r $tree "$work/tree"
printf '[\n{ "directory": "/",\n' >"$work/tree/compile_commands.json"
cannot "a malformed compile_commands.json" compile_commands.json -C "$work/tree"
echo '[ { "directory": "/" } ]' >"$work/tree/compile_commands.json"
cannot "compile_commands.json without a file" compile_commands.json -C "$work/tree"
rm "$work/tree/compile_commands.json"

# Without the programs that it takes to make an output tree.
mkdir "$work/bin"
for program in make sh; do
	ln -s "$(command -v $program)" "$work/bin/"
done
PATH=$work/bin "$DMACHECK" check -C $tree --cache "$work/cache" \
	>"$work/out" 2>"$work/err" </dev/null
ok "no clang: exit status 2" is $? 2
ok "no clang: says what to install" says clang-19
rm "$work/bin/make"
PATH=$work/bin "$DMACHECK" check -C $tree --cache "$work/cache" \
	>"$work/out" 2>"$work/err" </dev/null
ok "no make: exit status 2" is $? 2
ok "no make: says so" says make

ok "nothing was left in the tree" untouched "$tree"
done_testing
