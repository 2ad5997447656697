// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct engine {
	struct device *dev;
	bool coherent;
	dma_addr_t (*map_user)(struct engine *engine, struct page *page);
	dma_addr_t (*map_ring)(struct engine *engine, struct page *page);
};

void engine_init(struct engine *engine);
dma_addr_t engine_add_user(struct engine *engine, unsigned long addr);
dma_addr_t engine_add_ring(struct engine *engine);

static dma_addr_t map_user_plain(struct engine *engine, struct page *page)
{
	return dma_map_page(engine->dev, page, 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
}

static dma_addr_t map_user_coherent(struct engine *engine, struct page *page)
{
	return dma_map_page_attrs(engine->dev, page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL,
				  DMA_ATTR_REQUIRE_COHERENT);
}

static dma_addr_t map_ring(struct engine *engine, struct page *page)
{
	return dma_map_page(engine->dev, page, 0, PAGE_SIZE,
			    DMA_BIDIRECTIONAL);
}

void engine_init(struct engine *engine)
{
	if (engine->coherent)
		engine->map_user = map_user_coherent;
	else
		engine->map_user = map_user_plain;
	engine->map_ring = map_ring;
}

dma_addr_t engine_add_user(struct engine *engine, unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return DMA_MAPPING_ERROR;
	return engine->map_user(engine, page);
}

dma_addr_t engine_add_ring(struct engine *engine)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return DMA_MAPPING_ERROR;
	return engine->map_ring(engine, page);
}

/*
 * check-name: mapped behind a pointer that is assigned at run time
 * check-output-start
 * ops-assigned.c:18:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ops-assigned.c:48:6: note: pages come from pin_user_pages_fast() into 'page'
 * ops-assigned.c:50:17: note: passed to map_user_plain() as 'page'
 * check-output-end
 */
