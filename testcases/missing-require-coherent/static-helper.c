// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct demo {
	struct device *dev;
	dma_addr_t user[16];
	dma_addr_t ring[16];
};

int demo_add_user(struct demo *demo, unsigned long addr);
int demo_add_ring(struct demo *demo);

static int map_user(struct demo *demo, struct page **list, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		demo->user[i] = dma_map_page(demo->dev, list[i], 0, PAGE_SIZE,
					     DMA_BIDIRECTIONAL);
		if (dma_mapping_error(demo->dev, demo->user[i]))
			return -EIO;
	}
	return 0;
}

static int map_ring(struct demo *demo, struct page **list, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		demo->ring[i] = dma_map_page(demo->dev, list[i], 0, PAGE_SIZE,
					     DMA_BIDIRECTIONAL);
		if (dma_mapping_error(demo->dev, demo->ring[i]))
			return -EIO;
	}
	return 0;
}

int demo_add_user(struct demo *demo, unsigned long addr)
{
	struct page *pages[16];
	int n;

	n = pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM, pages);
	if (n < 0)
		return n;
	return map_user(demo, pages, n);
}

int demo_add_ring(struct demo *demo)
{
	struct page *pages[16];
	int i;

	for (i = 0; i < 16; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			return -ENOMEM;
	}
	return map_ring(demo, pages, i);
}

/*
 * check-name: mapped by a static helper, which others give memory of the kernel
 * check-output-start
 * static-helper.c:20:19: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * static-helper.c:46:6: note: pages come from pin_user_pages_fast() into 'pages'
 * static-helper.c:49:9: note: passed to map_user() as 'list'
 * check-output-end
 */
