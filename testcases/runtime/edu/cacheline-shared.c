// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: dma-field-without-group
 * swiotlb: cacheline tracking EEXIST, overlapping mappings aren't supported
 * iommu: cacheline tracking EEXIST, overlapping mappings aren't supported
 * seen-until: 6.12
 *
 * Linux 7.2 says so only where DMA is not coherent with the CPU caches.
 */
#include "edu.h"

/* The device writes to both, and they lie in one cache line. */
struct mailbox {
	u8 answer[16];
	u8 event[16];
};

static int bad_twin(struct edu *edu)
{
	struct mailbox *box = kzalloc(sizeof(*box), GFP_KERNEL);
	dma_addr_t answer, event;
	int ret = -ENOMEM;

	if (!box)
		return -ENOMEM;
	answer = dma_map_single(edu->dev, box->answer, 16, DMA_FROM_DEVICE); /* BAD */
	if (dma_mapping_error(edu->dev, answer))
		goto free;
	event = dma_map_single(edu->dev, box->event, 16, DMA_FROM_DEVICE); /* BAD */
	if (dma_mapping_error(edu->dev, event))
		goto unmap;
	ret = edu_write(edu, event, 16);
	dma_unmap_single(edu->dev, event, 16, DMA_FROM_DEVICE);
unmap:
	dma_unmap_single(edu->dev, answer, 16, DMA_FROM_DEVICE);
free:
	kfree(box);
	return ret;
}

struct separate_mailbox {
	u8 *answer;
	u8 *event;
};

static int good_twin(struct edu *edu)
{
	struct separate_mailbox box = {
		.answer = kzalloc(EDU_SIZE, GFP_KERNEL),
		.event = kzalloc(EDU_SIZE, GFP_KERNEL),
	};
	dma_addr_t answer, event;
	int ret = -ENOMEM;

	if (!box.answer || !box.event)
		goto free;
	answer = dma_map_single(edu->dev, box.answer, 16, DMA_FROM_DEVICE);
	if (dma_mapping_error(edu->dev, answer))
		goto free;
	event = dma_map_single(edu->dev, box.event, 16, DMA_FROM_DEVICE);
	if (dma_mapping_error(edu->dev, event))
		goto unmap;
	ret = edu_write(edu, event, 16);
	dma_unmap_single(edu->dev, event, 16, DMA_FROM_DEVICE);
unmap:
	dma_unmap_single(edu->dev, answer, 16, DMA_FROM_DEVICE);
free:
	kfree(box.event);
	kfree(box.answer);
	return ret;
}

EDU_DRIVER(cacheline_shared_driver);
