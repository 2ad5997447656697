// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define swap_pages(a, b) do {			\
	typeof(a) __tmp = (a);			\
	(a) = (b);				\
	(b) = __tmp;				\
} while (0)

#define first(p) _Generic((p),			\
	struct page **: *(struct page **)(p),	\
	struct page *: (p))

typedef struct page *page_t;

int open(struct device *dev, unsigned long addr, dma_addr_t *dma);

int open(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	page_t user[1], free = alloc_page(GFP_KERNEL), spare = NULL;
	__auto_type flags = FOLL_WRITE | FOLL_LONGTERM;

	if (pin_user_pages_fast(addr, 1, flags, user) != 1)
		return -EFAULT;
	__auto_type copy = user[0];
	const typeof(*user) page = copy;

	dma[0] = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	dma[1] = dma_map_page(dev, first(user), 0, PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	dma[2] = dma_map_page(dev, first(free), 0, PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	swap_pages(spare, copy);
	dma[3] = dma_map_page(dev, spare, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: typeof, auto types, typedefs, _Generic
 * check-output-start
 * types.c:29:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * types.c:24:6: note: pages come from pin_user_pages_fast() into 'user'
 * types.c:30:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * types.c:24:6: note: pages come from pin_user_pages_fast() into 'user'
 * types.c:35:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * types.c:24:6: note: pages come from pin_user_pages_fast() into 'user'
 * check-output-end
 */
