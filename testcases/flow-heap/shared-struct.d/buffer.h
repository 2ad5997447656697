/* SPDX-License-Identifier: GPL-2.0-only */
/* A struct of the core that many drivers use. */
struct buffer {
	struct device *dev;
	struct page *pages[4];
	struct sg_table sgt;
};
