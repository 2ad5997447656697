// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-buf.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct dma_buf *export(struct sg_table *sgt, struct page **pages, int n,
		       unsigned long addr);
int import(struct dma_buf_attachment *attach, struct device *dev);

static struct sg_table *map(struct dma_buf_attachment *attach,
			    enum dma_data_direction dir)
{
	struct sg_table *sgt = attach->dmabuf->priv;
	int ret = dma_map_sgtable(attach->dev, sgt, dir, 0);

	return ret ? ERR_PTR(ret) : sgt;
}

static const struct dma_buf_ops ops = {
	.map_dma_buf = map,
};

struct dma_buf *export(struct sg_table *sgt, struct page **pages, int n,
		       unsigned long addr)
{
	struct dma_buf_export_info info = {
		.exp_name = "demo",
		.ops = &ops,
		.priv = sgt,
	};

	if (pin_user_pages_fast(addr, n, FOLL_LONGTERM, pages) != n)
		return ERR_PTR(-EFAULT);
	if (sg_alloc_table_from_pages(sgt, pages, n, 0, n * PAGE_SIZE,
				      GFP_KERNEL))
		return ERR_PTR(-ENOMEM);
	return dma_buf_export(&info);
}

/* What another exporter maps is his. */
int import(struct dma_buf_attachment *attach, struct device *dev)
{
	struct sg_table *sgt = dma_buf_map_attachment(attach,
						      DMA_BIDIRECTIONAL);

	if (IS_ERR(sgt))
		return -EIO;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: exported as a dma-buf, whose private data is the table itself
 * check-output-start
 * dma-buf-table.c:14:12: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * dma-buf-table.c:32:6: note: pages come from pin_user_pages_fast() into 'pages'
 * dma-buf-table.c:34:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * dma-buf-table.c:29:11: note: kept in struct dma_buf_export_info.priv
 * dma-buf-table.c:37:9: note: dma_buf_export() puts struct dma_buf_export_info.priv into struct dma_buf.priv
 * dma-buf-table.c:13:41: note: read from struct dma_buf.priv
 * check-output-end
 */
