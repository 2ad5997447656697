# SPDX-License-Identifier: GPL-2.0-only
# --no-make: the tree's make is never run.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL

cp -r testcases/tree "$work/tree"
tree=$work/tree
kbuild() { make -s -C "$tree" ARCH=x86 CC=gcc "$@" >"$work/make" 2>&1 || cat "$work/make" >&2; }
kbuild O="$work/built" allmodconfig prepare drivers/
kbuild O="$work/prepared" allmodconfig prepare
touch "$work/start"

# A make that leaves a trace, before the real one.
mkdir "$work/bin"
printf '#!/bin/sh\necho "$*" >>%s\nexit 1\n' "$work/ran" >"$work/bin/make"
chmod +x "$work/bin/make"
path=$PATH
no_make() { PATH=$work/bin:$path check -C "$tree" --no-make "$@"; }
never_ran() { is "$(cat "$work/ran" 2>/dev/null)" ''; }
# What was found and by which way, whatever kind of uAPI it is.
same() { diff -u testcases/tree.expected "$work/out"; }

# --- nothing to go by ---

no_make
ok "nothing is known: exit status 2" is "$status" 2
ok "nothing is known: says what to give" says "build the kernel and give -O DIR"
ok "nothing is known: no report" is "$(cat "$work/out")" ''
no_make -M testcases/commands/module
ok "a module: exit status 2" is "$status" 2
ok "a module: says what to give" says "build it, or run dmacheck once without --no-make"
ok "no output tree was begun" is "$(find "$work/cache" -name out)" ''

# --- a kernel that was built ---

no_make -O "$work/built"
ok "a tree that was built" same
ok "nothing is missing" is "$(grep coverage "$work/err")" ''

# --- one that was only configured ---

no_make -O "$work/prepared"
ok "only configured: exit status 2" is "$status" 2
ok "only configured: says that it has no commands" says "nothing was compiled in it"
ok "only configured: says what to give" says "build the kernel and give -O DIR"
no_make -O "$work/prepared" -M testcases/commands/module
ok "a module that was not built: exit status 2" is "$status" 2
ok "make was never run" never_ran
ok "the output tree was not written to" untouched "$work/prepared"

# --- an output tree of dmacheck's own ---

check -C "$tree" drivers/gpu
no_make drivers/gpu
ok "its own output tree: found" grep '^drivers/gpu/drm/demo/demo_userptr.c:40:' \
	"$work/out"
ok "its own output tree: what make said is known" is \
	"$(grep coverage "$work/err")" ''
mkdir "$tree/drivers/late"
cp "$tree/drivers/gpu/drm/demo/demo_userptr.c" "$tree/drivers/gpu/drm/demo/demo.h" \
	"$tree/drivers/late/"
echo 'obj-m += demo_userptr.o' >"$tree/drivers/late/Makefile"
no_make drivers/late
ok "a folder that make was not asked about: found" \
	grep '^drivers/late/demo_userptr.c:40:' "$work/out"
ok "and the coverage says so" says "make was not asked for its command"
echo '# changed' >>"$tree/scripts/Makefile.build"
no_make
ok "out of date: it is not used" is "$status" 2
ok "make was never run, once more" never_ran

run fix --arch x86 --cache "$work/cache" -C "$tree" --no-make -O "$work/built" \
	drivers/gpu
ok "fix --no-make" grep '^+.*DMA_ATTR_REQUIRE_COHERENT' "$work/out"
done_testing
