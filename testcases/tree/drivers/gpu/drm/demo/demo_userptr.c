// SPDX-License-Identifier: GPL-2.0-only
/*
 * Buffer objects on user memory, done wrong: pinned in one function, parked
 * in the object, and mapped in another one without the attribute.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "demo.h"

static int demo_userptr_pin(struct demo_userptr *bo)
{
	int pinned;

	bo->pages = kvmalloc_array(bo->npages, sizeof(*bo->pages), GFP_KERNEL);
	if (!bo->pages)
		return -ENOMEM;

	pinned = pin_user_pages_fast(bo->addr, bo->npages,
				     FOLL_WRITE | FOLL_LONGTERM, bo->pages);
	if (pinned == bo->npages)
		return 0;

	if (pinned > 0)
		unpin_user_pages(bo->pages, pinned);
	kvfree(bo->pages);
	return pinned < 0 ? pinned : -EFAULT;
}

static int demo_userptr_map(struct demo_userptr *bo)
{
	struct device *dev = bo->base.dev->dev;
	int ret;

	ret = sg_alloc_table_from_pages(&bo->sgt, bo->pages, bo->npages, 0,
					bo->base.size, GFP_KERNEL);
	if (ret)
		return ret;

	ret = dma_map_sgtable(dev, &bo->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		sg_free_table(&bo->sgt);
	return ret;
}

void demo_userptr_free(struct drm_gem_object *obj)
{
	struct demo_userptr *bo = to_demo_userptr(obj);

	dma_unmap_sgtable(obj->dev->dev, &bo->sgt, DMA_BIDIRECTIONAL, 0);
	sg_free_table(&bo->sgt);
	unpin_user_pages_dirty_lock(bo->pages, bo->npages, true);
	kvfree(bo->pages);
	kfree(bo);
}

static const struct drm_gem_object_funcs demo_userptr_funcs = {
	.free = demo_userptr_free,
};

struct drm_gem_object *demo_userptr_create(struct drm_device *drm,
					   unsigned long addr, size_t size)
{
	struct demo_userptr *bo;
	int ret;

	bo = kzalloc(sizeof(*bo), GFP_KERNEL);
	if (!bo)
		return ERR_PTR(-ENOMEM);

	bo->base.dev = drm;
	bo->base.size = size;
	bo->base.funcs = &demo_userptr_funcs;
	bo->addr = addr;
	bo->npages = size >> PAGE_SHIFT;

	ret = demo_userptr_pin(bo);
	if (ret)
		goto err_free;
	ret = demo_userptr_map(bo);
	if (ret)
		goto err_unpin;
	return &bo->base;

err_unpin:
	unpin_user_pages(bo->pages, bo->npages);
	kvfree(bo->pages);
err_free:
	kfree(bo);
	return ERR_PTR(ret);
}
