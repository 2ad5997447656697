// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* Not the block layer's: these are the driver's own. */
struct request {
	struct page *page;
	dma_addr_t dma;
};

struct iova {
	struct page *page;
	dma_addr_t dma;
};

int request_pin(struct request *req, unsigned long addr);
int request_map(struct device *dev, struct request *req);
int iova_map(struct device *dev, struct iova *iova);

int request_pin(struct request *req, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &req->page) != 1)
		return -EFAULT;
	return 0;
}

int request_map(struct device *dev, struct request *req)
{
	req->dma = dma_map_page(dev, req->page, 0, PAGE_SIZE,
				DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, req->dma);
}

int iova_map(struct device *dev, struct iova *iova)
{
	iova->page = alloc_page(GFP_KERNEL);
	if (!iova->page)
		return -ENOMEM;
	iova->dma = dma_map_page(dev, iova->page, 0, PAGE_SIZE,
				 DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, iova->dma);
}

/*
 * check-name: a struct of the driver's own, called like one of the kernel's
 * check-output-start
 * name-of-kernel.c:29:13: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * name-of-kernel.c:22:6: note: pages come from pin_user_pages_fast() into struct request.page
 * check-output-end
 */
