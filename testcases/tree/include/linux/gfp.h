/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/types.h>

#define __GFP_NOWARN	((__force gfp_t)0x2000u)
#define __GFP_ZERO	((__force gfp_t)0x100u)
#define __GFP_COMP	((__force gfp_t)0x40000u)
#define GFP_KERNEL	((__force gfp_t)0xcc0u)
#define GFP_ATOMIC	((__force gfp_t)0x820u)
#define GFP_NOWAIT	((__force gfp_t)0x800u)
#define GFP_DMA		((__force gfp_t)0x01u)
#define GFP_DMA32	((__force gfp_t)0x04u)

struct page;

struct page *alloc_pages_noprof(gfp_t gfp, unsigned int order);
#define alloc_pages(...)	alloc_pages_noprof(__VA_ARGS__)
#define alloc_page(gfp)		alloc_pages(gfp, 0)
void __free_pages(struct page *page, unsigned int order);
#define __free_page(page)	__free_pages((page), 0)
unsigned long get_free_pages_noprof(gfp_t gfp, unsigned int order);
#define __get_free_pages(...)	get_free_pages_noprof(__VA_ARGS__)
#define __get_free_page(gfp)	__get_free_pages((gfp), 0)
unsigned long get_zeroed_page(gfp_t gfp);
void free_pages(unsigned long addr, unsigned int order);
#define free_page(addr)		free_pages((addr), 0)

#endif
