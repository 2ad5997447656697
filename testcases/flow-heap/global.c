// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

static struct page *user_pages[4];
static struct page *kernel_pages[4];
static struct sg_table user_table, kernel_table;

int pin(unsigned long addr);
int alloc(void);
int map(struct device *dev);

int pin(unsigned long addr)
{
	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, user_pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&user_table, user_pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int alloc(void)
{
	kernel_pages[0] = alloc_page(GFP_KERNEL);
	if (!kernel_pages[0])
		return -ENOMEM;
	return sg_alloc_table_from_pages(&kernel_table, kernel_pages, 1, 0,
					 PAGE_SIZE, GFP_KERNEL);
}

int map(struct device *dev)
{
	if (dma_map_sgtable(dev, &kernel_table, DMA_BIDIRECTIONAL, 0))
		return -EIO;
	return dma_map_sgtable(dev, &user_table, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: kept in variables of the file
 * check-output-start
 * global.c:34:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * global.c:15:6: note: pages come from pin_user_pages_fast() into 'user_pages'
 * global.c:17:9: note: sg_alloc_table_from_pages() puts 'user_pages' into 'user_table'
 * check-output-end
 */
