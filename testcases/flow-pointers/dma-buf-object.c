// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-buf.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct ubuf {
	struct page *pages[16];
	int nr;
};

struct cbuf {
	struct page *pages[16];
	int nr;
};

struct dma_buf *ubuf_export(struct ubuf *ubuf, unsigned long addr);
struct dma_buf *cbuf_export(struct cbuf *cbuf);

static struct sg_table *ubuf_map(struct dma_buf_attachment *attach,
				 enum dma_data_direction dir)
{
	struct ubuf *ubuf = attach->dmabuf->priv;
	struct sg_table *sgt = kzalloc(sizeof(*sgt), GFP_KERNEL);
	int ret = -ENOMEM;

	if (sgt)
		ret = sg_alloc_table_from_pages(sgt, ubuf->pages, ubuf->nr, 0,
						ubuf->nr * PAGE_SIZE, GFP_KERNEL);
	if (!ret)
		ret = dma_map_sgtable(attach->dev, sgt, dir, 0);
	return ret ? ERR_PTR(ret) : sgt;
}

static const struct dma_buf_ops ubuf_ops = {
	.map_dma_buf = ubuf_map,
};

static struct sg_table *cbuf_map(struct dma_buf_attachment *attach,
				 enum dma_data_direction dir)
{
	struct cbuf *cbuf = attach->dmabuf->priv;
	struct sg_table *sgt = kzalloc(sizeof(*sgt), GFP_KERNEL);
	int ret = -ENOMEM;

	if (sgt)
		ret = sg_alloc_table_from_pages(sgt, cbuf->pages, cbuf->nr, 0,
						cbuf->nr * PAGE_SIZE, GFP_KERNEL);
	if (!ret)
		ret = dma_map_sgtable(attach->dev, sgt, dir, 0);
	return ret ? ERR_PTR(ret) : sgt;
}

static const struct dma_buf_ops cbuf_ops = {
	.map_dma_buf = cbuf_map,
};

struct dma_buf *ubuf_export(struct ubuf *ubuf, unsigned long addr)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);

	ubuf->nr = pin_user_pages_fast(addr, 16, FOLL_WRITE | FOLL_LONGTERM,
				       ubuf->pages);
	if (ubuf->nr != 16)
		return ERR_PTR(-EFAULT);
	info.ops = &ubuf_ops;
	info.priv = ubuf;
	return dma_buf_export(&info);
}

struct dma_buf *cbuf_export(struct cbuf *cbuf)
{
	DEFINE_DMA_BUF_EXPORT_INFO(info);

	for (cbuf->nr = 0; cbuf->nr < 16; cbuf->nr++) {
		cbuf->pages[cbuf->nr] = alloc_page(GFP_KERNEL);
		if (!cbuf->pages[cbuf->nr])
			return ERR_PTR(-ENOMEM);
	}
	info.ops = &cbuf_ops;
	info.priv = cbuf;
	return dma_buf_export(&info);
}

/*
 * check-name: exported as a dma-buf, whose private data is the pinned object
 * check-output-start
 * dma-buf-object.c:31:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * dma-buf-object.c:62:13: note: pages come from pin_user_pages_fast() into struct ubuf.pages
 * dma-buf-object.c:28:9: note: sg_alloc_table_from_pages() puts struct ubuf.pages into 'sgt'
 * check-output-end
 */
