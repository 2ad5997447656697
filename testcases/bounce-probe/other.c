// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

size_t dma_max_mapping_size(struct device *dev);
bool dma_addressing_limited(struct device *dev);
bool dma_need_sync(struct device *dev, dma_addr_t addr);
bool dev_is_dma_coherent(struct device *dev);

struct ring {
	struct device *dev;
	dma_addr_t addr;
	bool need_sync;
};

size_t limit(struct ring *r);
int start(struct ring *r);
void peek(struct ring *r);

/* The limits of a block device, and syncs that can be left out. */
size_t limit(struct ring *r)
{
	return dma_addressing_limited(r->dev) ? PAGE_SIZE :
		dma_max_mapping_size(r->dev);
}

int start(struct ring *r)
{
	r->need_sync = dma_need_sync(r->dev, r->addr);
	return 0;
}

void peek(struct ring *r)
{
	r->need_sync = !dev_is_dma_coherent(r->dev);
}

/*
 * check-name: questions that any driver may ask, and one that none may
 * check-command: dmacheck check --rule bounce-probe --level note
 * check-output-start
 * other.c:34:18: note: dev_is_dma_coherent() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT [bounce-probe]
 * check-output-end
 */
