// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

/* What lies behind the pointer is the business of who made the job. */
struct job {
	void *priv;
};

struct command {
	void *priv;
};

int job_submit(struct job *job, unsigned long addr);
int job_run(struct device *dev, struct job *job, struct sg_table *sgt);
int command_submit(struct command *command);
int command_run(struct device *dev, struct command *command, dma_addr_t *dma);

int job_submit(struct job *job, unsigned long addr)
{
	struct page **pages = kcalloc(4, sizeof(*pages), GFP_KERNEL);

	if (!pages)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, pages) != 4) {
		kfree(pages);
		return -EFAULT;
	}
	job->priv = pages;
	return 0;
}

int job_run(struct device *dev, struct job *job, struct sg_table *sgt)
{
	struct page **pages = job->priv;
	int ret;

	ret = sg_alloc_table_from_pages(sgt, pages, 4, 0, 4 * PAGE_SIZE,
					GFP_KERNEL);
	if (ret)
		return ret;
	return dma_map_sgtable(dev, sgt, DMA_BIDIRECTIONAL, 0);
}

int command_submit(struct command *command)
{
	command->priv = kmalloc(PAGE_SIZE, GFP_KERNEL);
	return command->priv ? 0 : -ENOMEM;
}

int command_run(struct device *dev, struct command *command, dma_addr_t *dma)
{
	void *buf = command->priv;

	*dma = dma_map_single(dev, buf, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: behind a pointer to private data
 * check-output-start
 * private-data.c:43:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * private-data.c:26:6: note: pages come from pin_user_pages_fast() into 'pages'
 * private-data.c:30:7: note: kept in struct job.priv
 * private-data.c:36:29: note: read from struct job.priv
 * private-data.c:39:8: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * check-output-end
 */
