// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory regions, done right: the mapping fails where it would need a bounce
 * buffer or cache maintenance.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <rdma/ib_umem.h>
#include "demo.h"

struct ib_mr *demo_reg_user_mr(struct ib_pd *pd, u64 start, u64 length,
			       u64 virt_addr, int access,
			       struct ib_udata *udata)
{
	struct demo_mr *mr;
	int ret, pinned;

	mr = kzalloc(sizeof(*mr), GFP_KERNEL);
	if (!mr)
		return ERR_PTR(-ENOMEM);

	mr->ibmr.device = pd->device;
	mr->npages = DIV_ROUND_UP(offset_in_page(start) + length, PAGE_SIZE);
	mr->dma_attrs = DMA_ATTR_REQUIRE_COHERENT;
	if (access & IB_ACCESS_RELAXED_ORDERING)
		mr->dma_attrs |= DMA_ATTR_WEAK_ORDERING;

	ret = -ENOMEM;
	mr->pages = kvmalloc_array(mr->npages, sizeof(*mr->pages), GFP_KERNEL);
	if (!mr->pages)
		goto err_free;

	pinned = pin_user_pages_fast(start & PAGE_MASK, mr->npages,
				     FOLL_WRITE | FOLL_LONGTERM, mr->pages);
	ret = pinned < 0 ? pinned : -EFAULT;
	if (pinned != mr->npages)
		goto err_unpin;

	ret = sg_alloc_table_from_pages(&mr->sgt, mr->pages, mr->npages,
					offset_in_page(start), length,
					GFP_KERNEL);
	if (ret)
		goto err_unpin;

	ret = ib_dma_map_sgtable_attrs(pd->device, &mr->sgt, DMA_BIDIRECTIONAL,
				       mr->dma_attrs);
	if (ret)
		goto err_table;
	return &mr->ibmr;

err_table:
	sg_free_table(&mr->sgt);
err_unpin:
	if (pinned > 0)
		unpin_user_pages(mr->pages, pinned);
	kvfree(mr->pages);
err_free:
	kfree(mr);
	return ERR_PTR(ret);
}

int demo_dereg_mr(struct ib_mr *ibmr)
{
	struct demo_mr *mr = container_of(ibmr, struct demo_mr, ibmr);

	ib_dma_unmap_sgtable_attrs(ibmr->device, &mr->sgt, DMA_BIDIRECTIONAL,
				   mr->dma_attrs);
	sg_free_table(&mr->sgt);
	unpin_user_pages_dirty_lock(mr->pages, mr->npages, true);
	kvfree(mr->pages);
	kfree(mr);
	return 0;
}
