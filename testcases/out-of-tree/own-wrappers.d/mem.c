// SPDX-License-Identifier: GPL-2.0-only
/* module: acme */
#include "compat.h"

struct acme_mem {
	struct acme_pages user;
	dma_addr_t first;
};

int acme_mem_register(struct device *dev, struct acme_mem *mem, u64 addr,
		      size_t len);

int acme_mem_register(struct device *dev, struct acme_mem *mem, u64 addr,
		      size_t len)
{
	int ret = acme_pin_user_pages(&mem->user, addr, len);

	if (!ret)
		ret = acme_pages_to_sgt(&mem->user);
	if (!ret)
		ret = acme_dma_map_sgtable(dev, mem->user.sgt,
					   DMA_BIDIRECTIONAL);
	if (!ret)
		mem->first = acme_map_first(dev, &mem->user);
	return ret;
}
