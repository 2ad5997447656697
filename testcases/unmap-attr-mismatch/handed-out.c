// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct attachment {
	struct device *dev;
	struct sg_table table;
	int shared;
};

struct ops {
	struct sg_table *(*map)(struct attachment *a,
				enum dma_data_direction dir);
	void (*unmap)(struct attachment *a, struct sg_table *table,
		      enum dma_data_direction dir);
};

/* What the core is given here it gives back there. */
static struct sg_table *attachment_map(struct attachment *a,
				       enum dma_data_direction dir)
{
	struct sg_table *table = &a->table;
	int ret;

	ret = dma_map_sgtable(a->dev, table, dir,
			      a->shared ? DMA_ATTR_CC_SHARED : 0);
	return ret ? ERR_PTR(ret) : table;
}

static void attachment_unmap(struct attachment *a, struct sg_table *table,
			     enum dma_data_direction dir)
{
	dma_unmap_sgtable(a->dev, table, dir, 0);
}

const struct ops attachment_ops = {
	.map = attachment_map,
	.unmap = attachment_unmap,
};

/*
 * check-name: a table that is mapped for others and comes back from them
 * check-output-start
 * handed-out.c:32:2: error: mapped with DMA_ATTR_CC_SHARED, but unmapped without [unmap-attr-mismatch]
 * handed-out.c:24:8: note: mapped here with dma_map_sgtable()
 * check-output-end
 */
