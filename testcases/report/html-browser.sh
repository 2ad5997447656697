# SPDX-License-Identifier: GPL-2.0-only
# The HTML report in a browser: it makes no request, filters, opens findings,
# follows links, and is readable without scripts. `tools/setup --browser' installs
# Chromium.
. tools/tap.sh
tree=testcases/tree page=$work/page.html

if ! command -v "${CHROMIUM:-chromium}" >/dev/null; then
	echo "1..0 # SKIP there is no chromium: tools/setup --browser installs it"
	exit 0
fi

check -C $tree --format html -o "$page" --format json -o "$work/report.json"
url=file://$page
first=$(jq -r '.findings[0].fingerprint' "$work/report.json")
second=$(jq -r '.findings[1].fingerprint' "$work/report.json")

# sees TITLE EXPECTED COMMAND...: a test of what these commands of tools/browse
# print. One browser runs all of them.
number=0
sees() {
	number=$((number + 1))
	echo "$1" >"$work/title.$number"
	echo "$2" >"$work/expected.$number"
	shift 2
	{ echo "say === $number"; printf "%s\n" "$@"; } >>"$work/commands"
}

shown='js [...document.querySelectorAll(".f")].filter((f) => !f.hidden).map((f) => f.dataset.module).join()'
type() { echo "js (document.forms[0].$1.value = \"$2\", document.forms[0].dispatchEvent(new Event(\"input\")), 0)"; }
click() { echo "js (document.querySelector('$1').click(), 0)"; }

sees "it loads without a message or a request" '2' \
	"open $url" log 'js document.querySelectorAll(".f").length'
sees "it has as many findings as JSON" "$(jq '.findings | length' "$work/report.json")" \
	"open $url" 'js document.querySelectorAll(".f").length'
sees "a part of the text filters" '0 "ib_demo" "1 of 2 findings"' "open $url" \
	"$(type text doorbell)" "$shown" 'js document.querySelector("output").textContent'
sees "also one of its trace" '0 "ib_demo" 0 "demo_drm,ib_demo"' "open $url" \
	"$(type text sg_set_page)" "$shown" "$(type text 'pin_user missing')" "$shown"
sees "a path filters, also from its middle" '0 "demo_drm" 0 "ib_demo" 0 ""' \
	"open $url" "$(type path drivers/gpu/)" "$shown" \
	"$(type path hw/demo)" "$shown" "$(type path pu/)" "$shown"
sees "a module filters" '0 "ib_demo" 0 "" 0 "demo_drm,ib_demo"' "open $url" \
	"$(type module ib_demo)" "$shown" "$(type module ib)" "$shown" \
	"$(click 'button[type=reset]')" "js new Promise((done) => setTimeout(() => done([...document.querySelectorAll('.f')].filter((f) => !f.hidden).map((f) => f.dataset.module).join())))"
sees "a level filters" '0 ""' "open $url" "$(click 'input[value=error]')" "$shown"
sees "a row of the summary filters, and Back takes it back" \
	'0 "ib_demo" "#path=drivers%2Finfiniband%2F" "demo_drm,ib_demo"' \
	"open $url" "$(click 'a[href="#path=drivers/infiniband/"]')" "$shown" \
	'js location.hash' \
	"js new Promise((done) => { addEventListener('hashchange', () => setTimeout(() => done([...document.querySelectorAll('.f')].filter((f) => !f.hidden).map((f) => f.dataset.module).join()))); history.back(); })"
sees "a URL filters" '"ib_demo" "missing-require-coherent"' \
	"open $url#module=ib_demo&rule=missing-require-coherent" "$shown" \
	'js document.forms[0].rule.value'
sees "a fingerprint opens that finding" "\"$second\" true" "open $url#$second" \
	'js [...document.querySelectorAll(".f[open] .body")].map((b) => b.id).join()' \
	'js (({ top, bottom }) => top >= 0 && top < innerHeight)(document.querySelector(".f[open]").getBoundingClientRect())'
sees "also if a filter hides it" "0 \"demo_drm,ib_demo\" true" \
	"open $url#module=demo_drm" "js (location.hash = '#$second', 0)" \
	"js new Promise((done) => setTimeout(() => done([...document.querySelectorAll('.f')].filter((f) => !f.hidden).map((f) => f.dataset.module).join()), 100))" \
	'js document.querySelectorAll(".f")[1].open'
sees "a number in the picture leads to its step" '0 "3 "' "open $url#$first" \
	"js (document.querySelector('svg a[href=\"#$first-3\"]').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })), 0)" \
	'js document.querySelector(":target").textContent.slice(0, 2)'
sees "keys go through the list and open" '"demo_drm" "ib_demo" true true' \
	"open $url" 'key j' 'js document.activeElement.parentNode.dataset.module' \
	'key j' 'js document.activeElement.parentNode.dataset.module' \
	'key o' 'js document.activeElement.parentNode.open' \
	'key k' 'key Enter' 'js document.querySelectorAll(".f")[0].open'
sees "/ leads to the search, Escape back" '"text" false' "open $url" 'key /' \
	'js document.activeElement.name' 'key Escape' \
	'js document.activeElement === document.forms[0].text'
for width in 400 800 1400; do
	sees "$width pixels are wide enough" 'true' "size $width 900" "open $url#$first" \
		'js document.documentElement.scrollWidth <= innerWidth'
done
sees "it is dark where that is preferred" '"rgb(255, 255, 255)" "rgb(20, 24, 28)"' \
	'media prefers-color-scheme light' "open $url" \
	'js getComputedStyle(document.body).backgroundColor' \
	'media prefers-color-scheme dark' \
	'js getComputedStyle(document.body).backgroundColor'
sees "the filters are not printed" '"none"' "open $url" 'media type print' \
	'js getComputedStyle(document.forms[0]).display'
sees "without scripts there is no filter, and a link still opens a finding" \
	'"none" 2 true' 'scripts off' "open $url#$second" \
	'js getComputedStyle(document.forms[0]).display' \
	'js [...document.querySelectorAll(".f > summary")].filter((s) => s.getBoundingClientRect().height > 20).length' \
	"js document.getElementById('$second').closest('details').open"

# A source line with a script and an image.
cp -r $tree "$work/tree"
sed "s|.*sg_set_page.*|&	/* </pre><script>hit = 1</script><img src=x onerror='hit = 2'> */|" \
	$tree/drivers/infiniband/hw/demo/doorbell.c \
	>"$work/tree/drivers/infiniband/hw/demo/doorbell.c"
check -C "$work/tree" --format html -o "$work/hostile.html" drivers/infiniband
sees "markup in a source line is text" '"undefined" 1 0 true' 'scripts on' \
	"open file://$work/hostile.html" log 'js typeof hit' \
	'js document.scripts.length' 'js document.images.length' \
	'js document.body.textContent.includes("<script>hit = 1</script>")'

tools/browse <"$work/commands" >"$work/said" 2>"$work/err"
status=$? last="tools/browse <$work/commands"
for i in $(seq $number); do
	said=$(sed -n "/^=== $i\$/,/^===/{/^===/!p}" "$work/said" | paste -sd " " -)
	ok "$(cat "$work/title.$i")" is "$said" "$(cat "$work/expected.$i")"
done
done_testing
