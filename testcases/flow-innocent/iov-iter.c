// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/uio.h>

int read_iter(struct device *dev, struct iov_iter *iter, dma_addr_t *dma);
int register_iter(struct device *dev, struct iov_iter *iter, dma_addr_t *dma);

int read_iter(struct device *dev, struct iov_iter *iter, dma_addr_t *dma)
{
	struct page *list[4], **pages = list;
	size_t offset;

	if (iov_iter_extract_pages(iter, &pages, 4 * PAGE_SIZE, 4, 0,
				   &offset) <= 0)
		return -EFAULT;
	*dma = dma_map_page(dev, pages[0], offset, PAGE_SIZE - offset,
			    DMA_FROM_DEVICE);
	return dma_mapping_error(dev, *dma);
}

/* The device may read and write it as long as it is there. */
int register_iter(struct device *dev, struct iov_iter *iter, dma_addr_t *dma)
{
	struct page *list[4], **pages = list;
	size_t offset;

	if (iov_iter_extract_pages(iter, &pages, 4 * PAGE_SIZE, 4, 0,
				   &offset) <= 0)
		return -EFAULT;
	*dma = dma_map_page(dev, pages[0], offset, PAGE_SIZE - offset,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: the pages of a read(), mapped for it or for longer
 * check-output-start
 * iov-iter.c:31:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * iov-iter.c:28:6: note: pages come from iov_iter_extract_pages() into 'pages'
 * check-output-end
 */
