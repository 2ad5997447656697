// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct job {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
};

int hw_run_table(struct device *dev, struct sg_table *sgt);
int hw_queue_table(struct device *dev, struct sg_table *sgt);
int job_run(struct job *job, unsigned long addr);
int job_queue(struct job *job, unsigned long addr);

static int job_map(struct job *job, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, job->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&job->sgt, job->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(job->dev, &job->sgt, DMA_BIDIRECTIONAL, 0);
}

static void job_unmap(struct job *job)
{
	dma_unmap_sgtable(job->dev, &job->sgt, DMA_BIDIRECTIONAL, 0);
}

int job_run(struct job *job, unsigned long addr)
{
	int ret = job_map(job, addr);

	if (ret)
		return ret;
	ret = hw_run_table(job->dev, &job->sgt);
	job_unmap(job);
	return ret;
}

/* Nobody waits for this one. */
int job_queue(struct job *job, unsigned long addr)
{
	int ret = job_map(job, addr);

	if (ret)
		return ret;
	return hw_queue_table(job->dev, &job->sgt);
}

/*
 * check-name: one caller of two unmaps before it returns
 * check-output-start
 * one-call-callers.c:26:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-callers.c:20:6: note: pages come from pin_user_pages_fast() into struct job.pages
 * one-call-callers.c:22:8: note: sg_alloc_table_from_pages() puts struct job.pages into struct job.sgt
check-output-end
 */
