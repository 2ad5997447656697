# SPDX-License-Identifier: GPL-2.0-only
# What was read once is not read again, wherever tree and cache are now.
. tools/tap.sh
cp -r testcases/tree "$work/tree"

check_in() { run check -v --arch x86 --cache "$work/$1" -C "$work/$2"; }
reads_nothing() {
	grep -q '^dmacheck: facts of [1-9]' "$work/err" &&
	! grep '^dmacheck: facts of' "$work/err" | grep -v ', 0 to be read$' &&
	! grep 'making an output tree' "$work/err"
}

check_in cache tree
cp "$work/out" "$work/expected"
ok "there are findings" test -s "$work/expected"
ok "all was read" says ' 0 kept'

cp -r "$work/tree" "$work/other"
check_in cache other
ok "a second worktree: nothing is read" reads_nothing
ok "and the same is found" diff -u "$work/expected" "$work/out"
check_in cache tree
ok "the first one, again" reads_nothing

mv "$work/cache" "$work/moved"
check_in moved tree
ok "a moved cache: nothing is read" reads_nothing
ok "and the same is found" diff -u "$work/expected" "$work/out"

cp -r "$work/moved" "$work/copy"
rm -r "$work/moved" && mv "$work/tree" "$work/away"
check_in copy other
ok "a copied cache, and the first worktree is gone: nothing is read" reads_nothing
ok "and the same is found" diff -u "$work/expected" "$work/out"

# What is not the same is.
echo '/* changed */' >>"$work/other/include/rdma/ib_verbs.h"
check_in copy other
read_some() { ! reads_nothing; }
ok "a header that changed there: it is read" read_some
done_testing
