# SPDX-License-Identifier: GPL-2.0-only
# make's own targets, as the README has them.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL KDIR O P FORMAT STRICT J APPLY

# make_it ARG...: make with what was built for this test, and nothing rebuilt.
make_it() {
	last="make $*"
	make -s -o "$DMACHECK" BUILD="$(dirname "$DMACHECK")" ARCH=x86 \
		CHECKFLAGS="--cache $work/cache" \
		FIXFLAGS="--cache $work/cache" "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

make_it check
ok "make check succeeds with findings" is "$status" 0
ok "on the sample tree" diff -u testcases/tree.expected "$work/out"
make_it check STRICT=1
ok "make check STRICT=1 does not" is "$status" 2
ok "and says so" says "something was found (STRICT=1)"
ok "and build/check.status has 1" is "$(cat "$(dirname "$DMACHECK")/check.status")" 1
make_it check STRICT=1 P="drivers/net drivers/infiniband/hw/demo/mr.c"
ok "but where nothing is found, it does" is "$status" 0
make_it check KDIR=/nonexistent
ok "without a kernel it fails" is "$status" 2
ok "and says why" says /nonexistent
ok "build/check.status has 2" is "$(cat "$(dirname "$DMACHECK")/check.status")" 2
make BUILD="$(dirname "$DMACHECK")" ARCH=x86 -o "$DMACHECK" CHECKFLAGS="--cache $work/cache" check \
	>"$work/out" 2>"$work/err" </dev/null
ok "without -s: still nothing but findings on stdout" diff -u testcases/tree.expected "$work/out"
ok "and what is done on stderr" says "  CHECK   testcases/tree"
make_it check FORMAT=json J=1
ok "FORMAT=json writes nothing but JSON" \
	jq -e '.findings | length > 0' "$work/out"
make_it check V=1 FORMAT=json
ok "nor does it with V=1 for a make inside" says "2 errors"

make_it fix
ok "make fix: a patch" is "$(grep -c '^diff --git' "$work/out")" 3
ok "make fix: nothing else on stdout" \
	is "$(grep -v '^\([-+@ ]\|diff --git \|new file mode \)' "$work/out")" ''
make_it fix P=drivers/net
ok "make fix P=: only there" is "$status$(cat "$work/out")" 0
make_it fix APPLY=1
ok "make fix APPLY=1 without a kernel fails" is "$status" 2
ok "and leaves the sample tree alone" untouched testcases/tree
cp -r testcases/tree "$work/tree"
make_it fix KDIR="$work/tree" APPLY=1
ok "make fix APPLY=1 writes" grep -q DMA_ATTR_REQUIRE_COHERENT \
	"$work/tree/drivers/gpu/drm/demo/demo_userptr.c"
make_it fix KDIR=/nonexistent
ok "make fix without a kernel fails" is "$status" 2

make_it help
sed -n 's/^\.PHONY: //p' Makefile | tr ' ' '\n' | grep -vx 'all\|FORCE' |
	while read -r target; do
		grep -q "^make $target" "$work/out" || echo "$target"
	done >"$work/unsaid"
ok "make help names every target" is "$(cat "$work/unsaid")" ''
done_testing
