// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define demo_try_map(demo, page) ({					\
	dma_addr_t __dma = dma_map_page((demo)->dev, (page), 0,		\
					PAGE_SIZE, DMA_BIDIRECTIONAL);	\
	if (dma_mapping_error((demo)->dev, __dma))			\
		__dma = 0;						\
	__dma; })
#define demo_map_all(demo, pages, n) do {				\
	int __i;							\
									\
	for (__i = 0; __i < (n); __i++)					\
		(demo)->dma[__i] = demo_try_map(demo, (pages)[__i]);	\
} while (0)

struct demo {
	struct device *dev;
	dma_addr_t dma[8];
	dma_addr_t ring;
};

int demo_open(struct demo *demo, struct page **pages, unsigned long addr);

int demo_open(struct demo *demo, struct page **pages, unsigned long addr)
{
	struct page *ring = alloc_page(GFP_KERNEL);

	if (!ring || pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	demo->ring = demo_try_map(demo, ring);
	demo_map_all(demo, pages, 8);
	return 0;
}

/*
 * check-name: macros in macros, with statements and variables of their own
 * check-output-start
 * macro-statements.c:33:2: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * macro-statements.c:30:15: note: pages come from pin_user_pages_fast() into 'pages'
 * check-output-end
 */
