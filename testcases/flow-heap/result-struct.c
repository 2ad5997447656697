// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct pinned {
	struct page *page;
	int err;
};

struct fresh {
	struct page *page;
	int err;
};

int map(struct device *dev, unsigned long addr, dma_addr_t *dma);

static struct pinned pin(unsigned long addr)
{
	struct pinned ret = { .err = -EFAULT };

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &ret.page) == 1)
		ret.err = 0;
	return ret;
}

static struct fresh alloc(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	return (struct fresh){ page, page ? 0 : -ENOMEM };
}

int map(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct pinned user = pin(addr), copy;
	struct fresh kernel = alloc();

	if (user.err || kernel.err)
		return -EFAULT;
	copy = user;
	dma[0] = dma_map_page(dev, copy.page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	dma[1] = dma_map_page(dev, kernel.page, 0, PAGE_SIZE,
			      DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: structs by value: returned, copied, compound literals
 * check-output-start
 * result-struct.c:41:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * result-struct.c:21:6: note: pages come from pin_user_pages_fast() into struct pinned.page
 * check-output-end
 */
