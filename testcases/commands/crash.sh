# SPDX-License-Identifier: GPL-2.0-only
# A crash in a rule, or in following user memory, costs what it would have
# found, by name, and nothing else. DMACHECK_TEST_CRASH makes one crash.
. tools/tap.sh
ASAN_OPTIONS=${ASAN_OPTIONS-}:handle_segv=0
export ASAN_OPTIONS
cp -r testcases/tree "$work/tree"
tree=$work/tree
check -C "$tree"
sort "$work/out" >"$work/all"

# crash NAME ARG...
crash() {
	DMACHECK_TEST_CRASH=$1
	export DMACHECK_TEST_CRASH
	shift
	check -C "$tree" "$@"
	unset DMACHECK_TEST_CRASH
	sort "$work/out" >"$work/rest"
}

crash missing-require-coherent
ok "a crash of a rule: exit status 2" is "$status" 2
ok "and it is named" \
	says 'coverage: rule missing-require-coherent crashed with signal 11'
ok "the other findings are there" \
	sh -c "grep -v missing-require-coherent '$work/all' | grep '\]$' | diff - '$work/rest'"
crash gfp-zero
ok "a rule that finds nothing here: exit status 2" is "$status" 2
ok "and all findings are there" diff -u "$work/all" "$work/rest"
crash retired-attr-name -j1
ok "one after the other: the same" diff -u "$work/all" "$work/rest"
crash flow --no-cache
ok "a crash of the flow: exit status 2" is "$status" 2
ok "and it is named" says 'coverage: following user memory crashed with signal 11'
crash flow --no-cache --format json
ok "JSON names the rules that are lost" jq -e \
	'.coverage.rules_missing | index("missing-require-coherent")' "$work/out"
check -C "$tree" --format json
ok "and none where none is" jq -e '.coverage | has("rules_missing") | not' "$work/out"
done_testing
