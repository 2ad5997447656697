// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* The addresses are kept in an array, the pages nowhere. */
struct umem {
	int nr;
	dma_addr_t *dma;
};

struct other {
	dma_addr_t *dma;
};

int umem_open(struct device *dev, struct umem *umem, struct page **pages,
	      unsigned long addr);
void umem_sync(struct device *dev, struct umem *umem, int i);
int other_open(struct device *dev, struct other *other, struct page **pages,
	       unsigned long addr);

static int map_all(struct device *dev, struct page **pages, int n,
		   dma_addr_t *dma)
{
	int i;

	for (i = 0; i < n; i++) {
		dma[i] = dma_map_page(dev, pages[i], 0, PAGE_SIZE,
				      DMA_BIDIRECTIONAL);
		if (dma_mapping_error(dev, dma[i]))
			return -EIO;
	}
	return 0;
}

int umem_open(struct device *dev, struct umem *umem, struct page **pages,
	      unsigned long addr)
{
	if (pin_user_pages_fast(addr, umem->nr, FOLL_LONGTERM, pages) !=
	    umem->nr)
		return -EFAULT;
	return map_all(dev, pages, umem->nr, umem->dma);
}

void umem_sync(struct device *dev, struct umem *umem, int i)
{
	dma_addr_t dma = umem->dma[i];

	dma_sync_single_for_device(dev, dma, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

int other_open(struct device *dev, struct other *other, struct page **pages,
	       unsigned long addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, pages) != 1)
		return -EFAULT;
	other->dma[0] = dma_map_page(dev, pages[0], 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	return 0;
}

/*
 * check-name: handed over by addresses that a helper put into an array
 * check-output-start
 * sync-single-kept.c:56:18: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * sync-single-kept.c:54:6: note: pages come from pin_user_pages_fast() into 'pages'
 * check-output-end
 */
