// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/slab.h>

struct job {
	void (*done)(struct device *dev, struct job *job);
	void *buf;
	dma_addr_t dma;
	size_t len;
};

int job_send(struct device *dev, struct job *job, void *buf, size_t len);
int job_receive(struct device *dev, struct job *job, void *buf, size_t len);
int job_ask(struct device *dev, struct job *job, void *buf, size_t len);

static int job_map(struct device *dev, struct job *job, void *buf, size_t len,
		   enum dma_data_direction dir)
{
	job->buf = buf;
	job->len = len;
	job->dma = dma_map_single(dev, buf, len, dir);
	return dma_mapping_error(dev, job->dma) ? -EIO : 0;
}

static void job_sent(struct device *dev, struct job *job)
{
	dma_unmap_single(dev, job->dma, job->len, DMA_TO_DEVICE);
}

static void job_received(struct device *dev, struct job *job)
{
	dma_unmap_single(dev, job->dma, job->len, DMA_FROM_DEVICE);
}

/* The map is not for the device to read alone. */
static void job_asked(struct device *dev, struct job *job)
{
	dma_unmap_single(dev, job->dma, job->len, DMA_TO_DEVICE);
}

int job_send(struct device *dev, struct job *job, void *buf, size_t len)
{
	job->done = job_sent;
	return job_map(dev, job, buf, len, DMA_TO_DEVICE);
}

int job_receive(struct device *dev, struct job *job, void *buf, size_t len)
{
	job->done = job_received;
	return job_map(dev, job, buf, len, DMA_FROM_DEVICE);
}

int job_ask(struct device *dev, struct job *job, void *buf, size_t len)
{
	job->done = job_asked;
	return job_map(dev, job, buf, len, DMA_BIDIRECTIONAL);
}

/* Here one of the callers does not say who will unmap it: any may. */
struct task {
	void (*done)(struct device *dev, struct task *task);
	dma_addr_t dma;
};

int task_send(struct device *dev, struct task *task, void *buf);
int task_receive(struct device *dev, struct task *task, void *buf);
int task_again(struct device *dev, struct task *task, void *buf);

static int task_map(struct device *dev, struct task *task, void *buf,
		    enum dma_data_direction dir)
{
	task->dma = dma_map_single(dev, buf, 64, dir);
	return dma_mapping_error(dev, task->dma) ? -EIO : 0;
}

static void task_sent(struct device *dev, struct task *task)
{
	dma_unmap_single(dev, task->dma, 64, DMA_TO_DEVICE);
}

static void task_received(struct device *dev, struct task *task)
{
	dma_unmap_single(dev, task->dma, 64, DMA_FROM_DEVICE);
}

int task_send(struct device *dev, struct task *task, void *buf)
{
	task->done = task_sent;
	return task_map(dev, task, buf, DMA_BIDIRECTIONAL);
}

int task_receive(struct device *dev, struct task *task, void *buf)
{
	task->done = task_received;
	return task_map(dev, task, buf, DMA_FROM_DEVICE);
}

int task_again(struct device *dev, struct task *task, void *buf)
{
	return task_map(dev, task, buf, DMA_TO_DEVICE);
}
/*
 * check-name: each callback unmaps what its own caller has mapped
 * check-output-start
 * callbacks.c:38:2: warning: mapped DMA_BIDIRECTIONAL, but unmapped DMA_TO_DEVICE [unmap-attr-mismatch]
 * callbacks.c:21:13: note: mapped here with dma_map_single()
 * check-output-end
 */
