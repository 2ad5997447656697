// SPDX-License-Identifier: GPL-2.0-only
#include <linux/scatterlist.h>

struct demo_object;

/* What a header has: declared, or defined to do nothing. */
#ifdef CONFIG_DEMO
int __must_check demo_prepare_pages(struct demo_object *obj,
				    struct sg_table *pages,
				    unsigned long dma_attrs);
void demo_finish_pages(struct demo_object *obj, struct sg_table *pages);
#else
static inline int demo_prepare_pages(struct demo_object *obj,
				     struct sg_table *pages,
				     unsigned long dma_attrs)
{
	return 0;
}

static inline void demo_finish_pages(struct demo_object *obj,
				     struct sg_table *pages)
{
}
#endif

static inline int demo_use(struct demo_object *obj, struct sg_table *pages)
{
	return demo_prepare_pages(obj, pages);
}
