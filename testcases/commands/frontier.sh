# SPDX-License-Identifier: GPL-2.0-only
#
# Which files are read: those that the memory reaches, also where many files of
# a module, or many modules, use the same names.
# shellcheck disable=SC2154 # tap.sh sets $work and $status
. tools/tap.sh

cp -r testcases/tree "$work/tree"
tree=$work/tree many=$work/tree/drivers/many
mkdir "$many"
echo 'obj-m += many/' >>"$tree/drivers/Makefile"

cat >"$many/many.h" <<EOT
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct many_buffer {
	struct page *pages[4];
	struct sg_table sgt;
};

struct many_object {
	struct many_buffer *buffer;
};

/* Users need not name the struct whose field they use. */
#define to_buffer(obj)	((obj)->buffer)

int many_pin(struct many_object *obj, unsigned long addr);
int many_map(struct device *dev, struct many_object *obj);
EOT
cat >"$many/pin.c" <<EOT
#include "many.h"

int many_pin(struct many_object *obj, unsigned long addr)
{
	struct many_buffer *buffer = obj->buffer;

	return pin_user_pages_fast(addr, 4, FOLL_LONGTERM, buffer->pages);
}
EOT
cat >"$many/map.c" <<EOT
#include "many.h"

int many_map(struct device *dev, struct many_object *obj)
{
	if (sg_alloc_table_from_pages(&to_buffer(obj)->sgt,
				      to_buffer(obj)->pages, 4, 0,
				      4 * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return dma_map_sgtable(dev, &to_buffer(obj)->sgt, DMA_BIDIRECTIONAL, 0);
}
EOT

# module N: as many files that have pages of their own.
module() {
	objects='pin.o map.o' i=0
	while [ $i -lt "$1" ]; do
		cat >"$many/other$i.c" <<-EOT
		#include "many.h"

		struct other$i {
			struct page *pages[4];
		};

		struct page *other${i}_get(struct other$i *other);

		struct page *other${i}_get(struct other$i *other)
		{
			return other->pages[$i % 4];
		}
		EOT
		objects="$objects other$i.o"
		i=$((i + 1))
	done
	printf 'obj-m += many.o\nmany-y := %s\n' "$objects" >"$many/Makefile"
}

found() { grep -F 'drivers/many/map.c:9:9: ' "$work/out"; }

module 0
check -C "$tree" drivers/many
ok "a field that one other file uses" found
module 20
check -C "$tree" drivers/many
todo "who uses a common field name without its struct is left out in silence" \
	"a field whose name many files use" found

run check --arch x86 -j 1 --no-cache --format json -C "$tree"
cp "$work/out" "$work/expected"
run check --arch x86 -j 4 --no-cache --format json -C "$tree"
ok "the same report whatever -j" diff -u "$work/expected" "$work/out"
check --format json -C "$tree"
check --format json -C "$tree"
ok "and from the cache" diff -u "$work/expected" "$work/out"

# A file that the memory no longer reaches is not kept for old times' sake.
considered() { sed -n 's/.*"files_considered": \([0-9]*\).*/\1/p' "$work/out"; }
module 0
check --rule missing-require-coherent --format json -C "$tree"
before=$(considered)
sed -i 's/buffer->pages);/NULL);/' "$many/pin.c"
check --rule missing-require-coherent --format json -C "$tree"
ok "a file less" is "$(considered)" $((before - 1))
cp "$work/out" "$work/expected"
run check --arch x86 --no-cache \
	--rule missing-require-coherent --format json -C "$tree"
ok "as if there had been no run before" diff -u "$work/expected" "$work/out"
sed -i 's/NULL);/buffer->pages);/' "$many/pin.c"
check --rule missing-require-coherent --format json -C "$tree"
ok "and back" is "$(considered)" "$before"

done_testing
