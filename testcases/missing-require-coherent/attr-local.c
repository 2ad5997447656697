// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int map(struct device *dev, unsigned long addr, bool weak, struct sg_table *a,
	struct sg_table *b);

static int pin(unsigned long addr, struct sg_table *sgt)
{
	struct page *pages[4];

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					 GFP_KERNEL);
}

int map(struct device *dev, unsigned long addr, bool weak, struct sg_table *a,
	struct sg_table *b)
{
	unsigned long with = 0, without = 0;

	if (pin(addr, a) || pin(addr + 4 * PAGE_SIZE, b))
		return -EFAULT;

	with |= DMA_ATTR_REQUIRE_COHERENT;
	if (weak) {
		with |= DMA_ATTR_WEAK_ORDERING;
		without |= DMA_ATTR_WEAK_ORDERING;
	}
	if (dma_map_sgtable(dev, a, DMA_BIDIRECTIONAL, with))
		return -EIO;
	if (dma_map_sgtable(dev, b, DMA_BIDIRECTIONAL, without))
		return -EIO;
	return 0;
}

/*
 * check-name: the attribute in a local variable
 * check-output-start
 * attr-local.c:33:6: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * attr-local.c:12:6: note: pages come from pin_user_pages_fast() into 'pages'
 * attr-local.c:14:9: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * attr-local.c:23:22: note: pin() fills 'b'
 * check-output-end
 */
