// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct buf {
	dma_addr_t dma;
	void *cpu;
};

int map(struct device *dev, struct buf *b, struct page *page);
void unmap(struct device *dev, struct buf *b);
int alloc(struct device *dev, struct buf *b);
void release(struct device *dev, struct buf *b);

int map(struct device *dev, struct buf *b, struct page *page)
{
	b->dma = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				    DMA_ATTR_REQUIRE_COHERENT);
	if (dma_mapping_error(dev, b->dma))
		return -ENOMEM;
	return 0;
}

void unmap(struct device *dev, struct buf *b)
{
	dma_unmap_page(dev, b->dma, 4096, DMA_BIDIRECTIONAL);
}

int alloc(struct device *dev, struct buf *b)
{
	dma_addr_t dma;

	b->cpu = dma_alloc_attrs(dev, 4096, &dma, GFP_KERNEL,
				 DMA_ATTR_FORCE_CONTIGUOUS);
	if (!b->cpu)
		return -ENOMEM;
	return 0;
}

void release(struct device *dev, struct buf *b)
{
	dma_free_coherent(dev, 4096, b->cpu, 0);
}

/* The same attributes, kept; and others, which may differ. */
struct kept {
	dma_addr_t dma;
	unsigned long attrs;
};
int map_kept(struct device *dev, struct kept *k, struct page *page, int flags);
void unmap_kept(struct device *dev, struct kept *k);

int map_kept(struct device *dev, struct kept *k, struct page *page, int flags)
{
	k->attrs = flags & 1 ? DMA_ATTR_REQUIRE_COHERENT : 0;
	k->dma = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				    k->attrs);
	return dma_mapping_error(dev, k->dma);
}

void unmap_kept(struct device *dev, struct kept *k)
{
	dma_unmap_page_attrs(dev, k->dma, 4096, DMA_BIDIRECTIONAL,
			     k->attrs | DMA_ATTR_SKIP_CPU_SYNC);
}

/* Rebuilt from the same flag. */
struct flagged {
	dma_addr_t dma;
	int coherent;
};
int map_flagged(struct device *dev, struct flagged *f, struct page *page);
void unmap_flagged(struct device *dev, struct flagged *f);
void unmap_in_arms(struct device *dev, struct flagged *f);

int map_flagged(struct device *dev, struct flagged *f, struct page *page)
{
	unsigned long attrs = DMA_ATTR_WEAK_ORDERING;

	if (f->coherent)
		attrs |= DMA_ATTR_REQUIRE_COHERENT;
	f->dma = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				    attrs);
	return dma_mapping_error(dev, f->dma);
}

void unmap_flagged(struct device *dev, struct flagged *f)
{
	dma_unmap_page_attrs(dev, f->dma, 4096, DMA_BIDIRECTIONAL,
			     f->coherent ? DMA_ATTR_REQUIRE_COHERENT : 0);
}

void unmap_in_arms(struct device *dev, struct flagged *f)
{
	if (f->coherent)
		dma_unmap_page_attrs(dev, f->dma, 4096, DMA_BIDIRECTIONAL,
				     DMA_ATTR_REQUIRE_COHERENT);
	else
		dma_unmap_page(dev, f->dma, 4096, DMA_BIDIRECTIONAL);
}

/* Fixed. */
struct fixed {
	dma_addr_t dma;
};
int map_fixed(struct device *dev, struct fixed *f, struct page *page);
void unmap_fixed(struct device *dev, struct fixed *f);

int map_fixed(struct device *dev, struct fixed *f, struct page *page)
{
	f->dma = dma_map_page_attrs(dev, page, 0, 4096, DMA_BIDIRECTIONAL,
				    DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(dev, f->dma);
}

void unmap_fixed(struct device *dev, struct fixed *f)
{
	dma_unmap_page_attrs(dev, f->dma, 4096, DMA_BIDIRECTIONAL,
			     DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: attributes that the unmap lacks, kept, rebuilt or the same
 * check-output-start
 * attributes.c:25:2: error: mapped with DMA_ATTR_REQUIRE_COHERENT, but unmapped without [unmap-attr-mismatch]
 * attributes.c:16:11: note: mapped here with dma_map_page_attrs()
 * attributes.c:41:2: error: allocated with DMA_ATTR_FORCE_CONTIGUOUS, but freed without [unmap-attr-mismatch]
 * attributes.c:32:11: note: allocated here with dma_alloc_attrs()
 * check-output-end
 */
