// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>

/* What an initialiser leaves out is zero, and so is what kzalloc() gives. */
struct request {
	struct page *page;
	enum dma_data_direction dir;
	unsigned long attrs;
};

struct object {
	struct page *page;
	unsigned long attrs;
};

int map_request(struct device *dev, unsigned long addr, dma_addr_t *dma);
int map_object(struct device *dev, unsigned long addr, dma_addr_t *dma);

int map_request(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct request req = { .dir = DMA_BIDIRECTIONAL };

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &req.page) != 1)
		return -EFAULT;
	*dma = dma_map_page_attrs(dev, req.page, 0, PAGE_SIZE, req.dir,
				  req.attrs);
	return dma_mapping_error(dev, *dma);
}

int map_object(struct device *dev, unsigned long addr, dma_addr_t *dma)
{
	struct object *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (!obj)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &obj->page) != 1)
		return -EFAULT;
	*dma = dma_map_page_attrs(dev, obj->page, 0, PAGE_SIZE,
				  DMA_BIDIRECTIONAL, obj->attrs);
	return dma_mapping_error(dev, *dma);
}

/*
 * check-name: attributes in a field that nobody sets
 * check-known-to-fail: a field that is never set is not known to be zero
 * check-output-start
 * unset.c:27:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * unset.c:25:6: note: pages come from pin_user_pages_fast() into struct request.page
 * unset.c:40:9: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * unset.c:38:6: note: pages come from pin_user_pages_fast() into struct object.page
 * check-output-end
 */
