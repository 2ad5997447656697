// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_umem.h>
#include <rdma/ib_verbs.h>

int map_doorbell(struct ib_device *ibdev, struct scatterlist *sg,
		 unsigned long addr);
int map_page(struct ib_device *ibdev, unsigned long addr, u64 *dma);
int map_umem(struct ib_umem *umem, struct page **pages, int n);
int map_umem_plain(struct ib_device *ibdev, struct sg_table *sgt,
		   unsigned long addr, struct page **pages, int n);

int map_doorbell(struct ib_device *ibdev, struct scatterlist *sg,
		 unsigned long addr)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	sg_init_table(sg, 1);
	sg_set_page(sg, page, PAGE_SIZE, 0);
	return ib_dma_map_sg(ibdev, sg, 1, DMA_BIDIRECTIONAL) ? 0 : -EIO;
}

int map_page(struct ib_device *ibdev, unsigned long addr, u64 *dma)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	*dma = ib_dma_map_page(ibdev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return 0;
}

int map_umem(struct ib_umem *umem, struct page **pages, int n)
{
	umem->dma_attrs = DMA_ATTR_REQUIRE_COHERENT;
	if (pin_user_pages_fast(umem->address, n, FOLL_LONGTERM, pages) != n)
		return -EFAULT;
	if (sg_alloc_append_table_from_pages(&umem->sgt_append, pages, n, 0,
					     umem->length, UINT_MAX, 0,
					     GFP_KERNEL))
		return -ENOMEM;
	return ib_dma_map_sgtable_attrs(umem->ibdev, &umem->sgt_append.sgt,
					DMA_BIDIRECTIONAL, umem->dma_attrs);
}

int map_umem_plain(struct ib_device *ibdev, struct sg_table *sgt,
		   unsigned long addr, struct page **pages, int n)
{
	if (pin_user_pages_fast(addr, n, FOLL_LONGTERM, pages) != n)
		return -EFAULT;
	if (sg_alloc_table_from_pages(sgt, pages, n, 0, n * PAGE_SIZE,
				      GFP_KERNEL))
		return -ENOMEM;
	return ib_dma_map_sgtable_attrs(ibdev, sgt, DMA_BIDIRECTIONAL, 0);
}

/*
 * check-name: through the inline wrappers of RDMA
 * check-output-start
 * rdma-wrapper.c:23:9: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-wrapper.c:19:6: note: pages come from pin_user_pages_fast() into 'page'
 * rdma-wrapper.c:22:2: note: sg_set_page() puts 'page' into 'sg'
 * rdma-wrapper.c:32:9: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-wrapper.c:30:6: note: pages come from pin_user_pages_fast() into 'page'
 * rdma-wrapper.c:57:9: error: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
 * rdma-wrapper.c:52:6: note: pages come from pin_user_pages_fast() into 'pages'
 * rdma-wrapper.c:54:6: note: sg_alloc_table_from_pages() puts 'pages' into 'sgt'
 * check-output-end
 */
