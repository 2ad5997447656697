# SPDX-License-Identifier: GPL-2.0-only
# What a check shows besides its findings: tables, and which files it reads.
. tools/tap.sh
tree=testcases/tree

# row NAME: what the table on stderr has in this row, words apart by one blank.
row() { sed -n "s|^ *$1  *||p" "$work/err" | tr -s ' ' | head -1; }

check -C $tree
cp "$work/out" "$work/plain"
check -C $tree --summary --stats
ok "tables are not on stdout" diff -u "$work/plain" "$work/out"
ok "--summary: a rule" is "$(row missing-require-coherent)" '2 2'
ok "--summary: a subsystem of it" is "$(row drivers/gpu/)" '1 1'
ok "--summary: all" is "$(row total)" '2 2'
sed -i '1,/^total/d' "$work/err"
ok "--stats: mapped, with the attribute, without" is "$(row drivers/infiniband/)" '2 1 1 0 0 0'
ok "--stats: all" is "$(row total)" '3 1 2 0 0 0'
check -C $tree --stats
ok "--stats: when nothing has changed since" is "$(row total)" '3 1 2 0 0 0'
check -C $tree --stats drivers/gpu
ok "--stats: below a PATH" is "$(row total)" '1 0 1 0 0 0'
check -C $tree --stats --rule gfp-zero
ok "--stats without a rule that follows user memory" says "user memory was not followed"

check -C $tree --format json -o "$work/known.json"
check -C $tree --summary --baseline "$work/known.json"
ok "--summary: what the baseline knows" is "$(row missing-require-coherent)" '0 0 2'

check -C $tree --list-files
ok "--list-files: exit status 0, no findings" is "$status$(grep -c error: "$work/out")" 00
ok "--list-files: a file that pins" grep -q '^drivers/gpu/drm/demo/demo_userptr.c: names pin_user_pages_fast(); read for ' "$work/out"
ok "--list-files: not one that is irrelevant" is "$(grep -c demo_gem.c "$work/out")" 0
check -C $tree --list-files --rule map-return-ignored
ok "--list-files: for one rule" is "$(cut -d: -f2- "$work/out" | sort -u)" ' read for map-return-ignored'
listed=$(wc -l <"$work/out")
check -C $tree --rule map-return-ignored
ok "as many as are analysed" is "$(sed -n 's/.* \([0-9]*\) analysed.*/\1/p' "$work/err")" "$listed"

# A tree without attributes says so in one line, whatever the number of rules.
cp -r $tree "$work/old"
sed -i '/DMA_ATTR_REQUIRE_COHERENT/d' "$work/old/include/linux/dma-mapping.h"
check -C "$work/old"
ok "a missing attribute: one line" is "$(grep -c 'does not define' "$work/err")" 1
ok "with the number of rules" grep -q 'does not define DMA_ATTR_REQUIRE_COHERENT; the findings of [0-9]* rules say' "$work/err"
done_testing
