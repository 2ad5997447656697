// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* Registers, numbers that are no bit, the driver's prefix. */
#define HINIC_DMA_ATTR_ST_MASK		BIT(7)
#define DMA_ATTR_AEQ_DEFAULT		0
#define DMA_ATTR_ENTRY_MASK		0x3f
#define OWN_DMA_ATTR_REGION		BIT(31)
#define DMA_ATTR_OWN_SET		(DMA_ATTR_MMIO | DMA_ATTR_NO_WARN)

/* What an older kernel lacks. */
#ifndef DMA_ATTR_OF_TOMORROW
#define DMA_ATTR_OF_TOMORROW		BIT(20)
#endif

unsigned long attrs(void);

unsigned long attrs(void)
{
	return DMA_ATTR_AEQ_DEFAULT | DMA_ATTR_ENTRY_MASK | DMA_ATTR_OWN_SET;
}

/*
 * check-name: definitions that are no bits of the core's attributes
 * check-output-start
 * check-output-end
 */
