# SPDX-License-Identifier: GPL-2.0-only
# The JSON report: its form is a contract.
. tools/tap.sh
tree=testcases/tree

has() { jq -e "$1" "$work/report.json"; }

check -C $tree --format json -o "$work/report.json"
ok "exit status 1 with findings" is "$status" 1
ok "nothing on stdout with -o" is "$(cat "$work/out")" ''
ok "top level" has 'keys == ["coverage", "findings", "rules", "schema_version",
	"suppressed", "tool", "tree"]'
ok "tool" has '.tool | .name == "dmacheck" and (.version | type == "string")'
ok "tree" has '.tree == { "version": "7.2.0-sample", "arch": "x86" }'
ok "coverage" has '.coverage |
	keys == ["files_analysed", "files_considered", "files_total", "not_analysed", "verdict"]'
ok "coverage counts" has '.coverage | .files_total == 6 and
	.files_considered >= .files_analysed and .files_analysed >= 3'
ok "a finding" has '.findings | all(keys == ["cause", "column", "file", "fingerprint",
	"fixable", "function", "level", "line", "message", "module", "rule", "source", "trace"])'
ok "a step of a trace" has '.findings | all(.trace | length > 0 and
	all(keys == ["column", "file", "function", "line", "message", "source"]))'
ok "what there is a rewrite for is fixable" has '.findings | all(.fixable)'
ok "module and function" has '[.findings[] | [.module, .function]] |
	contains([["ib_demo", "demo_map_doorbell"]])'

ok "the line of each place is quoted" has '.findings | map(., .trace[]) | all(
	.source.lines[.line - .source.first_line] != "")'
ok "as it is in the file" is "$(jq -r '.findings[0] | .source.lines[.line - .source.first_line]' \
	"$work/report.json")" "$(sed -n "$(jq .findings[0].line "$work/report.json")p" \
	"$tree/$(jq -r .findings[0].file "$work/report.json")")"
ok "the rules of the findings are explained" has '. as $all | .findings | all(
	$all.rules[.rule] | keys == ["explanation", "level", "summary"])'

# Several reports from one run.
check -C $tree --format text --format json -o "$work/two.json" --format terse -o "$work/two.terse"
ok "several --format -o: the same JSON" cmp "$work/two.json" "$work/report.json"
ok "several --format -o: as many lines" is "$(wc -l <"$work/two.terse")" \
	"$(grep -cE ': (error|warning): ' "$work/out")"
cannot "fixes that nobody shows" "--fixes goes with" -C $tree --fixes
cannot "two reports to one place" "two reports would go to stdout" -C $tree --format json --format b4

jq -r '.findings[] | "\(.file):\(.line):\(.column): \(.level): \(.message) [\(.rule)]",
	(.trace[] | "\(.file):\(.line):\(.column): note: \(.message)")' \
	"$work/report.json" >"$work/text"
check -C $tree
ok "the same as the text" diff -u "$work/out" "$work/text"


# A mail, and what a review bot needs to quote what it adds: the fix is of the
# tree with the patch, which need not be applied.
file=drivers/gpu/drm/demo/demo_userptr.c
cp -r $tree "$work/mailed"
cat >>"$work/mailed/$file" <<'EOT'

int demo_gem_map_user(struct device *dev, u64 addr, struct page **pages,
		      struct sg_table *sgt)
{
	int ret;

	ret = pin_user_pages_fast(addr, 1, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (ret < 0)
		return ret;
	ret = sg_alloc_table_from_pages(sgt, pages, 1, 0, PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
}

void demo_gem_unmap_user(struct device *dev, struct sg_table *sgt)
{
	dma_unmap_sgtable(dev, sgt, DMA_TO_DEVICE, 0);
}
EOT
{
	printf 'From: A <a@example.org>\nSubject: [PATCH] drm/demo: map user pages\n\nText.\n---\n'
	diff -u --label "a/$file" --label "b/$file" "$tree/$file" "$work/mailed/$file"
} >"$work/mail"
run patch --arch x86 -C $tree --cache "$work/cache" --format json -o "$work/report.json" "$work/mail"
ok "a mail: exit status 1" is "$status" 1
ok "the finding, its patch, its line, its rule" has '.findings | length == 1 and all(
	.file == "'$file'" and (.change | endswith("[PATCH] drm/demo: map user pages")) and
	(.source.lines[.line - .source.first_line] | contains("dma_map_sgtable(dev, sgt")))'
ok "the fix changes the map and the unmap" is \
	"$(jq -r '.findings[0].fix' "$work/report.json" | grep -c '^+.*DMA_ATTR_REQUIRE_COHERENT')" 2
(cd "$work/mailed" && jq -r '.findings[0].fix' "$work/report.json" | patch -sp1)
check -C "$work/mailed" --rule missing-require-coherent "$file"
ok "with it nothing is found in the new functions" is "$(grep -c "$file.*error" "$work/out")" 1

file=drivers/infiniband/hw/demo/mr.c
sed 's/DMA_ATTR_REQUIRE_COHERENT/0/' "$tree/$file" >"$work/mr.c"
diff -u --label "a/$file" --label "b/$file" "$tree/$file" "$work/mr.c" >"$work/mail"
run patch --arch x86 -C $tree --cache "$work/cache" --format json -o "$work/report.json" "$work/mail"
ok "where no fix is certain, the reason" has '.findings | length == 1 and all((has("fix") | not) and
	(.no_fix | startswith("no unmap was found")))'

check -C $tree --format json --fixes -o "$work/report.json"
ok "check --fixes: each finding has a fix" has '.findings | all(.fix | startswith("diff --git a/"))'
mkdir "$work/bin"
printf '#!/bin/sh\nexit 1\n' >"$work/bin/spatch" && chmod +x "$work/bin/spatch"
PATH=$work/bin:$PATH check -C $tree --format json --fixes -o "$work/report.json"
ok "no usable spatch: one line" is "$(grep -c spatch "$work/err")" 1
ok "and one entry in the report" has '[.coverage.not_analysed[] | select(.kind == "tool")] | length == 1'
ok "no fix in it" has '.findings | length > 0 and all(has("fix") | not)'

# A missing tool is one line in the summary and in each format.
cp "$work/bin/spatch" "$work/bin/sparse"
PATH=$work/bin:$PATH check -C $tree --fixes --format json -o "$work/tools.json" --format sarif -o "$work/tools.sarif" \
	--format html -o "$work/tools.html" --format b4 -o "$work/tools.b4"
for tool in sparse spatch; do
	ok "no $tool: one line in the summary" is "$(grep -c "coverage: .*$tool --version" "$work/err")" 1
	ok "no $tool: one entry in JSON" is "$(jq -r '.coverage.not_analysed[].reason' "$work/tools.json" | grep -c "$tool --version")" 1
	ok "no $tool: one notification in SARIF" is "$(jq -r '.runs[0].invocations[0].toolExecutionNotifications[].message.text' \
		"$work/tools.sarif" | grep -c "$tool --version")" 1
	ok "no $tool: one entry for b4" is "$(jq -r '.[].summary' "$work/tools.b4" | grep -c "$tool --version")" 1
	ok "no $tool: said in HTML" grep -q "$tool --version" "$work/tools.html"
done
# What would apply if the kernel had the attribute cannot be fixed.
cp -r $tree "$work/without"
sed -i '/define DMA_ATTR_REQUIRE_COHERENT/d' "$work/without/include/linux/dma-mapping.h"
check -C "$work/without" --format json -o "$work/without.json" \
	--rule missing-require-coherent drivers/gpu
ok "in a kernel without the attribute nothing is fixable" jq -e \
	'.findings | length > 0 and all(.fixable | not)' "$work/without.json"

# A fingerprint survives a moved line.
cp -r $tree "$work/tree"
jq -S '[.findings[].fingerprint]' "$work/report.json" >"$work/before"
for file in $(jq -r '.findings[].file' "$work/report.json" | sort -u); do
	sed -i '2i/*\n * Something new.\n */' "$work/tree/$file"
done
check -C "$work/tree" --format json -o "$work/report.json"
jq -S '[.findings[].fingerprint]' "$work/report.json" >"$work/after"
ok "fingerprints survive a moved line" diff -u "$work/before" "$work/after"
ok "fingerprints are different" \
	is "$(jq -r '.[]' "$work/before" | sort | uniq -d)" ''
done_testing
