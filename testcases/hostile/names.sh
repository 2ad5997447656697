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
done_testing
