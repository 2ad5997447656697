# SPDX-License-Identifier: GPL-2.0-only
# What the cache knows of a tree goes to another cache, in files; a tree is read in
# parts.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
mkdir -p "$work/far/away"
cp -r testcases/tree "$work/far/away/other"

# cached CACHE COMMAND ARG...: dmacheck COMMAND with that cache.
cached() {
	cache=$work/$1 command=$2
	shift 2
	run "$command" --cache "$cache" "$@"
}
check_in() { cached "$1" check -v --arch x86 -C "$work/$2"; }
reads_nothing() {
	grep -q '^dmacheck: facts of [1-9]' "$work/err" &&
	! grep '^dmacheck: facts of' "$work/err" | grep -v ', 0 to be read$' &&
	! grep 'making an output tree' "$work/err"
}
no_cache() { ! test -e "$work/$1/facts-"*; }

check_in cache tree
cp "$work/out" "$work/expected"
ok "there are findings" test -s "$work/expected"

# --- export and import ---

cached cache cache export --arch x86 -C "$work/tree" "$work/file"
ok "export: exit status 0" is "$status" 0
ok "and the file" test -s "$work/file"
ok "no path of this machine is in it" \
	is "$(zstd -dcq "$work/file" | grep -acF "$work")" 0
cached new cache import "$work/file"
ok "import: exit status 0" is "$status" 0
mv "$work/cache" "$work/gone" && mv "$work/tree" "$work/away"
check_in new far/away/other
ok "in another cache, for a tree in another place: nothing is read" reads_nothing
ok "and the same is found" diff -u "$work/expected" "$work/out"
mv "$work/gone" "$work/cache" && mv "$work/away" "$work/tree"
cached new cache import "$work/file" "$work/file"
ok "twice: exit status 0" is "$status" 0
ok "and it says so" says '4 of them known before'

# The record of the last check is there, too: a change is compared with it.
cat >"$work/harmless.patch" <<-'EOT'
	--- a/drivers/infiniband/hw/demo/mr.c
	+++ b/drivers/infiniband/hw/demo/mr.c
	@@ -1,4 +1,5 @@
	EOT
{
	sed -n '1s/^/ /p' testcases/tree/drivers/infiniband/hw/demo/mr.c
	echo '+/* changed */'
	sed -n '2,4s/^/ /p' testcases/tree/drivers/infiniband/hw/demo/mr.c
} >>"$work/harmless.patch"
cached fresh cache import "$work/file"
cached fresh patch -v --arch x86 -C "$work/far/away/other" "$work/harmless.patch"
ok "patch: nothing is found" is "$status" 0
ok "and only the tree with the change is analysed" \
	is "$(grep -c '^dmacheck: flow:' "$work/err")" 1

cached empty cache export --arch x86 -C "$work/tree" "$work/part"
ok "what is not read is said to be missing" says 'are missing'
ok "and the exit status is 1" is "$status" 1
cached cache cache export
ok "no file to export to: exit status 2" is "$status" 2
cached cache cache frobnicate
ok "neither export nor import: exit status 2" is "$status" 2

# Make is not run in what was imported: it is made anew before.
echo 'int unbuilt_before(void) { return dma_map_page(0, 0, 0, 0, 0); }' \
	>"$work/far/away/other/drivers/net/innocent/more.c"
echo 'obj-m += more.o' >>"$work/far/away/other/drivers/net/innocent/Makefile"
check_in new far/away/other
ok "a changed Makefile: the output tree is made" says 'making an output tree'
ok "and make works in it" is "$(grep -c '^drivers.*error:' "$work/out")" \
	"$(grep -c '^drivers.*error:' "$work/expected")"
rm "$work/far/away/other/drivers/net/innocent/more.c"
cp testcases/tree/drivers/net/innocent/Makefile \
	"$work/far/away/other/drivers/net/innocent/Makefile"

# --- files that do not fit ---

# refused TITLE TEXT FILE: it is not taken, and nothing of it.
refused() {
	rm -rf "$work/none"
	cached none cache import "$3"
	ok "$1: exit status 2" is "$status" 2
	ok "$1: says '$2'" says "$2"
	ok "$1: nothing is taken" no_cache none
}
changed() { zstd -dcq "$work/file" | sed "$1" | zstd -q >"$work/changed"; }

head -c 3000 "$work/file" >"$work/changed"
refused "half a file" 'its end is missing' "$work/changed"
(cat "$work/file" && echo x) >"$work/changed"
refused "a file with more behind it" 'something follows its end' "$work/changed"
cp "$work/file" "$work/changed"
printf x | dd of="$work/changed" bs=1 seek=5000 conv=notrunc 2>/dev/null
refused "a changed byte" 'is damaged' "$work/changed"
changed 's/dmacheck export 1/dmacheck export 2/'
refused "another kind of file" 'another version of dmacheck' "$work/changed"
LC_ALL=C changed '1s/\(dmacheck export 1.\{4\}[0-9.]*\)./\1x/'
refused "facts of another dmacheck" 'cannot be used' "$work/changed"
: >"$work/changed"
refused "an empty file" 'is damaged' "$work/changed"
zstd -q <README.md >"$work/changed"
refused "some other file" 'no file of `dmacheck cache export' "$work/changed"
refused "no file" 'No such file' "$work/absent"

# Names in it lead nowhere else.
LC_ALL=C changed 's,include/generated/autoconf.h,../../../../../../escap/xy.h,'
cached none cache import "$work/changed"
ok "a path out of the folder: exit status 2" is "$status" 2
ok "and nothing is there" is "$(find "$work" -name xy.h)" ''
LC_ALL=C changed 's,include/generated/autoconf.h,include/generated/autoconf.c,'
cached none cache import "$work/changed"
ok "a file that is no header: exit status 2" is "$status" 2

# --- parts ---

# rounds N: parts read until all is read, each with a cache of its own; how many.
rounds() {
	round=0 more=1
	while [ $more = 1 ] && [ $round -lt 20 ]; do
		round=$((round + 1)) more=0
		for part in $(seq "$1"); do
			cached "part$part" read --arch x86 -C "$work/tree" \
				--part "$part/$1" --export "$work/$part.part"
			[ "$status" -lt 2 ] || return 1
			[ "$status" = 0 ] || more=1
		done
		for part in $(seq "$1"); do
			cached "part$part" cache import "$work"/*.part
			[ "$status" = 0 ] || return 1
		done
	done
	[ $more = 0 ] && echo "$round"
}
ok "three parts come to an end" rounds 3
for part in 1 2 3; do
	check_in part$part tree
	ok "part $part then knows all" reads_nothing
	ok "and finds the same" diff -u "$work/expected" "$work/out"
done
rm -rf "$work"/part*

cached part1 read --arch x86 -C "$work/tree" --part 1/2 --export "$work/1.part"
ok "one of two parts: exit status 1" is "$status" 1
ok "and says that others are missing" says 'of other parts are not'
cached part1 cache import "$work/1.part"
check_in part1 tree
ok "a part that is lost is read by the check" diff -u "$work/expected" "$work/out"
cached all read --arch x86 -C "$work/tree"
ok "without --part all is read: exit status 0" is "$status" 0
check_in all tree
ok "and a check reads nothing" reads_nothing
for bad in 0/2 3/2 1 1/2x -1/2 a/b; do
	cached all read -C "$work/tree" --part "$bad"
	ok "--part $bad: exit status 2" is "$status" 2
done
done_testing
