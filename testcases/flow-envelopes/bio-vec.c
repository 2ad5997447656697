// SPDX-License-Identifier: GPL-2.0-only
#include <linux/bvec.h>
#include <linux/dma-mapping.h>
#include <linux/mm.h>

struct user_vec {
	struct bio_vec bvec[8];
	dma_addr_t dma[8];
};

struct kernel_vec {
	struct bio_vec bvec;
	dma_addr_t dma;
};

int user_fill(struct user_vec *vec, struct page **pages, unsigned long addr);
int user_map(struct device *dev, struct user_vec *vec);
int kernel_map(struct device *dev, struct kernel_vec *vec);

int user_fill(struct user_vec *vec, struct page **pages, unsigned long addr)
{
	int i;

	if (pin_user_pages_fast(addr, 8, FOLL_LONGTERM, pages) != 8)
		return -EFAULT;
	for (i = 0; i < 8; i++)
		bvec_set_page(&vec->bvec[i], pages[i], PAGE_SIZE, 0);
	return 0;
}

int user_map(struct device *dev, struct user_vec *vec)
{
	struct bio_vec *bv;

	for (bv = vec->bvec; bv < vec->bvec + 8; bv++) {
		dma_addr_t dma = dma_map_page(dev, bv->bv_page, bv->bv_offset,
					      bv->bv_len, DMA_BIDIRECTIONAL);

		if (dma_mapping_error(dev, dma))
			return -EIO;
		vec->dma[bv - vec->bvec] = dma;
	}
	return 0;
}

int kernel_map(struct device *dev, struct kernel_vec *vec)
{
	vec->bvec.bv_page = alloc_page(GFP_KERNEL);
	if (!vec->bvec.bv_page)
		return -ENOMEM;
	vec->dma = dma_map_phys(dev, bvec_phys(&vec->bvec), PAGE_SIZE,
				DMA_BIDIRECTIONAL, 0);
	return dma_mapping_error(dev, vec->dma);
}

/*
 * check-name: pages in a bio_vec
 * check-output-start
 * bio-vec.c:36:20: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * bio-vec.c:24:6: note: pages come from pin_user_pages_fast() into 'pages'
 * bio-vec.c:27:3: note: bvec_set_page() puts 'pages' into struct user_vec.bvec
 * bio-vec.c:35:7: note: read from struct user_vec.bvec
 * check-output-end
 */
