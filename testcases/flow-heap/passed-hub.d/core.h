/* SPDX-License-Identifier: GPL-2.0-only */
/* What all drivers of the subsystem give to its core. */
struct core_buf {
	struct device *dev;
	struct page **pages;
	int nr;
	struct sg_table sgt;
};

int core_add(struct core_buf *buf);
int core_map(struct core_buf *buf);
