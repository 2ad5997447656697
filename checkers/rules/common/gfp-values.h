/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_GFP_VALUES_H
#define RULES_COMMON_GFP_VALUES_H
#include "rules/common/scan.h"
/*
 * The gfp flags that allocating functions are called with, as far as the calling
 * function shows: constants, and locals with constants.
 */

/* include/linux/gfp_types.h; the same from 5.10 to 7.2 */
#define GFP_BIT_DMA UINT64_C(0x01)
#define GFP_BIT_HIGHMEM UINT64_C(0x02)
#define GFP_BIT_DMA32 UINT64_C(0x04)
#define GFP_BIT_COMP UINT64_C(0x40000)
#define GFP_ZONE (GFP_BIT_DMA | GFP_BIT_HIGHMEM | GFP_BIT_DMA32)
#define GFP_BITS_RECLAIM UINT64_C(0xc00)

/*
 * Call `fn` for each constant that reaches the gfp argument of a call `op` of
 * a function `api` that allocates memory for DMA.
 */
void gfp_each(struct rule_run *run,
	      void (*fn)(const struct scan *s, const struct op *op,
			 const struct api_function *api, uint64_t gfp));

#endif
