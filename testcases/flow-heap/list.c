// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct user_item {
	struct list_head list;
	struct page *page;
	dma_addr_t dma;
};

struct kernel_item {
	struct list_head list;
	struct page *page;
	dma_addr_t dma;
};

#define first_entry(head, type, member)	\
	container_of((head)->next, type, member)
#define next_entry(pos, member)		\
	container_of((pos)->member.next, typeof(*(pos)), member)
#define for_each_entry(pos, head, member)				\
	for (pos = first_entry(head, typeof(*pos), member);		\
	     &pos->member != (head); pos = next_entry(pos, member))

int add_user(struct list_head *head, unsigned long addr);
int add_kernel(struct list_head *head);
int map_users(struct device *dev, struct list_head *head);
int map_kernels(struct device *dev, struct list_head *head);

static void add_to(struct list_head *head, struct list_head *item)
{
	item->next = head->next;
	item->prev = head;
	head->next->prev = item;
	head->next = item;
}

int add_user(struct list_head *head, unsigned long addr)
{
	struct user_item *item = kzalloc(sizeof(*item), GFP_KERNEL);

	if (!item)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &item->page) != 1) {
		kfree(item);
		return -EFAULT;
	}
	add_to(head, &item->list);
	return 0;
}

int add_kernel(struct list_head *head)
{
	struct kernel_item *item = kzalloc(sizeof(*item), GFP_KERNEL);

	if (!item)
		return -ENOMEM;
	item->page = alloc_page(GFP_KERNEL);
	add_to(head, &item->list);
	return 0;
}

int map_users(struct device *dev, struct list_head *head)
{
	struct user_item *item;

	for_each_entry(item, head, list) {
		item->dma = dma_map_page(dev, item->page, 0, PAGE_SIZE,
					 DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, item->dma))
			return -EIO;
	}
	return 0;
}

int map_kernels(struct device *dev, struct list_head *head)
{
	struct kernel_item *item;

	for_each_entry(item, head, list) {
		item->dma = dma_map_page(dev, item->page, 0, PAGE_SIZE,
					 DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, item->dma))
			return -EIO;
	}
	return 0;
}

/*
 * check-name: objects on a list
 * check-output-start
 * list.c:69:15: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * list.c:45:6: note: pages come from pin_user_pages_fast() into struct user_item.page
 * check-output-end
 */
