// SPDX-License-Identifier: GPL-2.0-only
/* module: core */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include "core.h"

struct umem *umem_get(unsigned long addr, int npages)
{
	struct umem *umem = kzalloc(sizeof(*umem), GFP_KERNEL);

	if (!umem)
		return ERR_PTR(-ENOMEM);
	umem->pages = kvmalloc_array(npages, sizeof(*umem->pages), GFP_KERNEL);
	if (!umem->pages)
		return ERR_PTR(-ENOMEM);
	umem->npages = pin_user_pages_fast(addr, npages, FOLL_LONGTERM,
					   umem->pages);
	if (umem->npages <= 0)
		return ERR_PTR(-EFAULT);
	return umem;
}
EXPORT_SYMBOL_GPL(umem_get);
