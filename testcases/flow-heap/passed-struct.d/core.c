// SPDX-License-Identifier: GPL-2.0-only
/* module: odp-core */
#include <linux/dma-mapping.h>
#include <linux/hmm.h>
#include <linux/module.h>
#include "map.h"

int odp_fault(struct odp *odp, unsigned long start, int n)
{
	struct hmm_range range = {
		.start = start,
		.end = start + n * PAGE_SIZE,
		.default_flags = HMM_PFN_REQ_FAULT,
	};
	int ret;

	ret = pfn_map_alloc(&odp->map, n);
	if (ret)
		return ret;
	range.hmm_pfns = &odp->map.pfn_list[0];
	return hmm_range_fault(&range);
}
EXPORT_SYMBOL_GPL(odp_fault);
