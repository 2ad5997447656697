# SPDX-License-Identifier: GPL-2.0-only
# dmacheck patch --git, --staged: a commit cannot be hidden from it.
. tools/tap.sh

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

tree=$work/tree
mr=drivers/infiniband/hw/demo/mr.c
net=drivers/net/innocent/innocent.c
demo=drivers/gpu/drm/demo/demo_userptr.c

patch() {
	last="$DMACHECK patch --arch x86 --cache $work/cache -C $tree $*"
	"$DMACHECK" patch --arch x86 --cache "$work/cache" -C "$tree" "$@" \
		>"$work/out" 2>"$work/err"
	status=$?
}
git() { command git -C "$tree" "$@"; }
found() { is "$status" 1 && grep "^$mr:46:8: error" "$work/out"; }
drop_attribute() { sed -i 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/' "$tree/$mr"; }

cp -r testcases/tree "$tree"
git init -q -b master && git add -A && git commit -qm 'all of it'
git tag start

# --- merges ---

git checkout -q -b side
sed -i 's/^MODULE_LICENSE.*/&\n/' "$tree/$net"
git commit -qam 'net: innocent: a blank line'
git checkout -q master
echo '/* more */' >>"$tree/$demo"
git commit -qam 'drm/demo: a comment'
git merge -q --no-commit side >/dev/null 2>&1
drop_attribute
git commit -qam "Merge branch 'side'"
patch --git start..HEAD
ok "a merge that changes a file of its own" found
ok "that is all that is found" is "$(grep -c ': error: ' "$work/out")" 1
ok "the merge is named" says "Merge branch 'side' (what the merge itself changes)"
patch --git HEAD
ok "the merge alone" found
git reset -q --hard HEAD^
git merge -q side >/dev/null 2>&1
patch -v --git start..HEAD
ok "a merge that changes nothing of its own" is "$status" 0
ok "it is named" says "Merge branch 'side': the merge itself changes nothing"

# A merge that takes a change from one side is no change of the merge.
git reset -q --hard start
git checkout -q -B side start
drop_attribute
git commit -qam 'RDMA/demo: drop the attribute'
git checkout -q -B other start
sed -i 's/^MODULE_LICENSE.*/&\n/' "$tree/$net"
git commit -qam 'net: innocent: a blank line'
git merge -q side >/dev/null 2>&1
patch --git start..HEAD
ok "a change on a side" found
ok "is found once" is "$(grep -c "^$mr:46:8: error" "$work/out")" 1

# --- what is staged ---

git reset -q --hard start
drop_attribute
{ printf '\n/*\n'; head -c 34000000 /dev/zero | tr '\0' x | fold; printf '*/\n'; } \
	>>"$tree/$mr"
git add -A
patch --staged
ok "a staged source of 34 MB: exit status 2" is "$status" 2
ok "a staged source of 34 MB: named" says "$mr has 32 MB"
git reset -q --hard start
head -c 34000000 /dev/zero >"$tree/firmware.bin"
drop_attribute
git add -A
patch --staged
ok "a staged firmware of 34 MB" found
git reset -q --hard start
mv "$tree/$mr" "$work/real.c"
ln -s ../../../../../real.c "$tree/$mr"
git add -A
patch --staged
ok "a staged symbolic link: named" says "$mr is a symbolic link and is not checked"

# --- folders that are symbolic links ---

git reset -q --hard start
mv "$tree/drivers/gpu" "$work/gpu"
ln -s ../../gpu "$tree/drivers/gpu"
ln -s net "$tree/drivers/again"
run check -v --arch x86 --cache "$work/cache" -C "$tree"
ok "a folder outside of the tree: named" \
	says "drivers/gpu: a symbolic link to a folder outside of the tree"
ok "a folder in the tree: not named" is "$(grep again "$work/err")" ''
done_testing
