// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int one_way(struct device *dev, unsigned long addr, dma_addr_t *dma);
int either_way(struct device *dev, unsigned long addr, bool write,
	       dma_addr_t *dma);
int both_ways(struct device *dev, unsigned long addr, dma_addr_t *dma);
int lasting(struct device *dev, unsigned long addr, dma_addr_t *dma);
int perhaps_lasting(struct device *dev, unsigned long addr, bool last,
		    dma_addr_t *dma);

static struct page *pin(unsigned long addr, unsigned int flags)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, flags, &page) != 1)
		return NULL;
	return page;
}

int one_way(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int either_way(struct device *dev, unsigned long addr, bool write,
	       dma_addr_t *dma)
{
	enum dma_data_direction dir = write ? DMA_FROM_DEVICE : DMA_TO_DEVICE;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, write ? FOLL_WRITE : 0, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, dir);
	return dma_mapping_error(dev, *dma);
}

int both_ways(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_WRITE, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int lasting(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	unsigned int flags = FOLL_WRITE;
	struct page *page;

	flags |= FOLL_LONGTERM;
	if (pin_user_pages_fast(addr, 1, flags, &page) != 1)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_FROM_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int perhaps_lasting(struct device *dev, unsigned long addr, bool last,
		    dma_addr_t *dma)
{
	struct page *page = pin(addr, last ? FOLL_LONGTERM : 0);

	if (!page)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: pinned for one transfer, mapped one way
 * check-command: dmacheck check --level note
 * check-output-start
 * brief-pin.c:28:9: note: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT, which is accepted: pinned without FOLL_LONGTERM and mapped one way, for one transfer [missing-require-coherent]
 * brief-pin.c:26:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-pin.c:40:9: note: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT, which is accepted: pinned without FOLL_LONGTERM and mapped one way, for one transfer [missing-require-coherent]
 * brief-pin.c:38:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-pin.c:50:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * brief-pin.c:48:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-pin.c:62:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * brief-pin.c:60:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-pin.c:73:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * brief-pin.c:17:6: note: pages come from pin_user_pages_fast() into 'page'
 * brief-pin.c:69:22: note: returned by pin()
 * check-output-end
 */
