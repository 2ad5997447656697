/* SPDX-License-Identifier: GPL-2.0-only */
/* DMA_ATTR_CPU_CACHE_CLEAN as the kernel has it. */
#define DMA_ATTR_CPU_CACHE_CLEAN	(1UL << 11)
#define DMA_ATTR_DEBUGGING_IGNORE_CACHELINES	0
