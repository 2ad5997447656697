/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _RDMA_IB_UMEM_H
#define _RDMA_IB_UMEM_H

#include <linux/scatterlist.h>

struct ib_device;

struct ib_umem {
	struct ib_device	*ibdev;
	size_t			length;
	unsigned long		address;
	unsigned long		dma_attrs;
	struct sg_append_table	sgt_append;
};

#endif
