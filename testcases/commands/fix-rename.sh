# SPDX-License-Identifier: GPL-2.0-only
# dmacheck fix --rule retired-attr-name: a tree is renamed whole, in one patch.
. tools/tap.sh

now=DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
was=DMA_ATTR_CPU_CACHE_CLEAN

fix() {
	touch "$work/start"
	run fix --arch x86 --cache "$work/cache" -C "$work/tree" \
		--rule retired-attr-name "$@"
}
put() { mkdir -p "$(dirname "$work/new/$1")" && cat >"$work/new/$1"; }

# --- a tree as it should be ---

cp -r testcases/tree "$work/new"
put drivers/virtio/demo.c <<EOT
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* What follows may share a cache line: $now. */
dma_addr_t demo(struct device *dev, void *p, size_t len);

/**
 * demo() - map with $now
 *
 * Same as dma_map_single(), but passes $now|0 to
 * %$now. HINIC_$now is another one.
 */
dma_addr_t demo(struct device *dev, void *p, size_t len)
{
	return dma_map_single_attrs(dev, p, len, DMA_FROM_DEVICE,$now); 
}
EOT
put arch/arm64/mm/demo.c <<EOT
unsigned long attrs = $now | $now;
unsigned long other_attrs = DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_MMIO;
EOT
put include/trace/events/dma.h <<EOT
/* SPDX-License-Identifier: GPL-2.0 */
#define decode_dma_attrs(attrs) \\
	__print_flags(attrs, "|", \\
		{ $now, "${now#DMA_ATTR_}" }, \\
		{ DMA_ATTR_MMIO, "MMIO" })
EOT
put Documentation/core-api/dma-attributes.rst <<EOT
====================================
$now
====================================

$now
------------------------------------

$now hints at $now
===

A paragraph with \`\`$now\`\` in it.

-----

Do not underline $now.
------------------------------------

EOT
put Documentation/devicetree/demo.txt <<EOT
none of it
==========
EOT

# How it was: what stands for itself is renamed by sed, lines by hand.
cp -r "$work/new" "$work/old"
grep -rl $now "$work/old" | xargs sed -i "s/$now/$was/g; s/HINIC_$was/HINIC_$now/
	s/\"${now#DMA_ATTR_}\"/\"${was#DMA_ATTR_}\"/"
sed -i 's/REQUIRE_COHERENT/REQUIRE_COHERENCE/' "$work/old/arch/arm64/mm/demo.c"
sed -i '1,6s/^\([-=]\)\1*$/\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1/' \
	"$work/old/Documentation/core-api/dma-attributes.rst"
# It defines both already, the last one for good: it stays.
put tools/virtio/linux/dma-mapping.h <<EOT
#define $was	(1UL << 11)
#define $now	0
EOT
mkdir -p "$work/old/tools" && cp -r "$work/new/tools/virtio" "$work/old/tools/"
# This kernel has the new name in its header, as one does to which code of an
# old one is carried.
cp "$work/new/include/linux/dma-mapping.h" "$work/old/include/linux/"

# --- there ---

cp -r "$work/old" "$work/tree"
fix
ok "something is left: exit status 1" is "$status" 1
cp "$work/out" "$work/patch"
ok "the tree is as it was" diff -r "$work/old" "$work/tree"
ok "says how much" says "retired names: 4 files changed"
ok "the header that defines both is named" \
	says "tools/virtio/linux/dma-mapping.h:1: $was not renamed"
ok "patch -p1 takes it" patch -s -d "$work/tree" -p1 -i "$work/patch"
ok "it is what it was made from, byte for byte" diff -r "$work/new" "$work/tree"
fix
ok "a second fix prints nothing" is "$(cat "$work/out")" ''

rm -rf "$work/tree" && cp -r "$work/old" "$work/tree"
fix --apply
ok "--apply: the same" diff -r "$work/new" "$work/tree"
ok "--apply: nothing on stdout" is "$(cat "$work/out")" ''

# --- only there, or otherwise ---

rm -rf "$work/tree" && cp -r "$work/old" "$work/tree"
fix Documentation
ok "PATH: only what is below it" is "$(grep '^diff' "$work/out")" \
	"diff --git a/Documentation/core-api/dma-attributes.rst b/Documentation/core-api/dma-attributes.rst"
fix drivers/virtio arch/arm64/mm/demo.c
ok "PATHs: these" is "$(grep -c '^diff' "$work/out")" 2
other=DMA_ATTR_CPU_CACHE_OVERLAP
fix --to $other --apply
ok "--to: nothing of the old name is left" is "$(grep -rlw $was "$work/tree")" ''
ok "--to: code has that name" grep -q "DMA_FROM_DEVICE,$other); \$" \
	"$work/tree/drivers/virtio/demo.c"
ok "--to: the trace event has it" grep -qF "{ $other, \"${other#DMA_ATTR_}\" }" \
	"$work/tree/include/trace/events/dma.h"
ok "--to: a heading is underlined as far as it goes" is \
	"$(grep -A1 "^$other\$" "$work/tree/Documentation/core-api/dma-attributes.rst" |
		grep -v '^--$' | awk '{ print length }' | sort -u)" "${#other}"
fix
ok "and back to the successor" grep -q "^-.*$other" "$work/out"
fix arch drivers Documentation include
ok "without the header that defines both: exit status 0" is "$status" 0
run fix --arch x86 --cache "$work/cache" -C "$work/tree" --to $other
ok "--to without the rule: exit status 2" is "$status" 2
ok "--to without the rule: said" says "--to NAME needs --rule retired-attr-name"
fix --to is_cache_clean
ok "--to a name that is none of an attribute: exit status 2" is "$status" 2

# --- what is left alone ---

rm -rf "$work/tree" && cp -r "$work/old" "$work/tree"
chmod 444 "$work/tree/arch/arm64/mm/demo.c"
sed -i 's/$/\r/' "$work/tree/include/trace/events/dma.h"
fix --apply
ok "a file that cannot be written: exit status 1" is "$status" 1
ok "read-only: named" says "arch/arm64/mm/demo.c not changed: it is read-only"
ok "CRLF: named" \
	says "include/trace/events/dma.h not changed: its lines end in CRLF"
ok "named once" is "$(grep -c 'arch/arm64/mm/demo.c' "$work/err")" 1
ok "they stay" cmp "$work/old/arch/arm64/mm/demo.c" "$work/tree/arch/arm64/mm/demo.c"
ok "the others are renamed" cmp "$work/new/drivers/virtio/demo.c" \
	"$work/tree/drivers/virtio/demo.c"

rm -rf "$work/tree" && cp -r "$work/new" "$work/tree"
echo 'unsigned long attrs = DMA_ATTR_NON_CONSISTENT;' \
	>"$work/tree/arch/arm64/mm/demo.c"
fix
ok "a name that has no successor: exit status 1" is "$status" 1
ok "a name that has no successor: said" \
	says "arch/arm64/mm/demo.c:1:23: retired-attr-name: not fixed: DMA_ATTR_NON"
ok "a name that has no successor: nothing on stdout" is "$(cat "$work/out")" ''

# --- without spatch, and as a series ---

rm -rf "$work/tree" && cp -r "$work/old" "$work/tree"
mkdir "$work/tools" && ln -s /usr/bin/* "$work/tools/" && rm -f "$work/tools/spatch"
PATH=$work/tools fix
ok "it takes no spatch" cmp "$work/patch" "$work/out"
fix --series "$work/series"
ok "--series: one patch" is "$(cd "$work/series" && ls | wc -l)" 2
ok "--series: its subject" grep -qx \
	"Subject: \[PATCH 1/1\] dma-mapping: rename retired attributes" "$work/series"/0001*
ok "--series: what was renamed" grep -q "\bDMA_ATTR_REQUIRE_COHERENCE\b" "$work/series"/0001*
cp -r "$work/old" "$work/by-patch" && cp -r "$work/old" "$work/by-series"
patch -s -p1 -d "$work/by-patch" <"$work/patch"
cat "$work/series"/0001* | patch -s -p1 -d "$work/by-series"
ok "--series: the same change" diff -r "$work/by-patch" "$work/by-series"
rm -rf "$work/series"
fix --series "$work/series" drivers
ok "--series: the subject for one name" grep -qx \
	"Subject: \[PATCH 1/1\] dma-mapping: rename $was to" "$work/series"/0001*
done_testing
