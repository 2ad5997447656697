// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define DMA_ATTR_OWN_REGION	BIT(31)		/* of this driver */
#define DMA_ATTR_OWN_SHIFTED	(1UL << 30)
# define DMA_ATTR_OWN_NUMBER 0x20000000UL

unsigned long attrs(void);

unsigned long attrs(void)
{
	return DMA_ATTR_OWN_SHIFTED | DMA_ATTR_OWN_NUMBER;
}

/*
 * check-name: bits of a driver's own that are called like the core's
 * check-output-start
 * bit.c:4:9: warning: DMA_ATTR_OWN_REGION is a driver-private bit in the DMA_ATTR_ namespace, which may collide with a new attribute: use the driver's prefix [private-attr-namespace]
 * bit.c:5:9: warning: DMA_ATTR_OWN_SHIFTED is a driver-private bit in the DMA_ATTR_ namespace, which may collide with a new attribute: use the driver's prefix [private-attr-namespace]
 * bit.c:6:10: warning: DMA_ATTR_OWN_NUMBER is a driver-private bit in the DMA_ATTR_ namespace, which may collide with a new attribute: use the driver's prefix [private-attr-namespace]
 * check-output-end
 */
