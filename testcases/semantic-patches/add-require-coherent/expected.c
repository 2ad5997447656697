// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo_obj {
	struct device *dev;
	struct page **pages;
	struct sg_table sgt;
	dma_addr_t *addrs;
	unsigned int nr;
};

static int demo_pin_table(struct demo_obj *obj, unsigned long start)
{
	int ret;

	ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE | FOLL_LONGTERM,
				  obj->pages);
	if (ret < 0)
		return ret;

	ret = sg_alloc_table_from_pages(&obj->sgt, obj->pages, obj->nr, 0,
					obj->nr << PAGE_SHIFT, GFP_KERNEL);
	if (ret)
		return ret;

	/* The device and user space both use it from here on. */
	return dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
			       DMA_ATTR_REQUIRE_COHERENT);
}

static void demo_unpin_table(struct demo_obj *obj)
{
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL,
			  DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_REQUIRE_COHERENT);
	unpin_user_pages(obj->pages, obj->nr);
}

static void demo_unmap_pages(struct demo_obj *obj)
{
	unsigned int i;

	for (i = 0; i < obj->nr; i++) {
		dma_unmap_page_attrs(obj->dev, obj->addrs[i], PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
		obj->addrs[i] = 0;
	}
}

static int demo_map_pages(struct demo_obj *obj)
{
	unsigned int i;

	for (i = 0; i < obj->nr; i++) {
		obj->addrs[i] = dma_map_page_attrs(obj->dev, obj->pages[i],
						   0,	/* offset */
						   PAGE_SIZE,
						   DMA_BIDIRECTIONAL,
						   DMA_ATTR_REQUIRE_COHERENT); /* both */
		if (dma_mapping_error(obj->dev, obj->addrs[i]))
			return -EIO;
	}
	return 0;
}

static int demo_pin_pages(struct demo_obj *obj, unsigned long start)
{
	int ret;

	ret = pin_user_pages_fast(start, obj->nr, FOLL_WRITE | FOLL_LONGTERM,
				  obj->pages);
	if (ret < 0)
		return ret;
	ret = demo_map_pages(obj);
	if (ret)
		demo_unmap_pages(obj);
	return ret;
}
