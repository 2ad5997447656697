// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct ruff {
	struct device *dev;
	struct scatterlist *sgl;
	int nents, mapped, asked;
	u64 *table;
};

void kept_in_field(struct ruff *r);
void kept_in_local(struct ruff *r);
int right(struct ruff *r);
int at_once(struct ruff *r);
int returned(struct ruff *r);
void passed(struct ruff *r);
int asked(struct ruff *r);
void asked_elsewhere(struct ruff *r);
int less(struct ruff *r);
int counted(struct ruff *r);
void stop(struct ruff *r);
void use(struct ruff *r, int n);

void kept_in_field(struct ruff *r)
{
	r->mapped = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);
	r->table[0] = sg_dma_address(r->sgl);
}

/* A loop makes nothing of 0, and tells nobody. */
void kept_in_local(struct ruff *r)
{
	struct scatterlist *sg;
	int n, i;

	n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);
	for_each_sg(r->sgl, sg, n, i)
		r->table[i] = sg_dma_address(sg);
	r->mapped = n;
}

/* An unmap that looks first does not check the mapping. */
void stop(struct ruff *r)
{
	if (r->mapped)
		dma_unmap_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);
}

int right(struct ruff *r)
{
	int n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);

	if (!n)
		return -EIO;
	r->table[0] = sg_dma_address(r->sgl);
	return 0;
}

int at_once(struct ruff *r)
{
	if (dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE) <= 0)
		return -EIO;
	return 0;
}

int less(struct ruff *r)
{
	int n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);

	if (n < r->nents)
		return -EIO;
	r->table[0] = n;
	return 0;
}

/* The caller is told how many the loop has seen. */
int counted(struct ruff *r)
{
	struct scatterlist *sg;
	int n, i, bytes = 0;

	n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);
	for_each_sg(r->sgl, sg, n, i)
		bytes += sg->length;
	return bytes;
}

int returned(struct ruff *r)
{
	int n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);

	r->table[0] = sg_dma_address(r->sgl);
	return n;
}

void passed(struct ruff *r)
{
	int n = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);

	use(r, n);
}

int asked(struct ruff *r)
{
	return r->asked ? 0 : -EIO;
}

void asked_elsewhere(struct ruff *r)
{
	r->asked = dma_map_sg(r->dev, r->sgl, r->nents, DMA_TO_DEVICE);
	r->table[0] = r->asked;
}

/*
 * check-name: the result of dma_map_sg() is kept and used, but never tested
 * check-output-start
 * untested.c:26:14: warning: result of dma_map_sg() is used but never checked: the mapping may have failed [map-return-ignored]
 * untested.c:36:6: warning: result of dma_map_sg() is used but never checked: the mapping may have failed [map-return-ignored]
 * check-output-end
 */
