// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define demo_map(demo, page) \
	dma_map_page((demo)->dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL)

struct demo {
	struct device *dev;
	dma_addr_t user, kernel;
};

int demo_open(struct demo *demo, unsigned long addr);

int demo_open(struct demo *demo, unsigned long addr)
{
	struct page *page, *own = alloc_page(GFP_KERNEL);

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	demo->user = demo_map(demo, page);
	demo->kernel = demo_map(demo, own);
	return 0;
}

/*
 * check-name: the driver's own macro: found where the macro is used
 * check-output-start
 * macro.c:21:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * macro.c:19:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */
