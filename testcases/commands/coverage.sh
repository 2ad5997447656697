# SPDX-License-Identifier: GPL-2.0-only
# What was not analysed is named, and the rest goes on.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
demo=$tree/drivers/infiniband/hw/demo

missed() {
	jq -e --arg file "$1" --arg reason "$2" '.coverage.not_analysed | any(
		(.file | contains($file)) and (.reason | contains($reason)))' \
		"$work/report.json"
}
found() { jq -e --arg file "$1" '.findings | any(.file == $file)' "$work/report.json"; }

cat >"$demo/broken.c" <<-EOT
	#include <linux/mm.h>
	int broken(struct page **pages)
	{
		return pin_user_pages_fast(0, 1, 0, pages
EOT
cat >"$demo/unbuilt.c" <<-EOT
	#include <linux/mm.h>
	int unbuilt(struct page **pages)
	{
		const char *names[] = { KBUILD_MODFILE, KBUILD_MODNAME, KBUILD_BASENAME };

		return pin_user_pages_fast(0, 1, 0, pages) + sizeof(names);
	}
EOT
mkdir "$demo/folder.c"
ln -s nonsuch "$demo/dangling.c"
sed -i 's/:= main.o/:= main.o broken.o/' "$demo/Makefile"

check -C "$tree" --format json -o "$work/report.json"
ok "exit status 1" is "$status" 1
ok "a file that is not built is named" missed hw/demo/unbuilt.c ''
ok "a file that does not parse is named" missed hw/demo/broken.c ''
ok "a dangling link is named" missed hw/demo/dangling.c ''
ok "the others are analysed" found drivers/infiniband/hw/demo/doorbell.c
ok "and those of other folders" found drivers/gpu/drm/demo/demo_userptr.c

check -v -C "$tree"
ok "-v names them on stderr, too" says hw/demo/unbuilt.c
ok "a file that is not built knows its names" \
	says "hw/demo/unbuilt.c: not in this configuration, read with a neighbour's command"
make -sk -C "$tree" O="$work/built" ARCH=x86 LLVM=-19 allmodconfig prepare drivers/infiniband/ \
	>"$work/log" 2>&1
check -v -C "$tree" -O "$work/built"
ok "what a build has no command for is not built here" says \
	"drivers/gpu/drm/demo/demo_userptr.c: not built here, read with a neighbour's command: that of drivers/infiniband/"
ok "and is read" grep "^drivers/gpu/drm/demo/demo_userptr.c:40:" "$work/out"
check -C "$tree" -O "$work/built" --format json
ok "JSON: not built here is not the same as not read" jq -e '[.coverage.not_analysed[] |
	select(.file | test("demo_userptr.c$")) | .kind] == ["with another file'"'"'s command"]' "$work/out"

check -q -C "$tree" drivers/gpu
ok "-q says nothing but findings" is "$(cat "$work/err")" ''

# The verdict: "nothing found" is worth what was read.
check -q -C "$tree"
ok "-q does not hide that a part is missing" \
	says 'warning: Linux 7.2.0-sample (x86):'
ok "and the last line says what was not seen" \
	sh -c "tail -1 '$work/err' | grep -F 'partial: '"
check -C "$tree" --strict-coverage
ok "--strict-coverage: exit status 2" is "$status" 2
check -C "$tree" --strict-coverage drivers/gpu
ok "--strict-coverage, where all is read: exit status 1" is "$status" 1
ok "a gap elsewhere is not told" is "$(grep -c broken.c "$work/err")" 0
rm -r "$demo"/*.c
sed -i "s/ broken.o//" "$demo/Makefile"
cat >"$demo/main.c" <<-EOT
	#include <linux/nonsuch.h>
	int lost(struct page **pages)
	{
		return pin_user_pages_fast(0, 1, 0, nonsuch(pages), more);
	}
EOT
: >"$demo/doorbell.c" && : >"$demo/mr.c"
rm -rf "$work/cache"
check -C "$tree" --level error drivers/infiniband
ok "a call that clang drops is named" says 'calls not seen: pin_user_pages_fast() in drivers/infiniband/hw/demo/main.c'
cat >"$demo/doorbell.c" <<-EOT
	#include <linux/mm.h>
	int old(unsigned long addr, struct page **pages)
	{
		int other = nonsuch_variable;
		int got = pin_user_pages_fast(addr, 1,
					      (0, FOLL_WRITE), pages, NULL);

		return got + other;
	}
EOT
check -C "$tree" --level error drivers/infiniband/hw/demo/doorbell.c
ok "a call with arguments of another kernel is named, with the reason" says \
	"a call is not analysed, as this kernel's pin_user_pages_fast() takes 4 arguments, not 5: drivers/infiniband/hw/demo/doorbell.c"
ok "and the verdict says that it was not seen" \
	says "partial: calls not seen: pin_user_pages_fast() in drivers/infiniband/hw/demo/doorbell.c"
ok "the line is in JSON" sh -c "\"$DMACHECK\" check --arch x86 --cache '$work/cache' -C '$tree' \
	--format json drivers/infiniband/hw/demo/doorbell.c 2>/dev/null | grep 'not 5: line 5'"
: >"$demo/doorbell.c"
for i in $(seq 200); do echo "nonsuch$i f$i(void);"; done >>"$demo/main.c"
check -C "$tree" drivers/infiniband
ok "hundreds of errors: not analysed, exit status 2" is "$status" 2
ok "and that is said" says 'nothing that is relevant could be read'
check -C "$tree" --format json drivers/infiniband
ok "JSON: the verdict" jq -e '.coverage.verdict == "none"' "$work/out"
ok "JSON: what kind of gap it is" jq -e \
	'.coverage.not_analysed[0].kind == "unread"' "$work/out"
check -C "$tree" --format json
ok "counts add up: relevant is analysed and not read" jq -e '.coverage |
	.files_considered == .files_analysed + ([.not_analysed[] |
		select(.kind == "unread") | .file] | unique | length)' "$work/out"
ok "and no more is relevant than was asked for" \
	jq -e '.coverage | .files_considered <= .files_total' "$work/out"
done_testing
