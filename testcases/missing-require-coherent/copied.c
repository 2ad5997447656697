// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

int copy_ioctl(struct device *dev, unsigned long arg, dma_addr_t *dma);
int copy_pinned(struct device *dev, unsigned long addr, dma_addr_t *dma);

int copy_ioctl(struct device *dev, unsigned long arg, dma_addr_t *dma)
{
	void *buf = kmalloc(256, GFP_KERNEL);

	if (!buf || copy_from_user(buf, u64_to_user_ptr(arg), 256))
		return -EFAULT;
	*dma = dma_map_single(dev, buf, 256, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int copy_pinned(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	void *buf = kmalloc(PAGE_SIZE, GFP_KERNEL);
	struct page *page;
	void *from;

	if (!buf || pin_user_pages_fast(addr, 1, 0, &page) != 1)
		return -EFAULT;
	from = kmap_local_page(page);
	memcpy(buf, from, PAGE_SIZE);
	kunmap_local(from);
	unpin_user_page(page);

	*dma = dma_map_single(dev, buf, PAGE_SIZE, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: what is copied from user memory is memory of the kernel
 * check-output-start
 * check-output-end
 */
