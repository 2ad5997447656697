/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HMM_H
#define _LINUX_HMM_H

#include <linux/mm.h>

struct mmu_interval_notifier;

#define HMM_PFN_VALID	(1UL << 63)
#define HMM_PFN_WRITE	(1UL << 62)
#define HMM_PFN_FLAGS	(0xffUL << 56)
#define HMM_PFN_REQ_FAULT	HMM_PFN_VALID

static inline struct page *hmm_pfn_to_page(unsigned long hmm_pfn)
{
	return pfn_to_page(hmm_pfn & ~HMM_PFN_FLAGS);
}

static inline phys_addr_t hmm_pfn_to_phys(unsigned long hmm_pfn)
{
	return __pfn_to_phys(hmm_pfn & ~HMM_PFN_FLAGS);
}

struct hmm_range {
	struct mmu_interval_notifier *notifier;
	unsigned long		notifier_seq;
	unsigned long		start;
	unsigned long		end;
	unsigned long		*hmm_pfns;
	unsigned long		default_flags;
	unsigned long		pfn_flags_mask;
	void			*dev_private_owner;
};

int hmm_range_fault(struct hmm_range *range);

#endif
