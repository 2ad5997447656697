# SPDX-License-Identifier: GPL-2.0-only
# Comments that hide findings: in reports, and where something is fixed.
. tools/tap.sh

demo=drivers/gpu/drm/demo/demo_userptr.c
doorbell=drivers/infiniband/hw/demo/doorbell.c
rule=missing-require-coherent
tree=$work/tree

fresh() { rm -rf "$tree" && cp -r testcases/tree "$tree"; }
# hide TEXT: a comment with that text above the map in $demo.
hide() {
	fresh
	sed -i "s!^\\(	*\\)ret = dma_map_sgtable!\\1/* dmacheck: $1 */\\n&!" "$tree/$demo"
}
has() { jq -e "$1" "$work/out"; }

check -C testcases/tree --format json
cp "$work/out" "$work/before.json"

# --- the report ---

hide "$rule: the device is always coherent"
check -C "$tree"
ok "hidden: not in the text" is "$(grep -c "$demo" "$work/out")" 0
ok "hidden: the other one is" grep -q "^$doorbell:.*error" "$work/out"
ok "hidden: counted" says "1 finding hidden by comments (-v names each)"
check -C "$tree" -v
ok "-v: says which, and why" says "hidden: $demo:41:8: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [$rule]: the device is always coherent"
check -C "$tree" -q
ok "-q: says nothing" is "$(cat "$work/err")" ''
check -C "$tree" drivers/gpu
ok "nothing else: exit status 0" is "$status" 0
ok "nothing else: says nothing found" says "nothing found"
check -C "$tree" drivers/infiniband
ok "elsewhere: not counted" is "$(grep -c hidden "$work/err")" 0

check -C "$tree" --format json
ok "JSON: not among the findings" has "[.findings[].file] == [\"$doorbell\"]"
ok "JSON: among the suppressed" has ".suppressed | length == 1 and
	(.[0] | keys == [\"file\", \"fingerprint\", \"line\", \"reason\", \"rule\"] and
	.file == \"$demo\" and .line == 41 and .rule == \"$rule\" and
	.reason == \"the device is always coherent\")"
ok "JSON: nothing is suppressed in a tree without comments" \
	jq -e '.suppressed == []' "$work/before.json"
jq -S '[.findings[], .suppressed[] | .fingerprint] | sort' "$work/out" >"$work/now"
jq -S '[.findings[].fingerprint] | sort' "$work/before.json" >"$work/then"
ok "fingerprints are as before" diff -u "$work/then" "$work/now"

# Of two that are equal in all but their line the first is hidden: the second
# keeps the fingerprint of a second.
fresh
sed -i 's/^	ret = dma_map_sgtable.*/&\n	if (ret < 0)\n&/' "$tree/$demo"
check -C "$tree" --format json
second=$(jq -r "[.findings[] | select(.file == \"$demo\")] | .[1].fingerprint" "$work/out")
sed -i '0,/^	ret = dma_map_sgtable/s,,	/* dmacheck: '$rule': why not */\n&,' "$tree/$demo"
check -C "$tree" --format json
ok "two equal ones: the second keeps its fingerprint" has \
	"[.findings[] | select(.file == \"$demo\") | .fingerprint] == [\"$second\"]"

# --- what is wrong with a comment ---

hide "$rule"
check -C "$tree"
ok "no reason: the finding is there" grep -q "^$demo:41:8: error.*\[$rule\]" "$work/out"
ok "no reason: the comment is reported" \
	grep -q "^$demo:40:5: warning: suppression without a reason.*\[suppression\]" "$work/out"
check -C "$tree" --format json
ok "no reason: in JSON, too" has '.findings[] | select(.rule == "suppression") |
	.level == "warning" and .line == 40 and (.fingerprint | length == 16)'
check -C "$tree" --level error drivers/gpu
ok "--level error: not the comment" is "$(grep -c suppression "$work/out")" 0

hide "$rule, ${rule}s: the device is always coherent"
check -C "$tree" drivers/gpu
ok "an unknown rule: said, with the right one" grep -q \
	"warning: there is no rule '${rule}s'; did you mean '$rule'? \[suppression\]" "$work/out"
ok "an unknown rule: exit status 1" is "$status" 1

fresh
echo "/* dmacheck: $rule: nothing here */" >>"$tree/$demo"
check -C "$tree" --level note
ok "unused: a note" grep -q "^$demo:[0-9]*:14: note: unused suppression: .*\[suppression\]" "$work/out"
check -C "$tree" --level note --rule retired-attr-name
ok "unused: the rule did not run" is "$(cat "$work/out")" ''
check -C "$tree" --level note drivers/net
ok "unused: another PATH" is "$(cat "$work/out")" ''
printf 'int demo_broken(void) { return no_such_thing; }\n' >>"$tree/$demo"
check -C "$tree" --level note
ok "unused: not said of a file that is analysed in part" \
	is "$(grep -c "$demo.*suppression" "$work/out")" 0

# --- dmacheck fix ---

fix() { run fix --no-config --arch x86 --cache "$work/cache" -C "$tree" "$@"; }

hide "$rule: the device is always coherent"
fix
ok "fix: leaves what is hidden" is "$(grep '^diff' "$work/out")" \
	"diff --git a/$doorbell b/$doorbell"
ok "fix: says so" says "1 finding hidden by comments"
ok "fix: exit status 0" is "$status" 0
fix drivers/gpu
ok "fix: nothing else to do" is "$status$(cat "$work/out")" 0

fresh
cat >>"$tree/$demo" <<EOT
/* It was called DMA_ATTR_CPU_CACHE_CLEAN once. */
// dmacheck: retired-attr-name: history
/* Then called DMA_ATTR_CPU_CACHE_CLEAN. */
EOT
fix --rule retired-attr-name --level note
ok "fix: renames what is not hidden" is "$(grep -c '^+.*IGNORE_CACHELINES once' "$work/out")" 1
ok "fix: leaves a name that is hidden" is "$(grep -c '^[-+].*Then called' "$work/out")" 0
ok "fix: exit status 0 for names, too" is "$status" 0
done_testing
