// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

unsigned long my_attrs(bool is_cache_clean);

unsigned long my_attrs(bool is_cache_clean)
{
	return is_cache_clean ? DMA_ATTR_CPU_CACHE_CLEAN : 0;
}
