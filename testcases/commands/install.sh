# SPDX-License-Identifier: GPL-2.0-only
# What `make install` puts in place works from there.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL

make -s -o "$DMACHECK" install BUILD="$(dirname "$DMACHECK")" DESTDIR="$work/root" PREFIX=/usr \
	>"$work/make" 2>&1 || cat "$work/make" >&2
ok "the program is installed" test -x "$work/root/usr/bin/dmacheck"
for file in checkers/*.conf; do
	ok "$file is installed" \
		cmp "$file" "$work/root/usr/share/dmacheck/$(basename "$file")"
done
for file in semantic-patches/*.cocci; do
	ok "$file is installed" \
		cmp "$file" "$work/root/usr/share/dmacheck/semantic-patches/$(basename "$file")"
done
ok "the git hook is installed" cmp tools/pre-commit "$work/root/usr/share/dmacheck/pre-commit"
DMACHECK=$work/root/usr/bin/dmacheck
check -C testcases/tree
ok "it finds the same from there" diff -u testcases/tree.expected "$work/out"
done_testing
