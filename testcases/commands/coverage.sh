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
		return pin_user_pages_fast(0, 1, 0, pages);
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

check -q -C "$tree" drivers/gpu
ok "-q says nothing but findings" is "$(cat "$work/err")" ''
done_testing
