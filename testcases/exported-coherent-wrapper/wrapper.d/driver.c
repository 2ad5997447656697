// SPDX-License-Identifier: GPL-2.0-only
/* module: driver */
#include <linux/dma-mapping.h>
#include "shared.h"

struct ring {
	struct device *dev;
	dma_addr_t addr, more;
};

int start(struct ring *r, struct page *page);
int start_right(struct ring *r, struct page *page);
void stop(struct ring *r);

int start(struct ring *r, struct page *page)
{
	r->addr = map_shared(r->dev, page);
	return dma_mapping_error(r->dev, r->addr);
}

/* Not coherent, open to all, or fenced for this very module. */
int start_right(struct ring *r, struct page *page)
{
	r->addr = map_plain(r->dev, page);
	r->addr = ib_umem_get_x(r->dev, page);
	r->more = map_for_one(r->dev, page);
	return dma_mapping_error(r->dev, r->more);
}

void stop(struct ring *r)
{
	unmap_shared(r->dev, r->addr);
}
