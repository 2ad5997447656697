// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-buf.h>
#include <linux/dma-mapping.h>

static struct sg_table *demo_map(struct dma_buf_attachment *attachment,
				 enum dma_data_direction direction)
{
	struct demo_attachment *a = attachment->priv;
	unsigned long attrs = a->attrs;
	int ret;

	ret = dma_map_sgtable(attachment->dev, &a->table, direction, attrs);
	if (ret)
		return ERR_PTR(ret);
	return &a->table;
}

static void demo_unmap(struct dma_buf_attachment *attachment,
		       struct sg_table *table,
		       enum dma_data_direction direction)
{
	struct demo_attachment *a = attachment->priv;

	a->mapped = false;
	dma_unmap_sgtable(attachment->dev, table, direction, 0);
}

/* Something else. */
static void demo_unmap_other(struct demo_attachment *a)
{
	dma_unmap_sgtable(a->dev, a->other, DMA_TO_DEVICE, 0);
}
