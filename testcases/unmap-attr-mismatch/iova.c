// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct pages {
	struct dma_iova_state state;
	size_t len;
};

int link(struct device *dev, struct pages *p, phys_addr_t phys);
void unlink(struct device *dev, struct pages *p);
void destroy(struct device *dev, struct pages *p);

int link(struct device *dev, struct pages *p, phys_addr_t phys)
{
	struct dma_iova_state *state = &p->state;

	if (!dma_iova_try_alloc(dev, state, phys, 4096))
		return -ENOMEM;
	return dma_iova_link(dev, state, phys, 0, 4096, DMA_BIDIRECTIONAL,
			     DMA_ATTR_REQUIRE_COHERENT);
}

void unlink(struct device *dev, struct pages *p)
{
	dma_iova_unlink(dev, &p->state, 0, p->len, DMA_BIDIRECTIONAL, 0);
}

void destroy(struct device *dev, struct pages *p)
{
	dma_iova_destroy(dev, &p->state, p->len, DMA_BIDIRECTIONAL,
			 DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: pages that are linked into an IOVA range
 * check-output-start
 * iova.c:25:2: error: mapped with DMA_ATTR_REQUIRE_COHERENT, but unmapped without [unmap-attr-mismatch]
 * iova.c:19:9: note: mapped here with dma_iova_link()
 * check-output-end
 */
