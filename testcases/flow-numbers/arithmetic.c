// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define DEMO_PRESENT	0x1
#define DEMO_FLAGS	(PAGE_SIZE - 1)

/* Entries as a device has them: an address and flags in one number. */
struct demo {
	u64 table[8];
	u64 ring[8];
	dma_addr_t dma[8];
	u64 dma_table[8];
};

int demo_pin(struct demo *demo, struct page **pages, unsigned long addr);
int demo_map(struct device *dev, struct demo *demo);
int demo_alloc(struct demo *demo);
int demo_map_ring(struct device *dev, struct demo *demo);

int demo_pin(struct demo *demo, struct page **pages, unsigned long addr)
{
	int i;

	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	for (i = 0; i < 8; i++) {
		demo->table[i] = page_to_phys(pages[i]) | DEMO_PRESENT;
		demo->table[i] += offset_in_page(addr);
	}
	return 0;
}

int demo_map(struct device *dev, struct demo *demo)
{
	int i;

	for (i = 0; i < 8; i++) {
		u64 entry = demo->table[i];
		struct page *page;

		if (!(entry & DEMO_PRESENT))
			continue;
		page = phys_to_page((entry & ~DEMO_FLAGS) + 0);
		demo->dma[i] = dma_map_page(dev, page, entry & DEMO_FLAGS,
					    64, DMA_BIDIRECTIONAL);
		demo->dma_table[i] = demo->dma[i] | DEMO_PRESENT;
	}
	return 0;
}

int demo_alloc(struct demo *demo)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	demo->ring[0] = page_to_phys(page) | DEMO_PRESENT;
	return 0;
}

int demo_map_ring(struct device *dev, struct demo *demo)
{
	struct page *page = phys_to_page(demo->ring[0] & ~DEMO_FLAGS);

	demo->dma[0] = dma_map_page(dev, page, 0, PAGE_SIZE,
				    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, demo->dma[0]);
}

/*
 * check-name: addresses with flags in their low bits
 * check-output-start
 * arithmetic.c:45:18: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * arithmetic.c:25:6: note: pages come from pin_user_pages_fast() into 'pages'
 * arithmetic.c:28:3: note: stored in struct demo.table
 * arithmetic.c:39:15: note: read from struct demo.table
 * check-output-end
 */
