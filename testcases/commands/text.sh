# SPDX-License-Identifier: GPL-2.0-only
# Text for people: source lines, colour, findings with one cause; and for editors.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
file=drivers/gpu/drm/demo/demo_userptr.c
esc=$(printf '\033')

# One mistake in two functions, and two at one call.
cat >>"$tree/$file" <<'EOT'

struct demo_addr {
	dma_addr_t addr;
};

int demo_one(struct device *dev, void *p, struct demo_addr *d)
{
	d->addr = dma_map_single(dev, p, 8, DMA_TO_DEVICE);	/* \é */
	return 0;
}

int demo_two(struct device *dev, void *p, struct demo_addr *d)
{
	d->addr = dma_map_single(dev, p, 8, DMA_TO_DEVICE);
	return 0;
}
EOT
sed -i "s/\\\\é/é$esc[2J/" "$tree/$file"

check -C "$tree"
cp "$work/out" "$work/plain"
ok "not a terminal: lines alone, without colour" is "$(grep -cv '^[^ :]*:[0-9]*:[0-9]*: ' "$work/out")" 0
ok "one line for each finding" is "$(grep -cE ': (error|warning): ' "$work/out")" 4
ok "the summary counts findings and causes" says "2 errors, 2 warnings in 2 files (3 causes)"
check -C "$tree" --color always
ok "--color always" grep -q "^$esc\[1m$file:40:8:$esc\[0m $esc\[1;31merror:" "$work/out"
sed "s/$esc\[[0-9;]*m//g" "$work/out" >"$work/stripped"
ok "colour changes nothing else" diff -u "$work/plain" "$work/stripped"
check -C "$tree" --source
line=$(grep -n 'demo_one' "$tree/$file" | cut -d: -f1)
ok "--source: the line, a caret, no control character" grep -q "^ *$((line + 2)) |         d->addr = dma_map_single(dev, p, 8, DMA_TO_DEVICE); */\* é.033.2J \*/\$" "$work/out"
ok "and the caret below" grep -qx "      |                   ^~~~~~~~~~~~~~" "$work/out"
ok "one cause is one finding" is "$(grep -cE ': (error|warning): ' "$work/out")" 3
ok "its other place is a note" grep -q "^$file:[0-9]*:12: note: the same in demo_two()\$" "$work/out"
ok "the same count" says "2 errors, 2 warnings in 2 files (3 causes)"
check -C "$tree" --source --no-source
ok "--no-source" diff -u "$work/plain" "$work/out"
check -C "$tree" --explain
ok "--explain: each rule once" is "$(grep -cE '^  (missing-require-coherent|missing-mapping-error-check): ' "$work/out")" 2
check -C "$tree" --format json -o "$work/report.json"
ok "JSON has each finding, and its cause" jq -e '[.findings[] | select(.rule == "missing-mapping-error-check")] |
	length == 2 and .[0].cause == .[0].fingerprint and .[1].cause == .[0].fingerprint' "$work/report.json"

# on_terminal VARIABLE=VALUE... ARG...: the check on a terminal 100 columns wide.
on_terminal() {
	last="$DMACHECK check ... in script(1)"
	script -qec "stty cols 100; env $* $DMACHECK check --arch x86 --cache $work/cache -C $tree --progress never 2>/dev/null" \
		/dev/null >"$work/out" </dev/null
	tr -d '\r' <"$work/out" >"$work/seen"
}
if command -v script >/dev/null; then
	on_terminal NO_COLOR= TERM=xterm
	ok "a terminal: colour and source lines" grep -q "$esc\[1;31m^~~~" "$work/seen"
	on_terminal NO_COLOR=1 TERM=xterm
	ok "NO_COLOR" is "$(grep -c "$esc" "$work/seen")" 0
	ok "source lines all the same" grep -q '^      |  *^~~~' "$work/seen"
	on_terminal NO_COLOR= TERM=dumb
	ok "TERM=dumb" is "$(grep -c "$esc" "$work/seen")" 0
else
	ok "on a terminal # SKIP there is no script(1)" true
fi

# What editors read. Lines that are no message begin with a blank, which vim's
# %f:%l:%c:\ %t%*[a-z]:\ %m, emacs' gnu and VS Code's $gcc all pass over.
check -C "$tree" --source
ok "\$gcc of VS Code finds the findings" is \
	"$(grep -cE '^(.*):([0-9]+):([0-9]+): +(error|warning): +(.*)$' "$work/out")" 3
ok "emacs' gnu finds the notes, too" is \
	"$(grep -cE '^[^ :]+:[0-9]+:[0-9]+: (error|warning|note): ' "$work/out")" \
	"$(grep -c '^[^ ]' "$work/out")"
if command -v vim >/dev/null; then
	vim -es -u NONE -c 'set errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m,%-G%.%#' \
		-c "cgetfile $work/out" -c "call writefile([string(len(filter(getqflist(), 'v:val.valid')))], '$work/vim')" -c 'qa!' </dev/null >/dev/null 2>&1
	ok "vim's errorformat" is "$(cat "$work/vim")" "$(grep -c '^[^ ]' "$work/out")"
else
	ok "vim's errorformat # SKIP there is no vim" true
fi
done_testing
