/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_GFP_VALUES_H
#define RULES_COMMON_GFP_VALUES_H
#include "rules/common/scan.h"
/*
 * The gfp flags that a call of an allocating function passes, as far as its
 * own function says: constants, and locals that constants are assigned to.
 */

/* include/linux/gfp_types.h; the same in 6.12 and in 7.2 */
#define GFP_BIT_DMA UINT64_C(0x01)
#define GFP_BIT_HIGHMEM UINT64_C(0x02)
#define GFP_BIT_DMA32 UINT64_C(0x04)
#define GFP_ZONE (GFP_BIT_DMA | GFP_BIT_HIGHMEM | GFP_BIT_DMA32)
#define GFP_BITS_RECLAIM UINT64_C(0xc00)

/* Call `visit` for each constant that reaches argument `api->gfp` of `op`. */
void gfp_each(const struct scan *s, const struct op *op,
	      const struct api_function *api,
	      void (*visit)(const struct scan *s, const struct op *op,
			    const struct api_function *api, uint64_t bits,
			    void *data),
	      void *data);

#endif
