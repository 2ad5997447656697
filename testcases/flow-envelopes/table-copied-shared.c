// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* One table pinned, another made from its entries for each device. */
struct object {
	struct sg_table pinned;
	struct sg_table ring;
};

struct attachment {
	struct sg_table user;
	struct sg_table kernel;
};

int object_fill(struct object *obj, struct page **pages, unsigned long addr);
int object_alloc(struct object *obj, struct page **pages);
int attach(struct device *dev, struct object *obj, struct attachment *a);

int object_fill(struct object *obj, struct page **pages, unsigned long addr)
{
	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	return sg_alloc_table_from_pages(&obj->pinned, pages, 8, 0,
					 8 * PAGE_SIZE, GFP_KERNEL);
}

int object_alloc(struct object *obj, struct page **pages)
{
	pages[0] = alloc_page(GFP_KERNEL);
	if (!pages[0])
		return -ENOMEM;
	return sg_alloc_table_from_pages(&obj->ring, pages, 1, 0, PAGE_SIZE,
					 GFP_KERNEL);
}

static int copy_table(struct sg_table *to, struct sg_table *from)
{
	struct scatterlist *sg, *new;
	int i, ret = sg_alloc_table(to, from->orig_nents, GFP_KERNEL);

	if (ret)
		return ret;
	new = to->sgl;
	for_each_sgtable_sg(from, sg, i) {
		sg_set_page(new, sg_page(sg), sg->length, sg->offset);
		new = sg_next(new);
	}
	return 0;
}

int attach(struct device *dev, struct object *obj, struct attachment *a)
{
	if (copy_table(&a->user, &obj->pinned) ||
	    copy_table(&a->kernel, &obj->ring))
		return -ENOMEM;
	if (dma_map_sgtable(dev, &a->kernel, DMA_BIDIRECTIONAL, 0))
		return -EIO;
	return dma_map_sgtable(dev, &a->user, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: one function copies the tables of user and of kernel memory
 * check-output-start
 * table-copied-shared.c:59:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * table-copied-shared.c:22:6: note: pages come from pin_user_pages_fast() into 'pages'
 * table-copied-shared.c:24:9: note: sg_alloc_table_from_pages() puts 'pages' into struct object.pinned
 * table-copied-shared.c:54:6: note: passed to copy_table() as 'from'
 * table-copied-shared.c:46:3: note: sg_set_page() puts it into 'new'
 * table-copied-shared.c:54:6: note: copy_table() fills struct attachment.user
 * check-output-end
 */
