# SPDX-License-Identifier: GPL-2.0-only
# Several reports become one.
. tools/tap.sh
tree=testcases/tree

whole() { check -C "$tree" --format json -o "$work/whole.json"; }
part() { check -C "$tree" --format json -o "$work/$1.json" "$2"; }

whole
part gpu drivers/gpu
part rest drivers/infiniband
sed 's/"arch": "x86"/"arch": "arm64"/' "$work/gpu.json" >"$work/arm64.json"

run merge "$work/gpu.json" "$work/rest.json"
ok "two parts: exit status 1, as something is found" is "$status" 1
sed '/note: found in/d' "$work/out" >"$work/merged"
check -C "$tree"
ok "together they are the whole" diff -u "$work/out" "$work/merged"

run merge "$work/whole.json" "$work/arm64.json"
ok "two architectures: the summary names both" says '(x86, arm64)'
ok "a finding of both says so" is "$(grep -c 'demo_userptr.*note: found in' "$work/out")" 2
ok "one of a single one, too" is "$(grep -c 'doorbell.*note: found in Linux .* x86$' "$work/out")" 1
run merge --format json "$work/whole.json" "$work/arm64.json"
ok "in JSON each finding has a list" is "$(grep -c '"holds_in"' "$work/out")" \
	"$(grep -c '"trace"' "$work/whole.json")"
cp "$work/out" "$work/merged.json"
run merge --format json "$work/merged.json" "$work/rest.json"
ok "what was merged is merged again" says '(x86, arm64)'
ok "where it was found stays" is "$(grep -c '"Linux .* arm64"' "$work/out")" 1
for format in html sarif terse b4 text; do
	run merge --format "$format" "$work/merged.json"
	ok "as $format" grep -q demo_userptr.c "$work/out"
done
run merge --level error "$work/whole.json" -o "$work/file"
ok "to a file" test -s "$work/file"

# Gaps stay, with the report that has them.
sed 's/"verdict": "complete"/"verdict": "partial"/' "$work/gpu.json" >"$work/partial.json"
run merge "$work/rest.json" "$work/partial.json"
ok "a partial report makes a partial one" says 'partial: 1 of'
run merge --strict-coverage "$work/rest.json" "$work/partial.json"
ok "which --strict-coverage refuses: exit status 2" is "$status" 2

# refused TITLE TEXT FILE: it is said, and there is no report.
refused() {
	run merge --format json "$work/whole.json" "$3"
	ok "$1: exit status 2" is "$status" 2
	ok "$1: says '$2'" says "$2"
	ok "$1: no report" is "$(cat "$work/out")" ''
}
head -c 500 "$work/whole.json" >"$work/bad.json"
refused "half a report" 'is not JSON' "$work/bad.json"
refused "no file" 'cannot read the report' "$work/absent"
sed 's/"schema_version": [0-9]*/"schema_version": 99/' "$work/whole.json" >"$work/bad.json"
refused "another version of JSON" 'writes JSON in another way' "$work/bad.json"
sed 's/"name": "dmacheck"/"name": "other"/' "$work/whole.json" >"$work/bad.json"
refused "a report of another tool" 'another tool' "$work/bad.json"
sed 's/"rule": "[a-z-]*"/"rule": "no-such"/' "$work/whole.json" >"$work/bad.json"
refused "a rule that is not known" "the rule 'no-such'" "$work/bad.json"
sed '/"fingerprint"/d' "$work/whole.json" >"$work/bad.json"
refused "no fingerprints" 'not a whole report' "$work/bad.json"
run merge
ok "nothing to merge: exit status 2" is "$status" 2
done_testing
