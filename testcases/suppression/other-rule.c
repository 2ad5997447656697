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
	/* dmacheck: wrong-arg-slot */
	/* dmacheck: wrong-arg-slit: never bounces */
	/* dmacheck: retired-attr-name: this rule does not run here */
	return 0;
}

/*
 * check-name: with --rule only comments for that rule are looked at
 * check-command: dmacheck check --level note --rule missing-require-coherent
 * check-output-start
 * other-rule.c:17:5: warning: suppression without a reason is ignored: write 'dmacheck: RULE: reason' [suppression]
 * other-rule.c:18:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * other-rule.c:15:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * other-rule.c:19:15: warning: there is no rule 'missing-require-coherant'; did you mean 'missing-require-coherent'? [suppression]
 * other-rule.c:20:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * other-rule.c:15:6: note: pages come from pin_user_pages_fast() into struct demo.page
 * check-output-end
 */
