// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct job {
	struct device *dev;
	struct sg_table sgt;
	struct scatterlist *sgl;
	int nr, kept, hw;
};

int by_helper(struct job *j);
int by_arm(struct job *j, bool own, bool fail);
int by_field(struct job *j, bool own);
void of_field(struct job *j);
int before(struct job *j);
int of_table(struct job *j);
void sync_table(struct job *j);
int of_helper_count(struct job *j);
int overwritten(struct job *j);

static int map_list(struct job *j)
{
	return dma_map_sg(j->dev, j->sgl, j->nr, DMA_TO_DEVICE);
}

int by_helper(struct job *j)
{
	int n = map_list(j);

	if (!n)
		return -ENOMEM;
	dma_unmap_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	return 0;
}

/* Mapped in one arm, by somebody else in the other. */
int by_arm(struct job *j, bool own, bool fail)
{
	int n = 0;

	if (own) {
		n = dma_map_sg(j->dev, j->sgl, j->nr, DMA_TO_DEVICE);
		if (!n)
			return -ENOMEM;
	} else {
		n = j->nr;
	}
	if (fail && own)
		dma_unmap_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	return 0;
}

int by_field(struct job *j, bool own)
{
	int n;

	if (own)
		n = dma_map_sg(j->dev, j->sgl, j->nr, DMA_TO_DEVICE);
	else
		n = j->nr;
	j->hw = n;
	return n;
}

void of_field(struct job *j)
{
	dma_unmap_sg(j->dev, j->sgl, j->hw, DMA_TO_DEVICE);
}

int of_table(struct job *j)
{
	int ret = dma_map_sgtable(j->dev, &j->sgt, DMA_TO_DEVICE, 0);

	if (ret)
		return ret;
	dma_unmap_sg(j->dev, j->sgt.sgl, j->sgt.nents, DMA_TO_DEVICE);
	return 0;
}

void sync_table(struct job *j)
{
	dma_sync_sg_for_cpu(j->dev, j->sgt.sgl, j->sgt.nents, DMA_TO_DEVICE);
}

/* The number was read before, and is what is mapped. */
int before(struct job *j)
{
	int n = j->kept;

	j->kept = dma_map_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	dma_unmap_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	return 0;
}

static int count_list(struct job *j)
{
	return j->nr;
}

int of_helper_count(struct job *j)
{
	int n = count_list(j);

	if (!dma_map_sg(j->dev, j->sgl, n, DMA_TO_DEVICE))
		return -ENOMEM;
	dma_unmap_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	return 0;
}

int overwritten(struct job *j)
{
	int n = dma_map_sg(j->dev, j->sgl, j->nr, DMA_TO_DEVICE);

	if (!n)
		return -ENOMEM;
	n = j->nr;
	dma_unmap_sg(j->dev, j->sgl, n, DMA_TO_DEVICE);
	return 0;
}

/*
 * check-name: the mapped count through helpers, arms, fields and tables
 * check-output-start
 * ways.c:32:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but n is the count that it returned [unmap-sg-mapped-count]
 * ways.c:49:3: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but n is the count that it returned [unmap-sg-mapped-count]
 * ways.c:67:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but j->hw is the count that it returned [unmap-sg-mapped-count]
 * ways.c:76:2: error: dma_unmap_sg() must be passed the nents given to dma_map_sg(), but j->sgt.nents is the count that it returned [unmap-sg-mapped-count]
 * ways.c:82:2: error: dma_sync_sg_for_cpu() must be passed the nents given to dma_map_sg(), but j->sgt.nents is the count that it returned [unmap-sg-mapped-count]
 * check-output-end
 */
