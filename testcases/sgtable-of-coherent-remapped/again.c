// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	void *cpu;
	dma_addr_t dma;
	struct sg_table sgt, own, either;
};

int again(struct device *dev, struct demo *demo, size_t n);
int list(struct device *dev, struct demo *demo, size_t n);
int right(struct device *dev, struct demo *demo, size_t n);
int pages(struct device *dev, struct demo *demo, struct page **pages, int n);
int kept(struct device *dev, struct demo *demo, size_t n);

int again(struct device *dev, struct demo *demo, size_t n)
{
	int ret = dma_get_sgtable(dev, &demo->sgt, demo->cpu, demo->dma, n);

	if (ret)
		return ret;
	return dma_map_sgtable(dev, &demo->sgt, DMA_BIDIRECTIONAL, 0);
}

int list(struct device *dev, struct demo *demo, size_t n)
{
	struct sg_table sgt;
	int ret = dma_get_sgtable(dev, &sgt, demo->cpu, demo->dma, n);

	if (ret)
		return ret;
	return dma_map_sg(dev, sgt.sgl, sgt.orig_nents, DMA_TO_DEVICE);
}

/* Another table. */
int right(struct device *dev, struct demo *demo, size_t n)
{
	if (n > 4096)
		return -EINVAL;
	return dma_map_sgtable(dev, &demo->own, DMA_BIDIRECTIONAL, 0);
}

static int map_table(struct device *dev, struct scatterlist *sgl, int nents)
{
	return dma_map_sg(dev, sgl, nents, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

int kept(struct device *dev, struct demo *demo, size_t n)
{
	return dma_get_sgtable(dev, &demo->either, demo->cpu, demo->dma, n);
}

/* The same member, but of pages. */
int pages(struct device *dev, struct demo *demo, struct page **pages, int n)
{
	if (sg_alloc_table_from_pages(&demo->either, pages, n, 0,
				      n * PAGE_SIZE, GFP_KERNEL))
		return -ENOMEM;
	return map_table(dev, demo->either.sgl, demo->either.orig_nents);
}

/*
 * check-name: a table of coherent memory that is mapped again
 * check-command: dmacheck check --level note
 * check-output-start
 * again.c:22:9: note: dma_map_sgtable() maps an sg_table that describes coherent memory [sgtable-of-coherent-remapped]
 * again.c:18:12: note: dma_get_sgtable() fills the table from coherent memory
 * again.c:32:9: note: dma_map_sg() maps an sg_table that describes coherent memory [sgtable-of-coherent-remapped]
 * again.c:28:12: note: dma_get_sgtable() fills the table from coherent memory
 * check-output-end
 */
