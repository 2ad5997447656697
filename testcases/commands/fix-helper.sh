# SPDX-License-Identifier: GPL-2.0-only
# dmacheck fix where a function maps user memory for one caller and other memory
# for another. Each folder in fix-helper/ is a driver, and holds what must come
# of it: `expected.patch`, byte for byte, or in `why` a reason against.
. tools/tap.sh

here=testcases/commands/fix-helper
demo=drivers/gpu/drm/demo

# driver NAME: $work/tree with that driver instead of the sample tree's own.
driver() {
	rm -rf "$work/tree" && cp -r testcases/tree "$work/tree" || exit 2
	rm -f "$work/tree/$demo"/*
	cp "$here/$1"/*.[ch] "$work/tree/$demo"
	objects=$(cd "$here/$1" && echo *.c | sed 's/\.c\b/.o/g')
	{
		echo 'obj-m += demo-drm.o'
		echo "demo-drm-y := $objects"
	} >"$work/tree/$demo/Makefile"
	[ ! -f "$here/$1/Makefile" ] || cp "$here/$1/Makefile" "$work/tree/$demo"
}

# fix ARG...: run it on $work/tree.
fix() {
	run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" \
		--rule missing-require-coherent,unmap-attr-mismatch "$@" "$demo"
}

fixed() {
	ok "$1: exit status 0" is "$status" 0
	ok "$1: the patch" diff -u "$here/$1/expected.patch" "$work/out"
	cp "$work/out" "$work/patch"
	ok "$1: git apply takes it" git apply --check --unsafe-paths \
		--directory="$work/tree" "$work/patch"
	ok "$1: patch -p1 takes it" patch -s -d "$work/tree" -p1 -i "$work/patch"
	ok "$1: no new line is longer than 80 columns" is \
		"$(sed -n 's/^+//p' "$work/patch" | expand | grep '.\{81\}')" ''
	for file in "$work/tree/$demo"/*.c; do
		ok "$1: ${file##*/} compiles" compiles "$file"
	done
	check -C "$work/tree" --rule missing-require-coherent,unmap-attr-mismatch "$demo"
	ok "$1: the check is silent then" is "$status$(cat "$work/out")" 0
	fix
	ok "$1: a second fix prints nothing" is "$status$(cat "$work/out")" 0
}

compiles() {
	mkdir -p "$work/generated" && : >"$work/generated/autoconf.h"
	clang-19 -fsyntax-only -nostdinc -Wall -Werror=implicit -Wno-unused \
		-I"$work/tree/include" -I"$work/tree/arch/x86/include" \
		-include "$work/tree/include/linux/compiler-version.h" \
		-include "$work/tree/include/linux/kconfig.h" \
		-include "$work/tree/include/linux/compiler_types.h" \
		-I"$work" -D__KERNEL__ -DMODULE -DKBUILD_MODNAME='"demo"' "$1"
}

left() {
	ok "$1: exit status 1" is "$status" 1
	ok "$1: nothing on stdout" is "$(cat "$work/out")" ''
	ok "$1: says why" says "not fixed: $(cat "$here/$1/why")"
}

for folder in "$here"/*/; do
	name=$(basename "$folder")
	driver "$name"
	fix
	if [ -f "$folder/why" ]; then
		left "$name"
	else
		fixed "$name"
	fi
done

# All files change together, or none does.
driver files
chmod 444 "$work/tree/$demo/demo_internal.c"
for how in "" --apply; do
	cp -r "$work/tree" "$work/before"
	fix $how
	ok "one file is read-only: exit status 1 ${how:+(--apply)}" is "$status" 1
	ok "one file is read-only: nothing on stdout ${how:+(--apply)}" is \
		"$(cat "$work/out")" ""
	ok "one file is read-only: said ${how:+(--apply)}" \
		says "cannot change $demo/demo_internal.c: it is read-only"
	ok "one file is read-only: no other is changed ${how:+(--apply)}" \
		diff -r "$work/before" "$work/tree"
	rm -rf "$work/before"
done
driver files
fix --apply
ok "--apply: exit status 0" is "$status" 0
ok "--apply: does what the patch says" \
	patch -s -R --dry-run -d "$work/tree" -p1 -i "$PWD/$here/files/expected.patch"
done_testing
