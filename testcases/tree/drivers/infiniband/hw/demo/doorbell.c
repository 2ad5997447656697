// SPDX-License-Identifier: GPL-2.0-only
/*
 * Doorbells, done wrong: the page is pinned and mapped, but where the mapping
 * is bounced the device never sees what user space writes.
 */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_umem.h>
#include "demo.h"

int demo_map_doorbell(struct ib_device *ibdev, struct demo_doorbell *db,
		      u64 uaddr)
{
	int ret;

	ret = pin_user_pages_fast(uaddr & PAGE_MASK, 1,
				  FOLL_WRITE | FOLL_LONGTERM, &db->page);
	if (ret < 0)
		return ret;

	sg_init_table(&db->sg, 1);
	sg_set_page(&db->sg, db->page, PAGE_SIZE, 0);
	if (ib_dma_map_sg(ibdev, &db->sg, 1, DMA_TO_DEVICE) != 1) {
		unpin_user_page(db->page);
		return -EIO;
	}
	return 0;
}

void demo_unmap_doorbell(struct ib_device *ibdev, struct demo_doorbell *db)
{
	ib_dma_unmap_sg(ibdev, &db->sg, 1, DMA_TO_DEVICE);
	unpin_user_page(db->page);
}
