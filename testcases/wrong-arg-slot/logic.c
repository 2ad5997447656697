// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#pragma GCC diagnostic ignored "-Wconstant-logical-operand"
#pragma GCC diagnostic ignored "-Wtautological-constant-compare"
#pragma GCC diagnostic ignored "-Wuninitialized"

int wrong(unsigned long attrs);
unsigned long unset(bool warn);
int right(unsigned long attrs);
unsigned long set(bool warn);
unsigned long of_caller(unsigned long attrs);
void get_attrs(unsigned long *attrs);
unsigned long from_elsewhere(void);

int wrong(unsigned long attrs)
{
	int n = 0;

	if (attrs && DMA_ATTR_NO_WARN)
		n++;
	if (attrs || DMA_ATTR_SKIP_CPU_SYNC)
		n++;
	if (attrs & !DMA_ATTR_WEAK_ORDERING)
		n++;
	return n;
}

unsigned long unset(bool warn)
{
	unsigned long attrs;

	if (!warn)
		attrs |= DMA_ATTR_NO_WARN;
	return attrs;
}

/* All of these are right. */
int right(unsigned long attrs)
{
	int n = 0;

	if (attrs && (attrs & DMA_ATTR_NO_WARN))
		n++;
	if (attrs & (DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_NO_WARN) || !n)
		n++;
	if (!(attrs & DMA_ATTR_WEAK_ORDERING))
		n++;
	if (attrs == DMA_ATTR_NO_WARN)
		n++;
	return n;
}

unsigned long set(bool warn)
{
	unsigned long attrs = 0;

	if (!warn)
		attrs |= DMA_ATTR_NO_WARN;
	return attrs;
}

unsigned long of_caller(unsigned long attrs)
{
	attrs |= DMA_ATTR_NO_WARN;
	return attrs;
}

unsigned long from_elsewhere(void)
{
	unsigned long attrs;

	get_attrs(&attrs);
	attrs |= DMA_ATTR_NO_WARN;
	return attrs;
}

/*
 * check-name: attributes that are tested or set in the wrong way
 * check-exit: 1
 * check-output-start
 * logic.c:20:15: error: DMA_ATTR_NO_WARN is used as a truth value, which is always true: use & or | [wrong-arg-slot]
 * logic.c:22:15: error: DMA_ATTR_SKIP_CPU_SYNC is used as a truth value, which is always true: use & or | [wrong-arg-slot]
 * logic.c:24:15: error: DMA_ATTR_WEAK_ORDERING is used as a truth value, which is always true: use & or | [wrong-arg-slot]
 * logic.c:34:3: error: DMA_ATTR_NO_WARN is ORed into attrs, which is uninitialized [wrong-arg-slot]
 * check-output-end
 */
