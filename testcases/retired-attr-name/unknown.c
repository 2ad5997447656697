// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define DMA_ATTR_OWN_DEFAULT 0
#define FA1_DMA_ATTR_PER_FUNC_SHIFT 24
#define GET(value, field) ((value) >> FA1_##field##_SHIFT)
#define ATTR(name) DMA_ATTR_##name

enum own {
	DMA_ATTR_OWN_A,
	DMA_ATTR_OWN_B = DMA_ATTR_OWN_A + 2, DMA_ATTR_OWN_C,
};

/* The compiler does not see it. */
#define MISSPELT DMA_ATTR_REQUIRE_COHERANT

unsigned long all(unsigned long value);

/* DMA_ATTR_FOO stands for any of them. */
unsigned long all(unsigned long value)
{
	value |= GET(value, DMA_ATTR_PER_FUNC) | ATTR(MMIO);
	return value | DMA_ATTR_OWN_DEFAULT | DMA_ATTR_OWN_B | DMA_ATTR_OWN_C;
}

/*
 * check-name: a name that nobody defines
 * check-output-start
 * unknown.c:15:18: error: neither Linux 7.2.0-sample nor any header defines DMA_ATTR_REQUIRE_COHERANT [retired-attr-name]
 * check-output-end
 */
