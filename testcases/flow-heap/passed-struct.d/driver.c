// SPDX-License-Identifier: GPL-2.0-only
/* module: odp-driver */
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "map.h"

int driver_fault(struct device *dev, struct odp *odp, unsigned long start);

int driver_fault(struct device *dev, struct odp *odp, unsigned long start)
{
	int ret = odp_fault(odp, start, 4);

	if (ret)
		return ret;
	if (pfn_map_link_right(dev, &odp->map, 0) == DMA_MAPPING_ERROR)
		return -EIO;
	if (pfn_map_link(dev, &odp->map, 1) == DMA_MAPPING_ERROR)
		return -EIO;
	return 0;
}
