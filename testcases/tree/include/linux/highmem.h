/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>

void *kmap_local_page(const struct page *page);
void kunmap_local(const void *addr);

#endif
