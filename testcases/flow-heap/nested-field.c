// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct user_part {
	struct page *pages[4];
	struct sg_table sgt;
};

struct kernel_part {
	struct page *pages[4];
	struct sg_table sgt;
};

struct session {
	struct {
		struct user_part data;
	} in;
	struct kernel_part ring;
};

struct demo {
	struct device *dev;
	struct session session;
};

int demo_pin(struct demo *demo, unsigned long addr);
int demo_alloc(struct session *session);
int demo_map(struct demo *demo);
int demo_map_ring(struct demo *demo);

int demo_pin(struct demo *demo, unsigned long addr)
{
	struct user_part *part = &demo->session.in.data;

	if (pin_user_pages_fast(addr, 4, FOLL_LONGTERM, part->pages) != 4)
		return -EFAULT;
	return sg_alloc_table_from_pages(&part->sgt, part->pages, 4, 0,
					 4 * PAGE_SIZE, GFP_KERNEL);
}

int demo_alloc(struct session *session)
{
	session->ring.pages[0] = alloc_page(GFP_KERNEL);
	if (!session->ring.pages[0])
		return -ENOMEM;
	return sg_alloc_table_from_pages(&session->ring.sgt,
					 session->ring.pages, 1, 0, PAGE_SIZE,
					 GFP_KERNEL);
}

int demo_map(struct demo *demo)
{
	return dma_map_sgtable(demo->dev, &demo->session.in.data.sgt,
			       DMA_BIDIRECTIONAL, 0);
}

int demo_map_ring(struct demo *demo)
{
	return dma_map_sgtable(demo->dev, &demo->session.ring.sgt,
			       DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: a field of a struct in a struct in a struct
 * check-output-start
 * nested-field.c:54:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * nested-field.c:36:6: note: pages come from pin_user_pages_fast() into struct user_part.pages
 * nested-field.c:38:9: note: sg_alloc_table_from_pages() puts struct user_part.pages into struct user_part.sgt
 * check-output-end
 */
