// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

enum { KIND_USER, KIND_KERNEL, NR_KINDS };

/* A name, then what the kind does; the tables lie in an array. */
struct kind {
	const char *name;
	struct {
		struct page *(*first)(unsigned long addr);
		struct page *(*next)(unsigned long addr);
	} walk;
};

struct scratch_kind {
	const char *name;
	struct page *(*first)(unsigned long addr);
};

int kind_map(struct device *dev, int kind, unsigned long addr,
	     dma_addr_t *dma);
int scratch_map(struct device *dev, unsigned long addr, dma_addr_t *dma);

static struct page *user_first(unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return NULL;
	return page;
}

static struct page *user_next(unsigned long addr)
{
	return user_first(addr + PAGE_SIZE);
}

static struct page *scratch_first(unsigned long addr)
{
	return alloc_page(GFP_KERNEL);
}

static const struct kind kinds[NR_KINDS] = {
	[KIND_USER] = { "user", { user_first, user_next } },
};

static const struct scratch_kind scratch = { "scratch", scratch_first };

int kind_map(struct device *dev, int kind, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = kinds[kind].walk.next(addr);

	if (!page)
		return -EFAULT;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int scratch_map(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct page *page = scratch.first(addr);

	if (!page)
		return -ENOMEM;
	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: functions in an array of tables, by position and nested
 * check-output-start
 * ops-positional.c:56:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * ops-positional.c:29:6: note: pages come from pin_user_pages_fast() into 'page'
 * ops-positional.c:36:9: note: returned by user_first()
 * ops-positional.c:52:39: note: returned by user_next()
 * check-output-end
 */
