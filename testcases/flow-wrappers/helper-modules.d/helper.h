/* SPDX-License-Identifier: GPL-2.0-only */
int helper_map(struct device *dev, struct sg_table *sgt, unsigned long attrs);
