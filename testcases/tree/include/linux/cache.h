/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CACHE_H
#define _LINUX_CACHE_H

#define SMP_CACHE_BYTES		64
#define ARCH_DMA_MINALIGN	__alignof__(unsigned long long)
#define __aligned(x)		__attribute__((__aligned__(x)))
#define ____cacheline_aligned	__aligned(SMP_CACHE_BYTES)

#define __cacheline_group_begin(GROUP) \
	unsigned char __cacheline_group_begin__##GROUP[0]
#define __cacheline_group_end(GROUP) \
	unsigned char __cacheline_group_end__##GROUP[0]
#define __dma_from_device_group_begin(GROUP)	__cacheline_group_begin(GROUP)
#define __dma_from_device_group_end(GROUP)	__cacheline_group_end(GROUP)

#endif
