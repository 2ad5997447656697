// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct user_list {
	int nr;
	struct page *pages[];
};

struct kernel_list {
	int nr;
	struct page *pages[];
};

struct user_list *user_get(unsigned long addr, int nr);
struct kernel_list *kernel_get(int nr);
int user_map(struct device *dev, struct user_list *list, dma_addr_t *dma);
int kernel_map(struct device *dev, struct kernel_list *list, dma_addr_t *dma);

struct user_list *user_get(unsigned long addr, int nr)
{
	struct user_list *list;

	list = kzalloc(sizeof(*list) + nr * sizeof(*list->pages), GFP_KERNEL);
	if (!list)
		return NULL;
	while (list->nr < nr) {
		struct page **to = &list->pages[list->nr];
		int n = pin_user_pages_fast(addr, nr - list->nr,
					    FOLL_LONGTERM, to);

		if (n <= 0)
			return NULL;
		list->nr += n;
	}
	return list;
}

struct kernel_list *kernel_get(int nr)
{
	struct kernel_list *list;

	list = kzalloc(sizeof(*list) + nr * sizeof(*list->pages), GFP_KERNEL);
	if (!list)
		return NULL;
	for (; list->nr < nr; list->nr++)
		*(list->pages + list->nr) = alloc_page(GFP_KERNEL);
	return list;
}

int user_map(struct device *dev, struct user_list *list, dma_addr_t *dma)
{
	struct page **p;

	for (p = list->pages; p < list->pages + list->nr; p++)
		*dma++ = dma_map_page(dev, *p, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
	return 0;
}

int kernel_map(struct device *dev, struct kernel_list *list, dma_addr_t *dma)
{
	struct page **p;

	for (p = list->pages; p < list->pages + list->nr; p++)
		*dma++ = dma_map_page(dev, *p, 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: arrays at the end of a struct, walked by a pointer
 * check-output-start
 * flexible.c:57:12: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * flexible.c:30:11: note: pages come from pin_user_pages_fast() into 'to'
 * flexible.c:29:22: note: struct user_list.pages holds the same memory
 * flexible.c:56:7: note: read from struct user_list.pages
 * check-output-end
 */
