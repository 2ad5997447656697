# SPDX-License-Identifier: GPL-2.0-only
# Precompiled headers make no difference but for time.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
many=$tree/drivers/many flag=$tree/drivers/flag

# driver FILE LINE...: it maps user memory with the attributes ATTRS.
driver() {
	{
		shift
		printf '%s\n' "$@"
		cat <<-EOT
		#include <linux/dma-mapping.h>
		#include <linux/mm.h>
		#ifndef ATTRS
		#include <linux/odd.h>
		#define ATTRS ODD_ATTRS
		#endif
		static struct page *pages[4];
		static struct device *dev;
		static int map(unsigned long addr)
		{
			pin_user_pages_fast(addr, 1, FOLL_LONGTERM, pages);
			return !dma_map_page_attrs(dev, pages[0], 0, PAGE_SIZE,
						   DMA_BIDIRECTIONAL, ATTRS);
		}
		int (*map_it)(unsigned long) = map;
		EOT
	} >"$name"
}

cat >"$tree/include/linux/odd.h" <<-EOT
	#ifndef _LINUX_ODD_H
	#define _LINUX_ODD_H
	#include <linux/dma-mapping.h>
	#ifdef ODD_COHERENT
	#define ODD_ATTRS DMA_ATTR_REQUIRE_COHERENT
	#else
	#define ODD_ATTRS 0
	#endif
	#define odd_flags odd_flags_of_header
	enum { ODD_STATE };
	#endif
EOT
mkdir "$many" "$flag"
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	name=$many/f$i.c driver f
	echo "obj-m += f$i.o" >>"$many/Makefile"
done
name=$many/before.c driver before '#define ODD_COHERENT'
name=$many/macro.c driver macro '#define ATTRS odd_flags' \
	'enum { odd_flags };'
name=$many/clash.c driver clash '#define ATTRS 0' 'enum { ODD_STATE };'
name=$flag/flag.c driver flag
for file in before macro clash; do
	echo "obj-m += $file.o" >>"$many/Makefile"
done
printf '%s\n' 'obj-m += flag.o' 'ccflags-y := -DODD_COHERENT' >"$flag/Makefile"
printf '%s\n' 'obj-m += many/' 'obj-m += flag/' >>"$tree/drivers/Makefile"

found() { grep -q "/$1.c:.*: warning: " "$work/out"; }
silent() { ! found "$1"; }
without() { grep "$1.c: parsed without the precompiled header: .*$2" "$work/err"; }
check_many() {
	check -v -C "$tree" --rule missing-require-coherent drivers/many \
		drivers/flag
}

check_many
cp "$work/out" "$work/expected"
ok "a precompiled header is made" says 'a precompiled header was made for 6'
ok "and used for what fits" found f1
ok "a macro that is defined before counts" silent before
ok "as the file is parsed without" without before 'defines ODD_COHERENT before it includes include/linux/odd.h'
ok "a macro of a header that is not included does not" found macro
ok "as that is seen" without macro 'uses odd_flags of include/linux/odd.h'
ok "nor does what else is in it" found clash
ok "as that has errors" without clash 'ODD_STATE'
ok "a macro on the command line that headers test counts" silent flag
cp "$work/out" "$work/with"
DMACHECK_NO_PCH=1 run check --arch x86 --cache "$work/cache2" -C "$tree" \
	--rule missing-require-coherent drivers/many drivers/flag
ok "all as without" diff -u "$work/out" "$work/with"
ok "without, none is made" sh -c '! ls "$1"/cache2/pch/*.pch' - "$work"

# A changed header counts for those that include it.
sed -i 's/\(define ODD_ATTRS\) 0/\1 DMA_ATTR_REQUIRE_COHERENT/' \
	"$tree/include/linux/odd.h"
check_many
ok "a changed header is seen" silent f1
ok "what does not include it is not read again" says 'facts of 67 files: 5 kept, 62 to be read'
ok "and is as it was" found macro
done_testing
