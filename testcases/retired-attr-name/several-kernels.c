// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#if defined(DMA_ATTR_DEBUGGING_IGNORE_CACHELINES)
#define MY_ATTRS DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
#elif defined(DMA_ATTR_CPU_CACHE_CLEAN)
#define MY_ATTRS DMA_ATTR_CPU_CACHE_CLEAN
#else
#define MY_ATTRS 0
#endif

#ifndef DMA_ATTR_REQUIRE_COHERENT
#define DMA_ATTR_REQUIRE_COHERENT 0
#endif

#ifdef DMA_ATTR_OF_TOMORROW
#define MORE_ATTRS DMA_ATTR_OF_TOMORROW
#else
#define MORE_ATTRS DMA_ATTR_REQUIRE_COHERENT
#endif

unsigned long my_attrs(void);

unsigned long my_attrs(void)
{
	return MY_ATTRS | MORE_ATTRS;
}

/*
 * check-name: a driver that asks what the kernel has
 * check-output-start
 * check-output-end
 */
