// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* DMA_ATTR_CPU_CACHE_CLEAN says that the cache is clean. */
const char *name_of(void);	// DMA_ATTR_REQUIRE_COHERENCE

/* The compiler sees none of these. */
#define OLD_ATTRS	DMA_ATTR_CPU_CACHE_CLEAN
#define PROPOSED(x)	((x) | DMA_ATTR_CPU_CACHE_OVERLAP | \
			 DMA_ATTR_REQUIRE_COHERENCE)
#define REMOVED		(DMA_ATTR_NON_CONSISTENT | DMA_ATTR_SYS_CACHE_ONLY)
#define MY_EXPORT(x)	EXPORT_SYMBOL_GPL_FOR_MODULES(x, "kvm")

const char *name_of(void)
{
	return "DMA_ATTR_CC_DECRYPTED";
}
