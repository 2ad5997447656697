// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct demo {
	struct device *dev;
	struct page *page;
	dma_addr_t addr;
};

int demo_map(struct demo *demo, unsigned long start);

int demo_map(struct demo *demo, unsigned long start)
{
	if (pin_user_pages_fast(start, 1, FOLL_WRITE, &demo->page) != 1)
		return -EFAULT;
	/* dmacheck: missing-require-coherent */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	/* dmacheck: missing-require-coherant: never bounces */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	/* dmacheck: missing-require-coherent: --- */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	/* dmacheck: missing-require-coherent, coherence: never bounces */
	demo->addr = dma_map_page(demo->dev, demo->page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

/* dmacheck: mapped without a thought */
/* dmacheck: */
/* dmacheck: suppression: nobody must know */
/* A line of dmacheck: missing-require-coherent */

/*
 * check-name: comments without a reason or a rule
 * check-command: dmacheck check --level note --rule missing-require-coherent,suppression
 * check-error: 1 finding hidden by comments
 * check-output-start
 * wrong.c:17:5: warning: suppression without a reason is ignored: write 'dmacheck: RULE: reason' [suppression]
 * wrong.c:18:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * wrong.c:15:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * wrong.c:19:15: warning: there is no rule 'missing-require-coherant'; did you mean 'missing-require-coherent'? [suppression]
 * wrong.c:20:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * wrong.c:15:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * wrong.c:21:5: warning: suppression without a reason is ignored: write 'dmacheck: RULE: reason' [suppression]
 * wrong.c:22:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * wrong.c:15:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * wrong.c:23:41: warning: there is no rule 'coherence'; `dmacheck rules` lists them [suppression]
 * wrong.c:28:14: warning: there is no rule 'mapped'; did you mean 'mmio-map-never-unmapped'? [suppression]
 * wrong.c:29:4: warning: suppression names no rule: write 'dmacheck: RULE: reason' [suppression]
 * wrong.c:30:14: warning: findings of this rule cannot be suppressed [suppression]
 * check-output-end
 */
