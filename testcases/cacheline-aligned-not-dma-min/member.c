// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cache.h>
#include <linux/dma-mapping.h>
#include <linux/virtio.h>

struct request {
	int done;
	/* ____cacheline_aligned is not enough */
	u8 head[16]	____cacheline_aligned;
	u8 result[16];
};

struct ring {
	struct device *dev;
	u8 status[16];
	int a, b, c;
	unsigned long stats ____cacheline_aligned;
};

struct fixed {
	struct device *dev;
	int counter ____cacheline_aligned;
	u8 status[16] __aligned(ARCH_DMA_MINALIGN);
};

int start(struct virtqueue *vq, struct request *r);
int map(struct ring *r);
int map_fixed(struct fixed *f);

int start(struct virtqueue *vq, struct request *r)
{
	struct scatterlist head, result, *sgs[2];

	sg_init_one(&head, r->head, 16);
	sgs[0] = &head;
	sg_init_one(&result, r->result, 16);
	sgs[1] = &result;
	return virtqueue_add_sgs(vq, sgs, 1, 1, r, GFP_KERNEL);
}

/* Something else is aligned, for speed. */
int map(struct ring *r)
{
	return dma_mapping_error(r->dev, dma_map_single(r->dev, r->status, 16,
							DMA_FROM_DEVICE));
}

int map_fixed(struct fixed *f)
{
	return dma_mapping_error(f->dev, dma_map_single(f->dev, f->status, 16,
							DMA_FROM_DEVICE));
}

/*
 * check-name: aligned to what caches are among CPUs
 * check-command: dmacheck check --rule cacheline-aligned-not-dma-min --level note
 * check-output-start
 * member.c:9:14: note: the device writes to result in struct request, but ____cacheline_aligned does not guarantee DMA alignment [cacheline-aligned-not-dma-min]
 * check-output-end
 */
