/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/mm.h>

void __iomem *ioremap(phys_addr_t offset, size_t size);
void iounmap(volatile void __iomem *addr);
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count);

static inline phys_addr_t virt_to_phys(volatile void *address)
{
	return __pa(address);
}

#endif
