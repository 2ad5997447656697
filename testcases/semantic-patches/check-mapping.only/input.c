// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_label(struct demo *demo)
{
	int ret;

	demo->p = kmalloc(16);
	if (!demo->p)
		return -ENOMEM;
	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	demo->irq = get_irq(demo);
	if (demo->irq < 0) {
		ret = -EINVAL;
		goto unmap;
	}
	return 0;

unmap:
	dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
free:
	kfree(demo->p);
	return ret;
}

static int demo_goto(struct demo *demo)
{
	demo->p = kmalloc(16);
	if (!demo->p)
		return -ENOMEM;
	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	demo->irq = get_irq(demo);
	if (demo->irq < 0) {
		dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
		goto free;
	}
	return 0;

free:
	kfree(demo->p);
	return -EINVAL;
}

static int demo_no_errno(struct demo *demo)
{
	int ret;

	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	ret = start(demo);
	if (ret) {
		dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
		return ret;
	}
	return 0;
}

static int demo_declared(struct demo *demo)
{
	int ret;
	dma_addr_t dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	int other;

	ret = start(demo);
	if (ret) {
		dma_unmap_single(demo->dev, dma, 16, DMA_TO_DEVICE);
		return ret;
	}
	return 0;
}

static int demo_other_order(struct demo *demo)
{
	int ret;
	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	demo->y = kmalloc(5);
	if (!demo->y) {
		ret = -EINVAL;
		goto unmap;
	}
	return 0;

unmap:
	dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
free:
	kfree(demo->y);
	return ret;
}

static int demo_return(struct demo *demo)
{
	int ret;

	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	ret = start(demo);
	if (!ret)
		ret = wait(demo) ? 0 : -ETIMEDOUT;
	if (ret) {
		dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
		return ret;
	}
	return 0;
}

static int demo_checked(struct demo *demo)
{
	demo->dma = dma_map_single(demo->dev, demo->p, 16, DMA_TO_DEVICE);
	if (dma_mapping_error(demo->dev, demo->dma))
		return -ENOMEM;
	if (start(demo)) {
		dma_unmap_single(demo->dev, demo->dma, 16, DMA_TO_DEVICE);
		return -EIO;
	}
	return 0;
}
