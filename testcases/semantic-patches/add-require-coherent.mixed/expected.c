// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/*
 * One unmap for pinned and for kernel memory: which of the two comes by cannot
 * be told here, so nothing changes.
 */
struct demo_obj {
	struct device *dev;
	struct page *page;
	struct scatterlist sg;
};

static int demo_map_user(struct demo_obj *obj, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM,
				&obj->page) != 1)
		return -EFAULT;
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	return dma_map_sg(obj->dev, &obj->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

static int demo_map_kernel(struct demo_obj *obj)
{
	obj->page = alloc_page(GFP_KERNEL);
	if (!obj->page)
		return -ENOMEM;
	sg_set_page(&obj->sg, obj->page, PAGE_SIZE, 0);
	return dma_map_sg(obj->dev, &obj->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

static void demo_unmap(struct demo_obj *obj)
{
	dma_unmap_sg(obj->dev, &obj->sg, 1, DMA_BIDIRECTIONAL);
}

/* It has a map, but the unmap is in another file. */
static int demo_map_page(struct demo_obj *obj, unsigned long start)
{
	dma_addr_t addr;

	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM,
				&obj->page) != 1)
		return -EFAULT;
	addr = dma_map_page(obj->dev, obj->page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	return demo_publish(obj, addr);
}
