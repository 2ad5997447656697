# SPDX-License-Identifier: GPL-2.0-only
# The content of the HTML report, and that names and source lines cannot become
# markup. html-browser.sh tests it in a browser.
. tools/tap.sh
tree=testcases/tree page=$work/page.html

# The part of the page that depends on the findings alone.
list() { sed -n '/<div id="list">/,/<section class="rules">/p' "$1"; }

# Elements are closed in the right order.
balanced() {
	perl -0777 -ne '
		s{<(style|script)>.*?</\1>}{}gs;
		my %void = map { $_ => 1 } qw(meta input);
		while (m{<(/?)([a-z0-9]+)((?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*(/?)>|(<[^!])}g) {
			die "a stray $5 at ", substr($_, pos() - 20, 40), "\n" if $5;
			next if $4 || $void{$2};
			if (!$1) { push @open, $2; next }
			my $last = pop @open // "nothing";
			die "</$2> closes $last\n" if $last ne $2;
		}
		die "open: @open\n" if @open' "$1"
}

check -C $tree --format html -o "$page"
ok "exit status 1 with findings" is "$status" 1
list "$page" >"$work/list"
ok "the list is as expected" diff -u testcases/report/html/expected "$work/list"
ok "elements are closed in order" balanced "$page"
"$DMACHECK" explain missing-require-coherent | sed "1d; s/^ *//; s/[&<>'\"].*//; s/[[:space:]]*\$//" |
	awk 'length > 30' >"$work/explained"
ok "the rule is explained" is "$(grep -cFf "$work/explained" "$page")" "$(wc -l <"$work/explained")"
ok "nothing is loaded from elsewhere" is \
	"$(grep -oE '(src|href|action)="[^#"][^"]*"|url\([^)]*|@import' "$page")" ''
for kind in style script; do
	hash=$(perl -0777 -ne "print \$1 if m{<$kind>(.*?)</$kind>}s" "$page" |
		sha256sum | cut -c 1-64 | tr a-f A-F | basenc --base16 -d | base64)
	ok "the policy allows the $kind by its hash" \
		grep -F "$kind-src 'sha256-$hash'" "$page"
done
ok "it says what was covered" \
	grep -E '6 files asked for, 4 relevant, 4 analysed' "$page"

check -C $tree --format json -o "$work/report.json" --format html -o "$work/both.html"
ok "the same beside another format" cmp "$page" "$work/both.html"
jq -r '.findings[].fingerprint' "$work/report.json" >"$work/json"
sed -n 's/.*<div class="body" id="\([^"]*\)">/\1/p' "$page" >"$work/html"
ok "the findings of JSON, in its order" diff -u "$work/json" "$work/html"

check -C $tree --format html --fixes -o "$page"
ok "the fix of each finding is shown as a diff" is \
	"$(grep -c "^<ins>+.*DMA_ATTR_REQUIRE_COHERENT" "$page")" 4
ok "its elements are closed in order" balanced "$page"

check -C $tree --format html --source-url 'https://example.org/a?f={file}&x="#n{line}' -o "$page"
ok "places link to a web tree" grep -F \
	'<a href="https://example.org/a?f=drivers/gpu/drm/demo/demo_userptr.c&amp;x=&quot;#n40">:40</a> in demo_userptr_map()' \
	"$page"
check -C $tree --format html --source-url https://example.org/
ok "a URL that has no place for the file is refused" is "$status" 2
ok "and it is said why" says "does not contain {file}"

check -C $tree --format html --engine sparse -o "$page"
ok "nothing found is a page, too" grep -F '<h1>nothing found' "$page"
ok "its elements are closed in order" balanced "$page"

# In the report on a patch the hunk that caused a finding follows its path.
cp -r $tree "$work/changed"
git -C "$work/changed" init -q
git -C "$work/changed" add -A
sed -i 's/DMA_ATTR_REQUIRE_COHERENT/0/' "$work/changed/drivers/infiniband/hw/demo/mr.c"
git -C "$work/changed" diff >"$work/a.patch"
git -C "$work/changed" checkout -q .
run patch --arch x86 --cache "$work/cache" -C "$work/changed" --format html -o "$page" "$work/a.patch"
ok "a patch has such a report, too" is "$status" 1
sed -n 's/^<p id="[0-9a-f]*-\(.\)"><b class="n\( at\)*">\(.\)<.b> \([^(<]*\).*/\1 \3\2 \4/p' \
	"$page" >"$work/steps"
ok "its finding has the change behind it" diff -u - "$work/steps" <<EOT
1 1 pages come from pin_user_pages_fast
2 2 sg_alloc_table_from_pages
3 3 at user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT
4 4 caused by this change: @@ -22,7 +22,7 @@ struct ib_mr *demo_reg_user_mr
EOT
ok "elements are closed in order there" balanced "$page"

# Without sparse: one notice.
mkdir "$work/bin"
for tool in clang-19 llvm-config-19 make sh; do
	ln -s "$(command -v $tool)" "$work/bin"
done
PATH=$work/bin check -C $tree --format html -o "$page"
ok "an engine that is missing is said" grep -E '<p class="notice">.*sparse' "$page"

# --- hostile names and lines ---

hostile=$work/hostile
cp -r $tree "$hostile"
mkdir -p "$hostile/include/generated"
echo "#define CONFIG_64BIT 1" >"$hostile/include/generated/autoconf.h"
dir="drivers/\"><img src=x onerror=alert(1)>'&amp;" name="<script>alert(2)<&.c"
mkdir "$hostile/$dir"
cp $tree/drivers/infiniband/hw/demo/demo.h "$hostile/$dir"
{
	echo '#include <linux/module.h>'
	cat $tree/drivers/infiniband/hw/demo/doorbell.c
} >"$hostile/$dir/$name"
escape=$(printf '\033')
sed -i "s|.*sg_set_page.*|&	/* </pre><script>alert(3)</script> \" ' \\&lt; $escape[31m $(printf '\342\200\256\377') */|" \
	"$hostile/$dir/$name"
jq -n --arg file "$hostile/$dir/$name" --arg tree "$hostile" '[{
	directory: $tree, file: $file, arguments: ["clang-19", "-nostdinc",
		"-I\($tree)/arch/x86/include", "-I\($tree)/include",
		"-include", "\($tree)/include/linux/compiler-version.h",
		"-include", "\($tree)/include/linux/kconfig.h",
		"-include", "\($tree)/include/linux/compiler_types.h",
		"-D__KERNEL__", "--target=x86_64-linux-gnu", "-std=gnu11",
		"-fms-extensions", "-fno-builtin", "-DMODULE",
		"-DKBUILD_BASENAME=\"x\"", "-DKBUILD_MODNAME=\"<b>mod\"",
		"-c", "-o", "x.o", $file] }]' \
	>"$hostile/compile_commands.json"
check -C "$hostile" --format html -o "$page" "$hostile/$dir" \
	--source-url 'https://example.org/{file}'
ok "a file with such a name is checked" is "$status" 1
list "$page" >"$work/list"
ok "no element comes from it" is \
	"$(grep -oE '<(script|img|b>mod)' "$work/list")" ''
ok "elements are still closed in order" balanced "$page"
ok "the name is there as text" grep -F \
	'drivers/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;amp;/&lt;script&gt;alert(2)&lt;&amp;.c' "$work/list"
ok "the line is there as text, with what cannot be seen" grep -F \
	'/* &lt;/pre&gt;&lt;script&gt;alert(3)&lt;/script&gt; &quot; &#39; &amp;lt; \033[31m &lt;U+202E&gt;\377 */' "$work/list"
ok "the name in a link is escaped for a URL" grep -F \
	'href="https://example.org/drivers/%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%27%26amp%3B/%3Cscript%3Ealert%282%29%3C%26.c"' "$work/list"
done_testing
