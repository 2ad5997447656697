// SPDX-License-Identifier: GPL-2.0-only
/* What the attributes hang on is kept in the object. */
#include <linux/dma-buf.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/slab.h>

struct demo_attachment {
	struct device *dev;
	struct sg_table table;
	bool shared;
	bool mapped;
};

#define demo_is_shared(x) ((x)->shared)

int demo_attach(struct dma_buf *dmabuf, struct dma_buf_attachment *attachment)
{
	struct demo_attachment *a = kzalloc(sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->dev = attachment->dev;
	a->shared = dmabuf->size > PAGE_SIZE;
	attachment->priv = a;
	return 0;
}

struct sg_table *demo_map(struct dma_buf_attachment *attachment,
			  enum dma_data_direction direction)
{
	struct demo_attachment *a = attachment->priv;
	unsigned long attrs;
	int ret;

	attrs = demo_is_shared(a) ? DMA_ATTR_CC_SHARED : 0;
	ret = dma_map_sgtable(attachment->dev, &a->table, direction, attrs);
	if (ret)
		return ERR_PTR(ret);
	a->mapped = true;
	return &a->table;
}

struct demo_attachment *demo_find(struct sg_table *table);

void demo_unmap(struct dma_buf_attachment *attachment, struct sg_table *table,
		enum dma_data_direction direction)
{
	struct demo_attachment *a = demo_find(table);

	a->mapped = false;
	dma_unmap_sgtable(attachment->dev, &a->table, direction, 0);
}
