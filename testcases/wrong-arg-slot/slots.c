// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/dmaengine.h>
#include <linux/slab.h>

#pragma GCC diagnostic ignored "-Wenum-conversion"

struct demo {
	dma_addr_t handle;
	void *cpu;
	enum dma_data_direction dir;
	struct {
		int (*dma_map_sgtable)(struct device *dev, int attrs, int dir);
	} *ops;
};

int wrong(struct device *dev, struct demo *demo, void *p, size_t n);
int right(struct device *dev, struct demo *demo, void *p, size_t n);

int wrong(struct device *dev, struct demo *demo, void *p, size_t n)
{
	gfp_t gfp = GFP_KERNEL;

	demo->handle = dma_map_single_attrs(dev, p, n, DMA_TO_DEVICE,
					    GFP_KERNEL);
	demo->handle = dma_map_single_attrs(dev, p, n, 0, DMA_TO_DEVICE);
	demo->handle = dma_map_single(dev, p, n, DMA_MEM_TO_DEV);
	demo->handle = dma_map_single(dev, p, n, DMA_ATTR_NO_WARN);
	demo->cpu = dma_alloc_attrs(dev, n, &demo->handle, DMA_ATTR_NO_WARN,
				    gfp);
	demo->cpu = dma_alloc_coherent(dev, n, &demo->handle, DMA_TO_DEVICE);
	demo->handle = dma_map_single(dev, (void *)(uintptr_t)demo->handle, n,
				      DMA_TO_DEVICE);
	return 0;
}

/* All of these are right. */
int right(struct device *dev, struct demo *demo, void *p, size_t n)
{
	static u8 command[64];
	struct scatterlist sg[2];
	unsigned long attrs = n > 16 ? DMA_ATTR_NO_WARN : 0;

	demo->dir = n > 4 ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
	demo->handle = dma_map_single_attrs(dev, p, n, demo->dir, attrs);
	demo->handle = dma_map_single(dev, command, n, DMA_BIDIRECTIONAL);
	demo->cpu = dma_alloc_attrs(dev, n, &demo->handle,
				    GFP_KERNEL | __GFP_ZERO, attrs);
	dma_free_coherent(dev, n, demo->cpu, demo->handle);
	/* The same name, another prototype. */
	demo->ops->dma_map_sgtable(dev, 0, DMA_TO_DEVICE);
	/* A table on the stack is not what is mapped. */
	sg_init_one(sg, p, n);
	return dma_map_sg(dev, sg, 1, DMA_TO_DEVICE) ? 0 : -EIO;
}

/*
 * check-name: a direction, attributes, gfp flags in the slot of another
 * check-exit: 1
 * check-output-start
 * slots.c:24:17: error: dma_map_single_attrs() is passed gfp flags as argument 5, which is the attributes [wrong-arg-slot]
 * slots.c:26:17: error: dma_map_single_attrs() is passed a direction as argument 5, which is the attributes [wrong-arg-slot]
 * slots.c:27:17: error: dma_map_single() is passed a dmaengine direction as argument 4, which is the direction [wrong-arg-slot]
 * slots.c:28:17: error: dma_map_single() is passed attributes as argument 4, which is the direction [wrong-arg-slot]
 * slots.c:29:14: error: dma_alloc_attrs() is passed attributes as argument 4, which is the gfp flags [wrong-arg-slot]
 * slots.c:31:14: error: dma_alloc_coherent() is passed a direction as argument 4, which is the gfp flags [wrong-arg-slot]
 * slots.c:32:17: error: dma_map_single() is passed a DMA address as argument 2, which is the CPU's address [wrong-arg-slot]
 * check-output-end
 */
