# SPD-License-Identifier: GPL-2.0-only
# dmacheck patch: what a change adds, wherever the change comes from.
. tools/tap.sh

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

tree=$work/tree
mr=drivers/infiniband/hw/demo/mr.c
net=drivers/net/innocent/innocent.c
leak=drivers/gpu/drm/demo/leak.c
missing=missing-require-coherent

# patch ARG...: dmacheck patch on $tree; FROM is its stdin.
FROM=/dev/null
patch() {
	last="$DMACHECK patch --arch x86 --cache $work/cache -C $tree $* <$FROM"
	"$DMACHECK" patch --arch x86 --cache "$work/cache" -C "$tree" "$@" \
		>"$work/out" 2>"$work/err" <"$FROM"
	status=$?
}
git() { command git -C "$tree" "$@"; }
# fresh: a repository with the sample tree, all of it committed.
fresh() {
	rm -rf "$tree" && cp -r testcases/tree "$tree"
	git init -q -b master && git add -A && git commit -qm 'all of it'
}
# edit FILE SCRIPT: with sed, as an editor would.
edit() { sed -i "$2" "$tree/$1"; }
drop_attribute() { edit $mr 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/'; }
# A driver that pins and maps; $1: its attributes.
write_leak() {
	cat >"$tree/$leak" <<-EOT
	// SPDX-License-Identifier: GPL-2.0-only
	#include <drm/drm_gem.h>
	#include <linux/dma-mapping.h>
	#include <linux/mm.h>
	#include <linux/scatterlist.h>
	#include <linux/slab.h>

	struct leak {
		struct page *pages[16];
		struct sg_table sgt;
	};

	int leak_map(struct device *dev, struct leak *l, unsigned long addr);

	int leak_map(struct device *dev, struct leak *l, unsigned long addr)
	{
		int ret;

		ret = pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
					  l->pages);
		if (ret != 16)
			return -EFAULT;
		ret = sg_alloc_table_from_pages(&l->sgt, l->pages, 16, 0,
						16 * PAGE_SIZE, GFP_KERNEL);
		if (ret)
			return ret;
		return dma_map_sgtable(dev, &l->sgt, DMA_BIDIRECTIONAL, $1);
	}
	EOT
}
count() { grep -c "$1" "$work/out"; }
found() { is "$status" 1 && grep "$1" "$work/out"; }
nothing() { is "$status" 0 && is "$(cat "$work/out")" ''; }
# failed TITLE TEXT: exit status 2, said, and no finding.
failed() {
	ok "$1: exit status 2" is "$status" 2
	ok "$1: says '$2'" says "$2"
	ok "$1: no finding" is "$(cat "$work/out")" ''
}

# --- what is staged ---

fresh
drop_attribute
patch --staged
ok "what is not staged is not looked at" nothing
git add -A
patch --staged
ok "an attribute that is gone is found where it is missed" \
	found "^$mr:46:8: error: .*\[$missing\]"
ok "the hunk that causes it is named" \
	grep "^$mr:25:1: note: caused by this change: @@" "$work/out"
# header FILE: the first hunk's header in a patch.
header() { sed -n '/^@@/{p;q}' "$1"; }
quotes() { grep -F "note: caused by this change: $(header "$1")" "$work/out"; }
git diff --cached >"$work/drop.patch"
ok "as git diff shows that hunk" quotes "$work/drop.patch"
ok "what was there before is not told" is "$(count ': error: ')" 1
ok "says how much" says "staged: 1 error in 1 file"
git commit -qm 'drop it'
patch --staged
ok "nothing staged: nothing found" nothing
patch --git HEAD
ok "--git REV" found "^$mr:46:8: error"
ok "a commit's hunk as git show shows it" quotes "$work/drop.patch"
git checkout -q HEAD~1
git diff -U1 HEAD master >"$work/narrow.patch"
patch "$work/narrow.patch"
ok "a patch's hunk as it is there" quotes "$work/narrow.patch"
edit $mr '1i // three\n// more\n// lines'
patch "$work/narrow.patch"
ok "also where it applies to other lines" quotes "$work/narrow.patch"
ok "whose place is the right one" grep "^$mr:28:1: note: caused by" "$work/out"
git checkout -qf master
edit $net 's/^MODULE_LICENSE.*/&\n/'
git add -A && git commit -qm 'a blank line'
patch --git HEAD
ok "a commit that changes nothing" nothing
patch --git HEAD~2..HEAD
ok "--git A..B" found "^$mr:46:8: error"
ok "each commit for itself" says "a blank line: nothing found"
git checkout -q HEAD~1
patch --git HEAD
ok "detached HEAD" found "^$mr:46:8: error"
git checkout -q master
git revert -n HEAD~1 && git add -A
patch --staged
ok "what mends it adds nothing" nothing
git reset -q --hard

# --- a new driver ---

fresh
write_leak 0
git add -A
patch --staged
ok "a new driver is refused" found "^$leak:27:8: error: .*\[$missing\]"
ok "it is what the change adds" grep 'note: added by this change' "$work/out"
patch --staged --rule gfp-zero
ok "--rule" nothing
write_leak DMA_ATTR_REQUIRE_COHERENT
git add -A
patch --staged
ok "with the attribute: the module may not" \
	found "^$leak:27:8: error: .*\[require-coherent-not-allowed\]"
printf '[allow leak]\nattribute = DMA_ATTR_REQUIRE_COHERENT\nreason = GEM\n' \
	>"$work/policy"
patch --staged --policy "$work/policy"
ok "with the attribute where policy allows it" nothing
rm "$tree/$leak"
patch --staged --policy "$work/policy"
ok "the index counts, not the work tree" nothing
patch --staged
ok "also what is only in the index" found "^$leak:27:8"

fresh
write_leak 0
echo "# a comment" >>"$tree/Makefile"
git add -A
patch --staged
ok "a Makefile that changed: no new output tree is made for it" \
	says "Makefile has changed since the output tree was made"
ok "a Makefile that changed: found all the same" found "^$leak:27:8: error"

# --- a change in one file that makes another one wrong ---

fresh
edit include/rdma/ib_verbs.h 's/dma_map_sgtable(\(.*\), dma_attrs)/dma_map_sgtable(\1, 0)/'
git add -A
patch --staged
ok "a header that changes" found "\[$missing\]"
ok "the header's hunk is named" \
	grep '^include/rdma/ib_verbs.h:[0-9]*:1: note: caused by' "$work/out"

# --- renames, deletions, others ---

fresh
git mv $mr drivers/infiniband/hw/demo/region.c
git mv drivers/infiniband/hw/demo/doorbell.c drivers/infiniband/hw/demo/bell.c
edit drivers/infiniband/hw/demo/Makefile 's/mr\.o/region.o/; s/doorbell/bell/'
git add -A
patch --staged
ok "a rename adds no finding" nothing
edit drivers/infiniband/hw/demo/region.c 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/'
git add -A
patch --staged
ok "a rename and a change" found '^drivers/infiniband/hw/demo/region.c:46:8'
ok "a rename and a change: that alone" is "$(count ': error: ')" 1
fresh
git rm -q drivers/infiniband/hw/demo/doorbell.c
patch --staged
ok "a file that is gone" nothing
chmod +x "$tree/$mr"
git add -A
patch --staged
ok "a mode" nothing
printf '\0\1\2' >"$tree/logo.bin"
printf 'x\n' >"$tree/with blank"
# shellcheck disable=SC1003 # that is the name
printf 'int x;\n' >"$tree/quote\"and\\back.c"
printf 'int x;\n' >"$tree/new
line.c"
git add -A
patch --staged
ok "binary files and strange names" nothing
git commit -qm strange
patch --git HEAD
ok "binary files and strange names, committed" nothing
git format-patch -q -1 --stdout >"$work/strange.patch"
git reset -q --hard HEAD^
patch "$work/strange.patch"
ok "binary files and strange names, mailed" nothing

# --- files and mails ---

fresh
patch "$work/drop.patch"
ok "a patch in a file" found "^$mr:46:8: error"
ok "the work tree is as it was" is "$(git status --short)" ''
FROM=$work/drop.patch
patch -
ok "a patch on stdin" found "^$mr:46:8: error"
patch
ok "stdin needs not be named" found "^$mr:46:8: error"
FROM=/dev/null

write_leak 0
git add -A && git commit -qm 'drm/demo: leak'
edit $net 's/^MODULE_LICENSE.*/&\n/'
git commit -qam 'net: innocent: a blank line'
drop_attribute
git commit -qam 'RDMA/demo: drop the attribute'
git format-patch -q -o "$work/series" --cover-letter HEAD~3
git format-patch -q --stdout HEAD~3 >"$work/mbox"
git reset -q --hard HEAD~3
patch "$work"/series/*.patch
ok "a series, file by file" found "^$leak:27:8: error"
ok "each patch is judged" is "$(count ': error: ')" 2
ok "the innocent one, too" says 'a blank line: nothing found'
FROM=$work/mbox
patch
ok "a mailbox on stdin" is "$(count ': error: ')" 2
ok "its subjects are told" says 'drm/demo: leak: 1 error'
FROM=/dev/null
patch --format json "$work/mbox"
ok "JSON says which patch" is \
	"$(jq -r '.findings | map(.change | split("] ")[1]) | join(",")' \
	"$work/out")" 'drm/demo: leak,RDMA/demo: drop the attribute'
patch --format b4 "$work"/series/0001*
ok "b4's review" is "$(jq -r 'map(.tool + " " + .status) | join(",")' \
	"$work/out")" 'dmacheck fail'
patch --format b4 "$work"/series/0002*
ok "b4's review of a good one" is "$(jq -c . "$work/out")" '[]'
patch --terse "$work"/series/0001*
ok "--terse: a line each, as checkpatch's" is "$(cat "$work/out")" \
	"$leak:27: ERROR: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [$missing]"
patch --mailback --terse "$work"/series/0002*
ok "--mailback: silent when clean" is "$(cat "$work/out" "$work/err")" ''
patch --mailback "$work"/series/0001*
ok "--mailback: findings alone" is "$(cat "$work/err")" ''
ok "--mailback: findings" found "^$leak:27:8"

mail() {
	printf 'From: A <a@example.org>\nSubject: [PATCH] %s\nMIME-Version: 1.0\n' "$1"
	printf 'Content-Type: text/plain; charset=UTF-8\n'
	printf 'Content-Transfer-Encoding: %s\n\n' "$2"
}
sed '1,/^$/d' "$work"/series/0003* >"$work/body"
{ mail base64 base64; base64 "$work/body"; } >"$work/base64"
{ mail quoted quoted-printable
  sed 's/=/=3D/g; s/\t/=09/g; s/ $/=20/' "$work/body"; } >"$work/quoted"
sed 's/$/\r/' "$work"/series/0003* >"$work/crlf"
for kind in base64 quoted crlf; do
	patch "$work/$kind"
	ok "a mail: $kind" found "^$mr:46:8: error"
done
{ mail reply 8bit; echo '> Looks good.'; } >"$work/reply"
patch "$work/reply"
ok "a mail without a patch: exit status 2" is "$status" 2
ok "a mail without a patch: said" says 'there is no diff in it'

# --- what does not go ---

patch --git HEAD "$work/mbox"
failed "two places at once" 'give one of them'
patch "$work/nonsuch.patch"
failed "no such file" nonsuch.patch
patch "$work"
failed "a folder" 'it is a folder'
sed 's/mr->npages = DIV_ROUND_UP/mr->npages = ROUND/' "$work/drop.patch" >"$work/stale.patch"
patch "$work/stale.patch"
failed "a patch that does not apply" "does not apply to $mr: hunk 1 (@@ -22,7"
sed "s,$mr,drivers/nonsuch.c,g" "$work/drop.patch" >"$work/other.patch"
patch "$work/other.patch"
failed "a patch of a file that is not there" drivers/nonsuch.c
sed '/^diff --git/d; s,[ab]/drivers,a/../../outside,' "$work/drop.patch" \
	>"$work/outside.patch"
patch "$work/outside.patch"
failed "a patch that leads out of the tree" 'outside of the tree'
ok "nothing was written outside" untouched "$work/outside"
sed "s,$mr,.git/config,g" "$work/drop.patch" >"$work/config.patch"
patch "$work/config.patch"
failed "a patch of .git" .git/config
cat >"$work/link.patch" <<'EOT'
diff --git a/way b/way
new file mode 120000
--- /dev/null
+++ b/way
@@ -0,0 +1 @@
+../..
\ No newline at end of file
diff --git a/way/out.c b/way/out.c
new file mode 100644
--- /dev/null
+++ b/way/out.c
@@ -0,0 +1 @@
+int x;
EOT
patch "$work/link.patch"
ok "a patch that goes through its own link: refused" is "$status" 2
ok "a patch that goes through its own link: nothing is written" \
	is "$(find "$work" -name out.c)" ''
patch "$work/stale.patch" "$work/drop.patch"
ok "what applies is judged all the same" grep "^$mr:46:8: error" "$work/out"
ok "but it is no clean end" is "$status" 2
patch --git nonsuch
failed "no such revision" nonsuch
patch --git HEAD..HEAD
ok "an empty range" nothing
patch --git=--help
ok "a revision is no option" is "$status" 2

# 50 MB of mails without a patch, and one with one
{
	i=0
	head -c 1000000 /dev/zero | tr '\0' 'x' | fold >"$work/megabyte"
	while [ $i -lt 50 ]; do
		printf 'From a@example.org Thu Jan  1 00:00:00 2026\nFrom: A <a@example.org>\nSubject: talk\n\n'
		cat "$work/megabyte"
		printf '\n'
		i=$((i + 1))
	done
	cat "$work"/series/0003*
} >"$work/big"
patch "$work/big"
ok "a large mailbox" found "^$mr:46:8: error"
rm "$work/big"

# --- repositories in a state ---

drop_attribute
git commit -qam one
git checkout -q -b side HEAD^
edit $mr 's/= DMA_ATTR_REQUIRE_COHERENT;/= 1;/'
git commit -qam two
git merge -q master >/dev/null 2>&1
patch --staged
failed "a merge with conflicts" 'unmerged files'
git checkout -q --theirs $mr && git add -A
patch --staged
ok "a merge that is solved" nothing
git merge --abort
git checkout -q master

rm -rf "$work/shallow"
command git clone -q --depth 1 "file://$tree" "$work/shallow"
mv "$tree" "$work/deep" && mv "$work/shallow" "$tree"
patch --git HEAD
failed "the oldest commit of a shallow clone" 'shallow clone'
edit $mr 's/= 0;/= 2;/'
git add -A
patch --staged
ok "what is staged in a shallow clone" nothing
rm -rf "$tree" && mv "$work/deep" "$tree"

command git clone -q --bare "$tree" "$work/bare"
"$DMACHECK" patch -C "$work/bare" --staged >"$work/out" 2>"$work/err"
status=$?
ok "a bare repository: exit status 2" is "$status" 2
ok "a bare repository: said" says "$work/bare"

rm -rf "$tree" && cp -r testcases/tree "$tree"
GIT_CEILING_DIRECTORIES=$work
export GIT_CEILING_DIRECTORIES
patch --staged
failed "no repository" 'in no git repository'
git init -q
patch --staged
ok "a repository without a commit, nothing staged" nothing
git add -A
patch --staged
ok "the first commit: all of it is new" is "$(count ": error: .*\[$missing\]")" 2
git commit -qm first
patch --git HEAD
ok "the first commit, committed" is "$(count ": error: .*\[$missing\]")" 2
mkdir "$work/repo" && mv "$tree" "$work/repo/linux"
tree=$work/repo/linux
rm -rf "$tree/.git"
command git -C "$work/repo" init -q
git add -A && git commit -qm all
drop_attribute
git add -A
patch --staged
ok "a tree that is part of a repository" found "^$mr:46:8: error"

done_testing
