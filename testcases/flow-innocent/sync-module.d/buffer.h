/* SPDX-License-Identifier: GPL-2.0-only */
struct buffer {
	struct page *pages[4];
	struct sg_table sgt;
};
