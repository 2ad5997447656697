/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef IB_DEMO_H
#define IB_DEMO_H

#include <linux/scatterlist.h>
#include <rdma/ib_verbs.h>

/* A memory region: user memory that the device reads and writes at will. */
struct demo_mr {
	struct ib_mr ibmr;
	struct page **pages;
	unsigned int npages;
	struct sg_table sgt;
	unsigned long dma_attrs;
};

/* The page in user memory on which user space rings for the device. */
struct demo_doorbell {
	struct page *page;
	struct scatterlist sg;
};

struct ib_mr *demo_reg_user_mr(struct ib_pd *pd, u64 start, u64 length,
			       u64 virt_addr, int access,
			       struct ib_udata *udata);
int demo_dereg_mr(struct ib_mr *ibmr);

int demo_map_doorbell(struct ib_device *ibdev, struct demo_doorbell *db,
		      u64 uaddr);
void demo_unmap_doorbell(struct ib_device *ibdev, struct demo_doorbell *db);

#endif
