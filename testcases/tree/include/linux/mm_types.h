/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>

struct address_space;

struct page {
	unsigned long flags;
	unsigned long compound_head;
	struct address_space *mapping;
	unsigned long index;
	unsigned long private;
};

struct folio {
	union {
		struct {
			unsigned long flags;
			struct address_space *mapping;
			unsigned long index;
		};
		struct page page;
	};
};

struct mm_struct {
	unsigned long pinned_vm;
};

struct vm_area_struct {
	unsigned long vm_start, vm_end;
	struct mm_struct *vm_mm;
};

#endif
