# SPDX-License-Identifier: GPL-2.0-only
# dmacheck fix for calls of the DMA API that are wrong by themselves or beside
# another one. Each folder in fix-calls/ is named after a rule and a case, and
# holds a driver and what must come of it: `expected.patch`, byte for byte, or in
# `why` a reason against.
. tools/tap.sh

here=testcases/commands/fix-calls
demo=drivers/gpu/drm/demo

for folder in "$here"/*/; do
	name=$(basename "$folder")
	rule=${name%.*}
	rm -rf "$work/tree" && cp -r testcases/tree "$work/tree" || exit 2
	rm -f "$work/tree/$demo"/*
	cp "$folder/demo.c" "$work/tree/$demo"
	echo 'obj-m += demo.o' >"$work/tree/$demo/Makefile"
	run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" \
		--rule "$rule" "$demo"
	if [ -f "$folder/why" ]; then
		ok "$name: exit status 1" is "$status" 1
		ok "$name: nothing on stdout" is "$(cat "$work/out")" ''
		ok "$name: says why" says "not fixed: $(cat "$folder/why")"
		continue
	fi
	ok "$name: exit status 0" is "$status" 0
	ok "$name: the patch" diff -u "$folder/expected.patch" "$work/out"
	cp "$work/out" "$work/patch"
	ok "$name: patch -p1 takes it" \
		patch -s -d "$work/tree" -p1 -i "$work/patch"
	check -C "$work/tree" --rule "$rule" "$demo"
	ok "$name: the check is silent then" is "$status$(cat "$work/out")" 0
done
done_testing
