// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

#define DEMO_USER	1u
#define DEMO_WEAK	2u

int map(struct device *dev, unsigned long addr, unsigned int flags,
	dma_addr_t dma[3]);

/* From the flags of an ioctl, in a variable that is just wide enough. */
static u32 to_attrs(unsigned int flags)
{
	u32 attrs = 0;

	if (flags & DEMO_USER)
		attrs |= DMA_ATTR_REQUIRE_COHERENT;
	if (flags & DEMO_WEAK)
		attrs |= DMA_ATTR_WEAK_ORDERING;
	return attrs;
}

int map(struct device *dev, unsigned long addr, unsigned int flags,
	dma_addr_t dma[3])
{
	const int coherent = DMA_ATTR_REQUIRE_COHERENT;
	const int weak = DMA_ATTR_WEAK_ORDERING;
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	dma[0] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    to_attrs(flags));
	dma[1] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    coherent);
	dma[2] = dma_map_page_attrs(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL,
				    weak);
	return 0;
}

/*
 * check-name: attributes in other types of number, from flags of an ioctl
 * check-output-start
 * narrow.c:36:11: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * narrow.c:30:6: note: pages come from pin_user_pages_fast() into 'page'
 * check-output-end
 */
