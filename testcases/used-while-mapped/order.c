// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct dma_chan;
int dmaengine_terminate_sync(struct dma_chan *chan);
void dma_async_issue_pending(struct dma_chan *chan);
struct bsg_job {
	struct scatterlist *list;
	int nents;
};
void bsg_job_done(struct bsg_job *job, int result, unsigned int len);

struct dunlin {
	struct device *dev;
	struct dma_chan *chan;
	struct scatterlist *sgl;
	int nents;
	void *buf;
	dma_addr_t dma;
};

void dunlin_stop(struct dunlin *d);
void dunlin_stop_right(struct dunlin *d);
void dunlin_stop_by_helper(struct dunlin *d);
int dunlin_run(struct dunlin *d, int timeout);
int dunlin_prepare(struct dunlin *d);
int dunlin_send(struct dunlin *d, size_t len);
int dunlin_send_right(struct dunlin *d, size_t len);
int dunlin_fill(struct dunlin *d, void **bufs, dma_addr_t *dma, int n);
void dunlin_done(struct dunlin *d, struct bsg_job *job);
void dunlin_done_right(struct dunlin *d, struct bsg_job *job);

void dunlin_stop(struct dunlin *d)
{
	dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
	dmaengine_terminate_sync(d->chan);
}

void dunlin_stop_right(struct dunlin *d)
{
	dmaengine_terminate_sync(d->chan);
	dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
	dmaengine_terminate_sync(d->chan);
}

static void dunlin_unmap(struct dunlin *d)
{
	dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
}

void dunlin_stop_by_helper(struct dunlin *d)
{
	dunlin_unmap(d);
	dmaengine_terminate_sync(d->chan);
}

int dunlin_run(struct dunlin *d, int timeout)
{
	if (!dma_map_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE))
		return -EIO;
	dma_async_issue_pending(d->chan);
	if (timeout) {
		dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
		dmaengine_terminate_sync(d->chan);
		return -EIO;
	}
	dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
	return 0;
}

/* Nothing was started yet. */
int dunlin_prepare(struct dunlin *d)
{
	if (!dma_map_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE))
		return -EIO;
	if (!d->buf) {
		dma_unmap_sg(d->dev, d->sgl, d->nents, DMA_FROM_DEVICE);
		dmaengine_terminate_sync(d->chan);
		return -EINVAL;
	}
	dma_async_issue_pending(d->chan);
	return 0;
}

int dunlin_send(struct dunlin *d, size_t len)
{
	void *p = kmalloc(len, GFP_KERNEL);
	dma_addr_t dma;

	if (!p)
		return -ENOMEM;
	dma = dma_map_single(d->dev, p, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(d->dev, dma)) {
		kfree(p);
		return -EIO;
	}
	kfree(p);
	dma_unmap_single(d->dev, dma, len, DMA_FROM_DEVICE);
	return 0;
}

int dunlin_send_right(struct dunlin *d, size_t len)
{
	void *p = kmalloc(len, GFP_KERNEL);
	dma_addr_t dma;

	if (!p)
		return -ENOMEM;
	dma = dma_map_single(d->dev, p, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(d->dev, dma)) {
		kfree(p);
		return -EIO;
	}
	dma_unmap_single(d->dev, dma, len, DMA_FROM_DEVICE);
	kfree(p);
	return 0;
}

/* The one that was not mapped is freed, then those before it are unmapped. */
int dunlin_fill(struct dunlin *d, void **bufs, dma_addr_t *dma, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		bufs[i] = kmalloc(64, GFP_KERNEL);
		if (!bufs[i])
			goto fail;
		dma[i] = dma_map_single(d->dev, bufs[i], 64, DMA_FROM_DEVICE);
		if (dma_mapping_error(d->dev, dma[i])) {
			kfree(bufs[i]);
			goto fail;
		}
	}
	return 0;
fail:
	while (i-- > 0) {
		dma_unmap_single(d->dev, dma[i], 64, DMA_FROM_DEVICE);
		kfree(bufs[i]);
	}
	return -ENOMEM;
}

void dunlin_done(struct dunlin *d, struct bsg_job *job)
{
	bsg_job_done(job, 0, 0);
	dma_unmap_sg(d->dev, job->list, job->nents, DMA_FROM_DEVICE);
}

void dunlin_done_right(struct dunlin *d, struct bsg_job *job)
{
	dma_unmap_sg(d->dev, job->list, job->nents, DMA_FROM_DEVICE);
	bsg_job_done(job, 0, 0);
}
/*
 * check-name: freed, given back or unmapped too early
 * check-output-start
 * order.c:37:2: warning: dma_unmap_sg() while the DMA engine may still be running: it is stopped only afterwards [used-while-mapped]
 * order.c:38:2: note: it is stopped here
 * order.c:55:2: warning: dunlin_unmap() while the DMA engine may still be running: it is stopped only afterwards [used-while-mapped]
 * order.c:56:2: note: it is stopped here
 * order.c:65:3: warning: dma_unmap_sg() while the DMA engine may still be running: it is stopped only afterwards [used-while-mapped]
 * order.c:66:3: note: it is stopped here
 * order.c:99:2: warning: kfree(p) while it is mapped for DMA [used-while-mapped]
 * order.c:100:2: note: it is unmapped only here
 * order.c:147:2: warning: bsg_job_done(job) before its memory is unmapped [used-while-mapped]
 * order.c:148:2: note: it is unmapped only here
 * check-output-end
 */
