# SPDX-License-Identifier: GPL-2.0-only
# make's own targets, as the README has them.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL KDIR O P FORMAT STRICT J

# make_it ARG...: make with what was built for this test, and nothing rebuilt.
make_it() {
	last="make $*"
	make -s -o "$DMACHECK" BUILD="$(dirname "$DMACHECK")" ARCH=x86 \
		CHECKFLAGS="--cache $work/cache" "$@" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

make_it check
ok "make check succeeds with findings" is "$status" 0
ok "on the sample tree" diff -u testcases/tree.expected "$work/out"
make_it check STRICT=1
ok "make check STRICT=1 does not" is "$status" 2
make_it check STRICT=1 P="drivers/net drivers/infiniband/hw/demo/mr.c"
ok "but where nothing is found, it does" is "$status" 0
make_it check KDIR=/nonexistent
ok "without a kernel it fails" is "$status" 2
ok "and says why" says /nonexistent
make_it check FORMAT=json J=1
ok "FORMAT=json writes nothing but JSON" \
	jq -e '.findings | length > 0' "$work/out"
make_it check V=1 FORMAT=json
ok "nor does it with V=1 for a make inside" says "2 errors"

make_it help
sed -n 's/^\.PHONY: //p' Makefile | tr ' ' '\n' | grep -vx 'all\|FORCE' |
	while read -r target; do
		grep -q "^make $target" "$work/out" || echo "$target"
	done >"$work/unsaid"
ok "make help names every target" is "$(cat "$work/unsaid")" ''
done_testing
