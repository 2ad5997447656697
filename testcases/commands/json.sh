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
ok "a finding" has '.findings | all(keys == ["column", "file", "fingerprint",
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
cannot "two reports to one place" "two reports would go to stdout" -C $tree --format json --format b4

jq -r '.findings[] | "\(.file):\(.line):\(.column): \(.level): \(.message) [\(.rule)]",
	(.trace[] | "\(.file):\(.line):\(.column): note: \(.message)")' \
	"$work/report.json" >"$work/text"
check -C $tree
ok "the same as the text" diff -u "$work/out" "$work/text"

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
