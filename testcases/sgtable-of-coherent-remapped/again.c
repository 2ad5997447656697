// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct demo {
	void *cpu;
	dma_addr_t dma;
	struct sg_table sgt, own;
};

int again(struct device *dev, struct demo *demo, size_t n);
int list(struct device *dev, struct demo *demo, size_t n);
int right(struct device *dev, struct demo *demo, size_t n);

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

/*
 * check-name: a table of coherent memory that is mapped again
 * check-exit: 1
 * check-output-start
 * again.c:20:9: warning: dma_map_sgtable() maps an sg_table that describes coherent memory [sgtable-of-coherent-remapped]
 * again.c:16:12: note: dma_get_sgtable() fills the table from coherent memory
 * again.c:30:9: warning: dma_map_sg() maps an sg_table that describes coherent memory [sgtable-of-coherent-remapped]
 * again.c:26:12: note: dma_get_sgtable() fills the table from coherent memory
 * check-output-end
 */
