// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct memfd_buffer {
	struct folio *folios[8];
	struct scatterlist sg[8];
	int nr;
};

struct kernel_buffer {
	struct folio *folio;
	struct scatterlist sg[1];
};

int memfd_pin(struct memfd_buffer *buf, struct file *memfd);
int memfd_map(struct device *dev, struct memfd_buffer *buf);
int user_map(struct device *dev, unsigned long addr, dma_addr_t *dma);
int kernel_map(struct device *dev, struct kernel_buffer *buf);

int memfd_pin(struct memfd_buffer *buf, struct file *memfd)
{
	unsigned long offset;
	long n;

	n = memfd_pin_folios(memfd, 0, 8 * PAGE_SIZE - 1, buf->folios, 8,
			     &offset);
	if (n <= 0)
		return n ? n : -EINVAL;
	buf->nr = n;
	return 0;
}

int memfd_map(struct device *dev, struct memfd_buffer *buf)
{
	int i;

	sg_init_table(buf->sg, buf->nr);
	for (i = 0; i < buf->nr; i++)
		sg_set_folio(&buf->sg[i], buf->folios[i], PAGE_SIZE, 0);
	return dma_map_sg(dev, buf->sg, buf->nr, DMA_BIDIRECTIONAL) ?
		0 : -EIO;
}

/* The page, its folio, and a page of that. */
int user_map(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct folio *folio;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	folio = page_folio(page);
	*dma = dma_map_page(dev, folio_page(folio, 0), 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int kernel_map(struct device *dev, struct kernel_buffer *buf)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	buf->folio = page_folio(page);
	sg_init_table(buf->sg, 1);
	sg_set_folio(buf->sg, buf->folio, PAGE_SIZE, 0);
	return dma_map_sg(dev, buf->sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

/*
 * check-name: folios: of a memfd, of a pinned page, of the kernel
 * check-output-start
 * folio.c:41:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * folio.c:26:6: note: pages come from memfd_pin_folios() into struct memfd_buffer.folios
 * folio.c:40:3: note: sg_set_folio() puts struct memfd_buffer.folios into struct memfd_buffer.sg
 * folio.c:54:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * folio.c:51:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */
