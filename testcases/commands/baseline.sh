# SPDX-License-Identifier: GPL-2.0-only
# dmacheck check --baseline: only what is new.
. tools/tap.sh

demo=drivers/gpu/drm/demo/demo_userptr.c
doorbell=drivers/infiniband/hw/demo/doorbell.c
rule=missing-require-coherent
tree=$work/tree
base=$work/base.json

fresh() { rm -rf "$tree" && cp -r testcases/tree "$tree"; }
# The files of the findings in the baseline, one a finding.
files() { jq -r '.findings[].file' "$base" | tr '\n' ' '; }
has() { jq -e "$1" "$work/out"; }
# mend FILE: give its map the attribute, and its unmaps.
mend() {
	run fix --arch x86 --cache "$work/cache" -C "$tree" --apply "$1"
}

# --- what is known and what is new ---

fresh
check -C "$tree" --format json -o "$base"
cp "$base" "$work/both.json"
check -C "$tree" --baseline "$base"
ok "all is known: nothing is reported" is "$(cat "$work/out")" ''
ok "all is known: exit status 0" is "$status" 0
ok "all is known: counted" says "baseline: 2 known, 0 gone"
ok "all is known: the summary" says "nothing new found"
ok "the baseline is only read" cmp "$base" "$work/both.json"
check -C "$tree" --baseline "$base" --format json
ok "JSON: only what is new, and the counts" has \
	'.findings == [] and .baseline == { "known": 2, "gone": 0 }'
check -C "$tree" --format json
ok "JSON: no such member without a baseline" has 'has("baseline") | not'

sed -i '2i/*\n * Something new.\n */' "$tree/$demo"
check -C "$tree" --baseline "$base"
ok "a moved line is not new" is "$status$(cat "$work/out")" 0

jq "del(.findings[] | select(.file == \"$demo\"))" "$work/both.json" >"$base"
check -C "$tree" --baseline "$base"
ok "a new one: reported" grep -q "^$demo:43:8: error" "$work/out"
ok "a new one: and no other" is "$(grep -c ' error: ' "$work/out")" 1
ok "a new one: exit status 1" is "$status" 1
ok "a new one: counted" says "baseline: 1 known, 0 gone"
check -C "$tree" --baseline "$base" --format json
ok "a new one: in JSON" has "[.findings[].file] == [\"$demo\"] and .baseline.known == 1"
check -C "$tree" --baseline /dev/stdin --level error <"$base"
ok "from a pipe: refused, as stdin is empty here" is "$status" 2

cp "$work/both.json" "$base"
mend $demo
check -C "$tree" --baseline "$base" --rule $rule
ok "mended: gone" says "baseline: 1 known, 1 gone (-v names each)"
ok "mended: exit status 0" is "$status" 0
check -C "$tree" --baseline "$base" -v
ok "mended: -v names it" says "gone: $demo: user memory is DMA-mapped"
rm "$tree/$demo"
check -C "$tree" --baseline "$base"
ok "a file that was removed: gone" says "baseline: 1 known, 1 gone"
fresh
sed -i "s,^\(	*\)ret = dma_map_sgtable,\1/* dmacheck: $rule: always coherent */\n&," "$tree/$demo"
check -C "$tree" --baseline "$base"
ok "hidden by a comment: gone" says "baseline: 1 known, 1 gone"

# --- what a run did not look at is not gone ---

fresh
mend $demo
check -C "$tree" --baseline "$base" drivers/infiniband
ok "PATH: what is elsewhere is not gone" says "baseline: 1 known, 0 gone"
check -C "$tree" --baseline "$base" drivers/gpu
ok "PATH: what is there is" says "baseline: 0 known, 1 gone"
check -C "$tree" --baseline "$base" --rule retired-attr-name
ok "--rule: what other rules find is not gone" says "baseline: 0 known, 0 gone"
check -C "$tree" --baseline "$base" --rule $rule
ok "--rule: what this one finds is" says "baseline: 1 known, 1 gone"
check -C "$tree" --baseline "$base" --rule suppression
ok "--rule suppression: nothing is gone" says "baseline: 0 known, 0 gone"
check -C "$tree" --baseline "$base" --engine sparse
ok "--engine: nor what another engine finds" says "baseline: 0 known, 0 gone"
printf 'int demo_broken(void) { return no_such_thing; }\n' >>"$tree/$demo"
check -C "$tree" --baseline "$base"
ok "a file that is analysed in part: not gone" says "baseline: 1 known, 0 gone"
check -C "$tree" --baseline "$base" --level note --format json
ok "another level: not gone either" has '.baseline == { "known": 1, "gone": 0 }'

# --- --update-baseline ---

fresh
rm "$base"
check -C "$tree" --baseline "$base"
ok "no such file: exit status 2" is "$status" 2
ok "no such file: said" says "cannot read the baseline $base: No such file or directory"
check -C "$tree" --baseline "$base" --update-baseline
ok "update: a file that was not there" is "$(files)" "$demo $doorbell "
ok "update: what is new is reported" is "$(grep -c ' error: ' "$work/out")" 2
ok "update: exit status 1 by what is new" is "$status" 1
ok "update: says so" says "baseline: 2 findings written to $base, 0 more left in it"
jq 'del(.rules, .findings[].cause, .findings[].source, .findings[].trace[].source)' "$work/both.json" >"$work/lean.json"
ok "update: a whole report, without what is quoted" diff -u "$work/lean.json" "$base"
check -C "$tree" --baseline "$base" --update-baseline
ok "update: once more, nothing is new" is "$status$(cat "$work/out")" 0
ok "update: once more, the same file" cmp "$work/lean.json" "$base"

mend $demo
check -C "$tree" --baseline "$base" --update-baseline drivers/infiniband
ok "update with a PATH: what is elsewhere stays, in its order" is "$(files)" "$demo $doorbell "
ok "update with a PATH: said" says "1 finding written to $base, 1 more left in it"
check -C "$tree" --baseline "$base" --update-baseline --rule retired-attr-name
ok "update with --rule: what others find stays" is "$(files)" "$demo $doorbell "
check -C "$tree" --baseline "$base" --update-baseline --rule $rule drivers/gpu
ok "update: what is gone goes" is "$(files)" "$doorbell "
fresh
check -C "$tree" --baseline "$base" --update-baseline --format json -o "$work/new.json"
ok "update with JSON: what is new in the report" \
	is "$(jq -r '.findings[].file' "$work/new.json")" "$demo"
ok "update with JSON: all in the baseline" is "$(files)" "$demo $doorbell "
jq '.findings[0].level = "note" | .findings[0].fingerprint = "00"' "$work/both.json" >"$base"
printf 'int demo_broken(void) { return no_such_thing; }\n' >>"$tree/$demo"
check -C "$tree" --baseline "$base" --update-baseline --level error
ok "update: what may still be there stays" is "$(files)" "$demo $demo $doorbell "
ln -s base.json "$work/link.json"
fresh
check -C "$tree" --baseline "$work/link.json" --update-baseline
ok "update: a symbolic link stays one" test -L "$work/link.json"
ok "update: what it leads to is written" is "$(files)" "$demo $doorbell "

# --- what is no baseline ---

bad() {
	what=$1 text=$2
	cp "$base" "$work/kept"
	cannot "$what" "$text" -C "$tree" --baseline "$base"
	ok "$what: names the file" says "$base"
	check -C "$tree" --baseline "$base" --update-baseline
	ok "$what: is not written over" is "$status$(cmp "$base" "$work/kept")" 2
}
: >"$base"
bad "an empty file" "is not JSON: line 1, column 0"
printf '{\n "tool": x\n}\n' >"$base"
bad "no JSON" "is not JSON: line 2, column 10"
echo '[]' >"$base"
bad "no object" "is not a report of dmacheck in JSON"
echo '{ "findings": [] }' >"$base"
bad "of no tool" "is not a report of dmacheck in JSON"
echo '{ "tool": { "name": "sparse" }, "findings": [] }' >"$base"
bad "of another tool" "is not a report of dmacheck in JSON"
echo '{ "tool": { "name": "dmacheck" }, "findings": {} }' >"$base"
bad "no list of findings" "is not a report of dmacheck in JSON"
jq 'del(.findings[1].fingerprint)' "$work/both.json" >"$base"
bad "a finding without fingerprint" "its finding 2 has no fingerprint"
jq '.findings[0].rule = 3' "$work/both.json" >"$base"
bad "a rule that is a number" "its finding 1 has no rule"
jq '.findings[0] = "x"' "$work/both.json" >"$base"
bad "a finding that is a string" "its finding 1 has no fingerprint"
head -c 500 "$work/both.json" >"$base"
bad "cut short" "is not JSON: line"
printf '\377\376' >"$base"
bad "no UTF-8" "is not JSON: line 1"
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >"$base"
bad "deeply nested" "is not JSON: line 1, column"
{ printf '["'; head -c 68000000 /dev/zero | tr '\0' x; printf '"]'; } >"$base"
bad "huge" "is larger than 64 MiB"
rm "$base"
mkdir "$base"
cannot "a folder" "$base: Is a directory" -C "$tree" --baseline "$base"
check -C "$tree" --baseline "$base" --update-baseline
ok "a folder: cannot be written" says "cannot write $base: it is a folder"
rmdir "$base"
cannot "endless" "cannot read the baseline /dev/zero: not a regular file" -C "$tree" --baseline /dev/zero
check -C "$tree" --baseline /dev/null --update-baseline
ok "a device is not replaced" says "/dev/null is not a file that can be replaced"
ok "a device: exit status 2" is "$status" 2
cannot "--update-baseline alone" "goes with --baseline FILE" -C "$tree" --update-baseline
cp "$work/both.json" "$base"
cannot "-o over the baseline" "in place of the baseline" -C "$tree" \
	--baseline "$base" --format json -o "$work/../baseline/base.json"
ok "-o over the baseline: not written" cmp "$base" "$work/both.json"
check -C "$tree" --baseline "$work/no/such/folder" --update-baseline
ok "a folder that does not exist: exit status 2" is "$status" 2
ok "a folder that does not exist: said before the work" is "$(wc -l <"$work/err")" 1

jq '.tree.version = "6.12\nx"' "$work/both.json" >"$base"
check -C "$tree" --baseline "$base"
ok "another tree: a note" says "the baseline $base was made for Linux 6.12?x (x86), this is 7.2.0-sample (x86)"
ok "another tree: goes on" is "$status" 0

# --- make check ---

cp "$work/both.json" "$base"
make -s -o "$DMACHECK" check KDIR="$tree" ARCH=x86 STRICT=1 \
	CHECKFLAGS="--cache $work/cache" BUILD="$(dirname "$DMACHECK")" BASELINE="$base" >"$work/out" 2>"$work/err"
ok "make check BASELINE=: what is known is no failure" is $? 0
ok "make check BASELINE=: says so" says "baseline: 2 known, 0 gone"
done_testing
