// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_alloc(struct demo_obj *obj)
{
	void *vaddr;

	obj->pt = dma_alloc_wc(obj->dev, obj->size, &obj->pt_addr, GFP_KERNEL);
	if (!obj->pt)
		return -ENOMEM;

	vaddr = dma_alloc_wc(obj->dev, obj->fb_size, &obj->fb_addr, GFP_KERNEL);
	if (!vaddr)
		goto err_free_pt;
	if (obj->fb_addr & BIT(27)) {
		dma_free_coherent(obj->dev, obj->fb_size, vaddr, obj->fb_addr);
		goto err_free_pt;
	}
	obj->fb = vaddr;

	/* Memory of another kind, and memory of either kind. */
	obj->ring = dma_alloc_coherent(obj->dev, PAGE_SIZE, &obj->ring_addr,
				       GFP_KERNEL);
	if (obj->write_combine)
		obj->either = dma_alloc_wc(obj->dev, PAGE_SIZE,
					   &obj->either_addr, GFP_KERNEL);
	else
		obj->either = dma_alloc_coherent(obj->dev, PAGE_SIZE,
						 &obj->either_addr, GFP_KERNEL);
	return 0;

err_free_pt:
	dma_free_coherent(obj->dev, obj->size, (void *)obj->pt, obj->pt_addr);
	return -ENOMEM;
}

static void demo_free(struct demo_obj *obj)
{
	dma_free_coherent(obj->dev, PAGE_SIZE, obj->either, obj->either_addr);
	dma_free_coherent(obj->dev, PAGE_SIZE, obj->ring, obj->ring_addr);
	dma_free_coherent(obj->dev, obj->fb_size, obj->fb, obj->fb_addr);
	dma_free_coherent(obj->dev, obj->number_of_entries * sizeof(*obj->pt),
			  obj->pt, obj->pt_addr);
}
