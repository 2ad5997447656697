// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

static int demo_list(struct device *dev, struct scatterlist *sg, int n)
{
	int mapped = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);

	if (!mapped)
		return -EIO;
	dma_sync_sg_for_cpu(dev, sg, n, DMA_TO_DEVICE);
	if (demo_start(dev, sg, mapped))
		goto unmap;
	return 0;

unmap:
	dma_unmap_sg(dev, sg, n, DMA_TO_DEVICE);
	return -EIO;
}

static int demo_overwritten(struct device *dev, struct scatterlist *sg, int n)
{
	n = dma_map_sg(dev, sg, n, DMA_TO_DEVICE);
	if (!n)
		return -EIO;
	dma_unmap_sg(dev, sg, n, DMA_TO_DEVICE);
	return 0;
}

static int demo_changed(struct job *job)
{
	int n = dma_map_sg(job->dev, job->sg, job->nents, DMA_TO_DEVICE);
	job->nents = n;
	dma_unmap_sg(job->dev, job->sg, n, DMA_TO_DEVICE);
	return 0;
}

static int demo_either(struct job *job)
{
	int n;

	if (job->own)
		n = dma_map_sg(job->dev, job->sg, job->nents, DMA_TO_DEVICE);
	else
		n = job->other;
	dma_unmap_sg(job->dev, job->sg, n, DMA_TO_DEVICE);
	return 0;
}

static int demo_table(struct job *job)
{
	if (dma_map_sgtable(job->dev, &job->sgt, DMA_TO_DEVICE, 0))
		return -EIO;
	dma_unmap_sg(job->dev, job->sgt.sgl, job->sgt.orig_nents,
		     DMA_TO_DEVICE);
	dma_sync_sg_for_cpu(job->dev, job->hma->sgl, job->hma->orig_nents,
			    DMA_TO_DEVICE);
	return 0;
}

static int demo_failed(struct device *dev, struct job *job)
{
	int n, ret = 0;

	n = dma_map_sg(dev, job->sg, sg_nents(job->sg), DMA_TO_DEVICE);
	if (n <= 0) {
		ret = -EINVAL;
		goto unmap;
	}
	if (demo_start(dev, job->sg, n))
		ret = -EIO;

unmap:
	if (job->guarded) {
		if (n > 0)
			dma_unmap_sg(dev, job->sg, sg_nents(job->sg),
				     DMA_TO_DEVICE);
	} else {
		dma_unmap_sg(dev, job->sg, n, DMA_TO_DEVICE);
	}
	return ret;
}
