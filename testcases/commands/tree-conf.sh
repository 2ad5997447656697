# SPDX-License-Identifier: GPL-2.0-only
# .dmacheck.conf at the top of a kernel tree.
. tools/tap.sh

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

tree=$work/tree
conf=$tree/.dmacheck.conf
demo=drivers/gpu/drm/demo/demo_userptr.c
missing=missing-require-coherent
cp -r testcases/tree "$tree"

# tree_check ARG...: dmacheck check on $tree.
tree_check() { check -C "$tree" "$@"; }
count() { grep -c ': error: \|: warning: ' "$work/out"; }

tree_check
ok "without one: findings" test "$(count)" -ge 2
all=$(count)
cp "$work/out" "$work/all"

cat >"$conf" <<-EOT
	# For all who check this tree.
	[ignore $missing]
	demo_drm:demo_userptr_map = the device never bounces
EOT
tree_check -v
ok "[ignore]: the finding is gone" is "$(grep "^$demo" "$work/out")" ''
ok "[ignore]: the others are there" is "$(count)" $((all - 1))
ok "[ignore]: counted" says "1 finding hidden by the tree's .dmacheck.conf"
ok "[ignore]: -v names it" says "hidden: $demo:40:8:"
ok "[ignore]: -v names the file" says "using $conf"
tree_check
ok "it is counted without -v as well" \
	says "1 finding hidden by the tree's .dmacheck.conf (-v names each)"
tree_check --format json
ok "JSON has it" jq -e '.hidden_by_tree | length == 1 and
	.[0].reason == "the device never bounces"' "$work/out"
tree_check --no-config
ok "--no-config: all findings" cmp "$work/all" "$work/out"
fix_it() { run fix --arch x86 --cache "$work/cache" -C "$tree" "$@"; }
fix_it
ok "fix leaves it alone" is "$(grep -c "^diff.*$demo" "$work/out")" 0

printf '[check]\noff = %s\n' $missing >"$conf"
tree_check
ok "off: counted" says "hidden by the tree's .dmacheck.conf"
ok "off: not reported" is "$(grep -c "\[$missing\]" "$work/out")" 0
printf '[check]\nleave-out = drivers/gpu drivers/infiniband\n' >"$conf"
tree_check
ok "leave-out: nothing is left" is "$status$(count)" 00
printf '[check]\nlevel = error\n' >"$conf"
tree_check
ok "level" is "$(grep -c ': warning: ' "$work/out")" 0
tree_check --level warning
ok "level: the option wins" cmp "$work/all" "$work/out"
rm "$conf"
tree_check --baseline "$tree/known.json" --update-baseline
printf '[check]\nbaseline = known.json\n' >"$conf"
tree_check
ok "baseline" is "$status$(count)" 00

# --- the allowlist ---

sed -i 's/DMA_BIDIRECTIONAL, 0)/DMA_BIDIRECTIONAL, DMA_ATTR_REQUIRE_COHERENT)/' \
	"$tree/$demo"
rm "$conf"
tree_check --rule require-coherent-not-allowed
ok "a module that is not allowed" test "$(count)" -ge 1
cat >"$conf" <<-EOT
	[allow demo-drm]
	attribute = DMA_ATTR_REQUIRE_COHERENT
	reason = user memory
EOT
tree_check --rule require-coherent-not-allowed drivers/gpu
ok "[allow]: not reported" is "$status$(count)" 00
ok "[allow]: counted" says "hidden by the tree's .dmacheck.conf"

# --- new functions ---

cat >"$conf" <<-EOT
	[source]
	demo_lock = fills:1
EOT
tree_check
ok "a new function" is "$status" 1
printf '[source]\npin_user_pages_fast =\n' >"$conf"
tree_check
ok "a known function cannot be taken out: exit status 2" is "$status" 2
ok "a known function cannot be taken out: said" says '.dmacheck.conf:2: '
printf '[sink]\ndma_map_sgtable = memory:1\n' >"$conf"
tree_check
ok "a known function cannot be changed" \
	says 'dma_map_sgtable is in the built-in kernel-api.conf'

# --- what a fix needs ---

rm -rf "$tree" && cp -r testcases/tree "$tree"
fix_it --apply
ok "fix --apply: says that modules are allowed" \
	says "allows DMA_ATTR_REQUIRE_COHERENT in 2 modules (.dmacheck.conf)"
ok "fix --apply: writes them" is "$(grep -c "^\[allow " "$conf")" 2
tree_check
ok "fix --apply: the next check is silent" is "$status$(count)" 00
fix_it --apply
ok "fix --apply: a second one changes nothing" is "$(grep -c "^\[allow " "$conf")" 2
rm -rf "$tree" && cp -r testcases/tree "$tree"
cp -r "$tree" "$work/patched"
printf "# ours\n[ignore $missing]\nx:y = z\n" >"$conf"
cp "$conf" "$work/patched"
fix_it
cp "$work/out" "$work/patch"
ok "fix: patch -p1 takes it" patch -s -d "$work/patched" -p1 -i "$work/patch"
ok "fix: the file is added to" is "$(head -n 1 "$work/patched/.dmacheck.conf")" "# ours"
check -C "$work/patched"
ok "fix: the check is silent then" is "$status$(count)" 00
fix_it --series "$work/series"
ok "fix --series: a patch of its own" grep -q "^+\[allow ib_demo\]" "$work/series"/0003*
ok "fix --series: the cover letter says so" \
	grep -q "^The last patch allows" "$work/series"/0000*
fix_it --no-config
ok "fix --no-config: no entries" is "$(grep -c dmacheck.conf "$work/out")" 0

# The hook takes the patch of dmacheck itself.
rm -rf "$tree" && cp -r testcases/tree "$tree"
git -C "$tree" init -q && git -C "$tree" add -A && git -C "$tree" commit -qm all
fix_it --apply
git -C "$tree" add -A
run patch --arch x86 --cache "$work/cache" -C "$tree" --staged
ok "fix --apply, staged: nothing is found" is "$status" 0
run patch --arch x86 --cache "$work/cache" -C "$tree" --staged --no-config
ok "fix --apply, staged: with --no-config it is" is "$status" 1

# --- a change that brings one ---

rm -rf "$tree" && cp -r testcases/tree "$tree"
git -C "$tree" init -q && git -C "$tree" add -A && git -C "$tree" commit -qm all
sed -i 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/' \
	"$tree/drivers/infiniband/hw/demo/mr.c"
printf '[check]\noff = %s\n' $missing >"$conf"
git -C "$tree" add -A
run patch --arch x86 --cache "$work/cache" -C "$tree" --staged
ok "a change that hides its own finding: counted" \
	says "1 finding hidden by the tree's .dmacheck.conf"
run patch --arch x86 --cache "$work/cache" -C "$tree" --staged --no-config
ok "a change that hides its own finding: --no-config" is "$status" 1

# --- what is wrong with it ---

# bad TITLE TEXT: the file is refused, with the reason.
bad() {
	tree_check
	ok "$1: exit status 2" is "$status" 2
	ok "$1: said" says "$2"
	tree_check --no-config
	ok "$1: --no-config goes on" is "$status" 1
}
printf '[check]\nlevel = loud\n' >"$conf"
bad "no level" "$conf:2: 'loud' is not a level"
printf '\n[check]\nrun = rm -rf /\n' >"$conf"
bad "no such key" "$conf:3: [check] has no key 'run'"
printf '[allow x]\nattribute = DMA_ATTR_MMIO\n' >"$conf"
bad "no reason" '[allow x] has no reason'
printf '[nonsense]\na = b\n' >"$conf"
bad "no such section" 'there is no section [nonsense]'
rm "$conf" && mkfifo "$conf"
bad "a FIFO" 'not a regular file'
rm "$conf" && ln -s /etc/passwd "$conf"
bad "a symbolic link" 'not a regular file'
done_testing
