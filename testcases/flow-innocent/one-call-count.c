// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

int hw_run_table(struct device *dev, struct sg_table *sgt);

/* Mapped as long as anybody uses it. */
struct object {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
	int users;
};

/* Mapped for each run. */
struct job {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
	bool mapped;
};

int object_run(struct object *obj, unsigned long addr);
int job_run(struct job *job, unsigned long addr);

static void object_put(struct object *obj)
{
	if (--obj->users)
		return;
	dma_unmap_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
	sg_free_table(&obj->sgt);
	unpin_user_pages(obj->pages, 4);
}

int object_run(struct object *obj, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, obj->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&obj->sgt, obj->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(obj->dev, &obj->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	obj->users++;
	ret = hw_run_table(obj->dev, &obj->sgt);
	object_put(obj);
	return ret;
}

static void job_done(struct job *job)
{
	if (!job || !job->mapped)
		return;
	dma_unmap_sgtable(job->dev, &job->sgt, DMA_BIDIRECTIONAL, 0);
	job->mapped = false;
	sg_free_table(&job->sgt);
	unpin_user_pages(job->pages, 4);
}

int job_run(struct job *job, unsigned long addr)
{
	int ret;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, job->pages) != 4)
		return -EFAULT;
	ret = sg_alloc_table_from_pages(&job->sgt, job->pages, 4, 0,
					4 * PAGE_SIZE, GFP_KERNEL);
	if (ret)
		return ret;
	ret = dma_map_sgtable(job->dev, &job->sgt, DMA_BIDIRECTIONAL, 0);
	if (ret)
		return ret;
	job->mapped = true;
	ret = hw_run_table(job->dev, &job->sgt);
	job_done(job);
	return ret;
}

/*
 * check-name: unmapped when nobody uses it any more, or when the run is done
 * check-output-start
 * one-call-count.c:45:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * one-call-count.c:39:6: note: pages come from pin_user_pages_fast() into struct object.pages
 * one-call-count.c:41:8: note: sg_alloc_table_from_pages() puts struct object.pages into struct object.sgt
 * check-output-end
 */
