// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct job {
	struct sg_table in, command;
	struct page *pages[4];
};

int hw_run_table(struct device *dev, struct sg_table *sgt);
int job_add(struct device *dev, struct job *job, unsigned long addr);
int job_replace(struct device *dev, struct job *job, unsigned long addr);

/* What is unmapped at the end is the command, not what it works on. */
int job_add(struct device *dev, struct job *job, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, job->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&job->in, job->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &job->in, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	ret = dma_map_sgtable(dev, &job->command, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	ret = hw_run_table(dev, &job->command);
	dma_unmap_sgtable(dev, &job->command, DMA_BIDIRECTIONAL, 0);
	return ret;
}

/* Here it is the mapping of before. */
int job_replace(struct device *dev, struct job *job, unsigned long addr)
{
	int ret;

	dma_unmap_sgtable(dev, &job->in, DMA_BIDIRECTIONAL, 0);
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, job->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&job->in, job->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, &job->in, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: something else is unmapped in the same function
 * check-output-start
 * one-call-other.c:25:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-other.c:19:6: note: pages come from pin_user_pages_fast() into struct job.pages
 * one-call-other.c:21:8: note: sg_alloc_table_from_pages() puts struct job.pages into struct job.in
 * one-call-other.c:48:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-other.c:42:6: note: pages come from pin_user_pages_fast() into struct job.pages
 * one-call-other.c:44:8: note: sg_alloc_table_from_pages() puts struct job.pages into struct job.in
 * check-output-end
 */
