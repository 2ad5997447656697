# SPDX-License-Identifier: GPL-2.0-only
# SARIF 2.1.0: its parts, in the form that the standard asks for. The schema itself
# is checked where Microsoft's validator is installed, by
# npm install --prefix build/npm @microsoft/sarif-multitool-linux
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
file=drivers/gpu/drm/demo/demo_userptr.c
log=$work/report.sarif

has() { jq -e "$1" "$log"; }

check -C "$tree" --format sarif -o "$log" --format json -o "$work/report.json" --fixes
ok "exit status 1 with findings" is "$status" 1
ok "a log with one run" has '.version == "2.1.0" and (."$schema" | endswith("/sarif-schema-2.1.0.json")) and
	(.runs | length == 1)'
ok "the tool and its rules" has '.runs[0].tool.driver | .name == "dmacheck" and (.version | length > 0) and
	(.rules | length == 1 and all((.id | length > 0) and (.help.text | length > 100) and
		(.shortDescription.text | length > 0) and .defaultConfiguration.level == "warning"))'
ok "results refer to their rules" has '.runs[0] | . as $run | .results | all(
	$run.tool.driver.rules[.ruleIndex].id == .ruleId)'
ok "levels are of the standard" has '.runs[0].results | all(.level | IN("error", "warning", "note"))'
ok "places are relative to %SRCROOT%, and from 1" has '.runs[0] | has("originalUriBaseIds") and
	([.. | .physicalLocation? // empty] | length > 4 and all(
		(.artifactLocation | .uriBaseId == "%SRCROOT%" and (.uri | test("^[A-Za-z0-9._/~%-]+$"))) and
		.region.startLine >= 1 and .region.startColumn >= 1 and .region.endColumn > .region.startColumn and
		.contextRegion.startLine <= .region.startLine and .contextRegion.endLine >= .region.startLine))'
ok "the region is the name of the call" has '.runs[0].results[0].locations[0].physicalLocation |
	.region as $r | .contextRegion | (.snippet.text / "\n")[$r.startLine - .startLine] |
	.[$r.startColumn - 1:$r.endColumn - 1] == "dma_map_sgtable"'
ok "the trace is a code flow that ends at the finding" has '.runs[0].results | all(. as $r |
	.codeFlows | length == 1 and all(.threadFlows | length == 1 and all(.locations |
		length > 1 and all(.location.message.text | length > 0) and
		.[-1].location.physicalLocation.region == $r.locations[0].physicalLocation.region)))'
ok "how the run went" has '.runs[0].invocations[0] | .executionSuccessful and
	(.toolExecutionNotifications | type == "array")'
jq -r '.findings[] | "\(.rule) \(.level) \(.file):\(.line) \(.fingerprint)"' "$work/report.json" >"$work/json"
jq -r '.runs[0].results[] | .locations[0].physicalLocation as $p |
	"\(.ruleId) \(.level) \($p.artifactLocation.uri):\($p.region.startLine) \(.partialFingerprints["dmacheck/v1"])"' \
	"$log" >"$work/sarif"
ok "the findings of the JSON report, in their order" diff -u "$work/json" "$work/sarif"

# The fix of the first finding, applied by its regions and as the diff that it is.
first=$(jq -r '.findings[0].file' "$work/report.json")
jq -Rsr --slurpfile log "$log" '(. / "\n") as $lines | reduce
	($log[0].runs[0].results[0].fixes[0].artifactChanges[0].replacements | reverse[]) as $r ($lines;
		.[:$r.deletedRegion.startLine - 1] +
		(($r.insertedContent.text // "") / "\n")[:-1] + .[$r.deletedRegion.endLine - 1:]) | join("\n")' \
	"$tree/$first" | sed '$d' >"$work/by-regions.c"
cp -r "$tree" "$work/patched"
(cd "$work/patched" && jq -r '.findings[0].fix' "$work/report.json" | patch -sp1)
ok "the fix replaces the lines that the diff does" diff -u "$work/patched/$first" "$work/by-regions.c"

# Hidden by a comment, by .dmacheck.conf, known from a baseline; and characters.
check -C "$tree" --format json -o "$work/base.json"
sed -i 's|^\tret = dma_map_sgtable|\t/* é */ ret = dma_map_sgtable|' "$tree/$file"
sed -i 's|^\tif (ib_dma_map_sg|\t/* dmacheck: missing-require-coherent: it never bounces */\n&|' \
	"$tree/drivers/infiniband/hw/demo/doorbell.c"
check -C "$tree" --format sarif -o "$log"
ok "columns are of characters, not bytes" has '.columnKind // .runs[0].columnKind == "unicodeCodePoints" and
	.runs[0].results[0].locations[0].physicalLocation.region.startColumn == 16'
ok "a comment: suppressed in the source, with its reason" has '.runs[0].results[1].suppressions ==
	[{"kind": "inSource", "justification": "it never bounces"}]'
check -C "$tree" --format sarif -o "$log" --baseline "$work/base.json"
ok "the baseline: suppressed from outside, and unchanged" has '.runs[0].results[0] | .baselineState == "unchanged" and
	.suppressions[0].kind == "external"'
printf '[check]\nleave-out = drivers\n' >"$tree/.dmacheck.conf"
check -C "$tree" --format sarif -o "$log"
ok ".dmacheck.conf: suppressed from outside" has '.runs[0].results | any(.suppressions[0].kind == "external")'
rm "$tree/.dmacheck.conf"

echo '#error no' >>"$tree/$file"
check -C "$tree" --format sarif -o "$log"
ok "what was not analysed is a notification with its place" has '.runs[0].invocations[0].toolExecutionNotifications |
	any(.descriptor.id == "not-analysed" and
		.locations[0].physicalLocation.artifactLocation.uri == "'$file'")'

validator=$(dirname "$DMACHECK")/npm/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
[ -x "$validator" ] || validator=$(command -v Sarif.Multitool)
if [ -n "$validator" ]; then
	check -C testcases/tree --fixes --format sarif -o "$log"
	DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$validator" validate "$log" --level Error \
		--rule-kind 'Sarif;Ghas' --output "$work/valid.sarif" >"$work/said" 2>&1
	ok "valid by Sarif.Multitool, also for GitHub" jq -e '[.runs[].results[]? | select(.level == "error")] | length == 0' "$work/valid.sarif"
else
	ok "the OASIS schema # SKIP there is no Sarif.Multitool (npm: @microsoft/sarif-multitool-linux)" true
fi
done_testing
