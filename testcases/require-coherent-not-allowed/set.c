// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct ring {
	struct device *dev;
	unsigned long attrs;
	dma_addr_t addr;
};

int map_here(struct ring *r, struct page *page);
int map_by_caller(struct ring *r, struct page *page);
int map_by_field(struct ring *r, struct page *page);
int map_by_result(struct ring *r, struct page *page, bool shared);
int look(struct ring *r);
int without(struct ring *r, struct page *page);

int map_here(struct ring *r, struct page *page)
{
	r->addr = dma_map_page_attrs(r->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL,
				     DMA_ATTR_NO_WARN |
				     DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(r->dev, r->addr);
}

/* The helper is right: its caller says what it wants. */
static int map(struct ring *r, struct page *page, unsigned long attrs)
{
	r->addr = dma_map_page_attrs(r->dev, page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL, attrs);
	return dma_mapping_error(r->dev, r->addr);
}

int map_by_caller(struct ring *r, struct page *page)
{
	return map(r, page, DMA_ATTR_REQUIRE_COHERENT);
}

int map_by_field(struct ring *r, struct page *page)
{
	r->attrs |= DMA_ATTR_REQUIRE_COHERENT;
	return map(r, page, r->attrs);
}

static unsigned long choose(bool shared)
{
	return shared ? DMA_ATTR_REQUIRE_COHERENT : 0;
}

int map_by_result(struct ring *r, struct page *page, bool shared)
{
	return map(r, page, choose(shared));
}

/* Neither a test nor a mask is a use. */
int look(struct ring *r)
{
	bool shared = r->attrs & DMA_ATTR_REQUIRE_COHERENT;

	if (r->attrs & DMA_ATTR_REQUIRE_COHERENT)
		return -EBUSY;
	if (!(r->attrs & (DMA_ATTR_NO_WARN | DMA_ATTR_REQUIRE_COHERENT)))
		return -EINVAL;
	return shared;
}

int without(struct ring *r, struct page *page)
{
	r->attrs &= ~DMA_ATTR_REQUIRE_COHERENT;
	return map(r, page, r->attrs & ~DMA_ATTR_REQUIRE_COHERENT);
}

/*
 * check-name: a module that is not allowed to sets the attribute
 * check-output-start
 * set.c:19:12: error: DMA_ATTR_REQUIRE_COHERENT is set by a module that policy.conf does not allow to use it [require-coherent-not-allowed]
 * set.c:19:12: note: no user memory is seen to be mapped with it in set
 * set.c:19:12: note: what would allow it in .dmacheck.conf: [allow set] with attribute = DMA_ATTR_REQUIRE_COHERENT and reason = ...
 * set.c:36:9: error: DMA_ATTR_REQUIRE_COHERENT is set by a module that policy.conf does not allow to use it [require-coherent-not-allowed]
 * set.c:36:9: note: no user memory is seen to be mapped with it in set
 * set.c:36:9: note: what would allow it in .dmacheck.conf: [allow set] with attribute = DMA_ATTR_REQUIRE_COHERENT and reason = ...
 * set.c:41:5: error: DMA_ATTR_REQUIRE_COHERENT is set by a module that policy.conf does not allow to use it [require-coherent-not-allowed]
 * set.c:41:5: note: no user memory is seen to be mapped with it in set
 * set.c:41:5: note: what would allow it in .dmacheck.conf: [allow set] with attribute = DMA_ATTR_REQUIRE_COHERENT and reason = ...
 * set.c:47:2: error: DMA_ATTR_REQUIRE_COHERENT is set by a module that policy.conf does not allow to use it [require-coherent-not-allowed]
 * set.c:47:2: note: no user memory is seen to be mapped with it in set
 * set.c:47:2: note: what would allow it in .dmacheck.conf: [allow set] with attribute = DMA_ATTR_REQUIRE_COHERENT and reason = ...
 * check-output-end
 */
