// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <linux/slab.h>
#include <rdma/ib_umem.h>
#include <rdma/ib_verbs.h>

struct mr {
	struct ib_mr ibmr;
	struct page *page;
	void *wr;
	u64 dma[4];
};

int mr_register(struct mr *mr, unsigned long addr);
int mr_map(struct ib_device *ibdev, struct mr *mr);
int mr_map_sg(struct ib_device *ibdev, struct scatterlist *sg, struct mr *mr);

int mr_register(struct mr *mr, unsigned long addr)
{
	mr->wr = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!mr->wr)
		return -ENOMEM;
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &mr->page) != 1)
		return -EFAULT;
	return 0;
}

int mr_map(struct ib_device *ibdev, struct mr *mr)
{
	mr->dma[0] = ib_dma_map_page(ibdev, mr->page, 0, PAGE_SIZE,
				     DMA_BIDIRECTIONAL);
	mr->dma[1] = ib_dma_map_single(ibdev, mr->wr, PAGE_SIZE,
				       DMA_TO_DEVICE);
	mr->dma[2] = ib_dma_map_single(ibdev, page_address(mr->page),
				       PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int mr_map_sg(struct ib_device *ibdev, struct scatterlist *sg, struct mr *mr)
{
	sg_init_table(sg, 1);
	sg_set_page(sg, mr->page, PAGE_SIZE, 0);
	if (ib_dma_map_sg_attrs(ibdev, sg, 1, DMA_BIDIRECTIONAL,
				DMA_ATTR_REQUIRE_COHERENT))
		return 0;
	return ib_dma_map_sg(ibdev, sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

/*
 * check-name: RDMA's inline functions for pages, addresses and tables
 * check-output-start
 * rdma-inlines.c:30:15: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-inlines.c:23:6: note: pages come from pin_user_pages_fast() into struct mr.page
 * rdma-inlines.c:34:15: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-inlines.c:23:6: note: pages come from pin_user_pages_fast() into struct mr.page
 * rdma-inlines.c:46:9: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-inlines.c:23:6: note: pages come from pin_user_pages_fast() into struct mr.page
 * rdma-inlines.c:42:2: note: sg_set_page() puts struct mr.page into 'sg'
 * check-output-end
 */
