/* SPDX-License-Identifier: GPL-2.0-only */
struct core_object;

struct core_ops {
	struct sg_table *(*get_table)(struct core_object *obj);
};

struct core_object {
	const struct core_ops *ops;
	struct device *dev;
};

int core_map(struct core_object *obj);
