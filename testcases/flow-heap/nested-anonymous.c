// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* Neither part has a name of its own. */
struct demo {
	struct device *dev;
	struct {
		struct page *page;
		dma_addr_t dma;
	} data;
	struct {
		struct page *page;
		dma_addr_t dma;
	} ring;
	union {
		struct page *spare;
		unsigned long cookie;
	};
};

int demo_pin(struct demo *demo, unsigned long addr);
int demo_map(struct demo *demo);
int demo_map_ring(struct demo *demo);
int demo_map_spare(struct demo *demo, unsigned long addr, dma_addr_t *dma);

int demo_pin(struct demo *demo, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &demo->data.page) != 1)
		return -EFAULT;
	return 0;
}

int demo_map(struct demo *demo)
{
	demo->data.dma = dma_map_page(demo->dev, demo->data.page, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->data.dma);
}

int demo_map_ring(struct demo *demo)
{
	demo->ring.page = alloc_page(GFP_KERNEL);
	if (!demo->ring.page)
		return -ENOMEM;
	demo->ring.dma = dma_map_page(demo->dev, demo->ring.page, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, demo->ring.dma);
}

int demo_map_spare(struct demo *demo, unsigned long addr, dma_addr_t *dma)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &demo->spare) != 1)
		return -EFAULT;
	*dma = dma_map_page(demo->dev, demo->spare, 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(demo->dev, *dma);
}

/*
 * check-name: two parts without a name, with fields of one name
 * check-known-to-fail: unnamed parts of a struct are taken for one
 * check-output-start
 * nested-anonymous.c:36:19: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * nested-anonymous.c:29:6: note: pages come from pin_user_pages_fast() into struct demo.data.page
 * nested-anonymous.c:55:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * nested-anonymous.c:53:6: note: pages come from pin_user_pages_fast() into struct demo.spare
 * check-output-end
 */
