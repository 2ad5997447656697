# SPDX-License-Identifier: GPL-2.0-only
# Names of files cannot forge a line of a report, nor speak to the terminal.
. tools/tap.sh

tree=$work/tree demo=drivers/infiniband/hw/demo
cp -r testcases/tree "$tree"
forged='x.c:1:1: error: forged [missing-require-coherent]'
nl=$(printf 'a\n%s' "$forged")
esc=$(printf 'a\033[2J')
for name in "$nl.c" "$esc.c"; do
	cp "$tree/$demo/doorbell.c" "$tree/$demo/$name"
done
printf 'obj-m += a\033[2J.o\n' >>"$tree/$demo/Makefile"
raw() { LC_ALL=C grep -lF -e "$(printf '\033')" "$work/out" "$work/err"; }
for format in text terse b4 json; do
	check -C "$tree" -v --format $format
	ok "$format: ends" [ $status -lt 2 ]
	ok "$format: no forged line" [ -z "$(grep -h '^x.c:1:1' "$work/out" "$work/err")" ]
	ok "$format: no escape sequence" [ -z "$(raw)" ]
done
run check --arch x86 --no-make --cache "$work/cache" -C "$tree" -v
ok "--no-make: no forged line" [ -z "$(grep -h '^x.c:1:1' "$work/out" "$work/err")" ]
ok "--no-make: no escape sequence" [ -z "$(raw)" ]
# What is no finding is said on stderr, too.
printf "#error no\n" >"$tree/$demo/$nl.h"
for what in "--cache $work/$nl" "--policy $nl" "-O $nl" "--baseline $nl" "--exclude $nl"; do
	check -C "$tree" ${what%% *} "${what#* }"
	ok "${what%% *}: a message has no line of its own" \
		[ -z "$(grep -h "^x.c:1:1" "$work/out" "$work/err")" ]
	ok "${what%% *}: nothing speaks to the terminal" [ -z "$(raw)" ]
done

# --- the patch of a fix ---

odd=$(printf 'a\ttab "quote" back\\slash\033[2J\nnew line')
rm "$tree/$demo/$nl.c" "$tree/$demo/$esc.c"
mkdir "$tree/drivers/odd"
gpu=drivers/gpu/drm/demo
sed -i "s,^obj-m += gpu.*,&\nobj-m += odd/," "$tree/drivers/Makefile"
for name in "$odd" "with blank" plain; do
	mkdir "$tree/drivers/odd/$name" && cp "$tree/$gpu"/* "$tree/drivers/odd/$name"
done
run fix --arch x86 --cache "$work/cache" -C "$tree" --no-config drivers/odd
cp "$work/out" "$work/patch"
ok "fix: three folders" is "$(grep -c "^diff --git" "$work/patch")" 3
ok "fix: nothing speaks to the terminal" [ -z "$(raw)" ]
ok "git apply takes it" git -C "$tree" apply --check "$work/patch"
ok "patch takes it" sh -c "cd '$tree' && patch -p1 --dry-run" <"$work/patch"
check -C "$tree" --format sarif --fixes drivers/odd
ok "SARIF: the files are called as they are" jq -e '[.runs[0].results[].fixes[]? |
	.artifactChanges[].artifactLocation.uri] | unique | length == 3' "$work/out"
done_testing
