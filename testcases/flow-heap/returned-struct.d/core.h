/* SPDX-License-Identifier: GPL-2.0-only */
struct umem {
	unsigned long addr;
	int npages;
	struct page **pages;
	struct sg_table sgt;
};

struct umem *umem_get(unsigned long addr, int npages);
