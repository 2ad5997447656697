// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <rdma/ib_verbs.h>

struct region {
	struct device *dev;
	struct page *page;
	dma_addr_t addr, event;
	void *events;
};

int map(struct region *r, unsigned long start);
int map_events(struct region *r);
void begin(struct region *r);

/* The driver hands it over before and after each use. */
int map(struct region *r, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_LONGTERM, &r->page) != 1)
		return -EFAULT;
	r->addr = dma_map_page_attrs(r->dev, r->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return dma_mapping_error(r->dev, r->addr);
}

void begin(struct region *r)
{
	dma_sync_single_for_cpu(r->dev, r->addr, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

/* What the attribute is for: the CPU waits for the device. */
int map_events(struct region *r)
{
	r->events = kmalloc(64, GFP_KERNEL);
	r->event = dma_map_single_attrs(r->dev, r->events, 64,
					DMA_FROM_DEVICE,
					DMA_ATTR_DEBUGGING_IGNORE_CACHELINES);
	return dma_mapping_error(r->dev, r->event);
}

/*
 * check-name: buffers that the CPU leaves alone, in an RDMA driver
 * check-output-start
 * check-output-end
 */
