/* SPDX-License-Identifier: GPL-2.0-only */
struct object;

struct object_ops {
	int (*get_pages)(struct object *obj);
};

struct object {
	const struct object_ops *ops;
	unsigned long addr;
	struct sg_table *pages;
};

extern const struct object_ops userptr_ops;

int object_pin(struct object *obj);
int object_bind(struct device *dev, struct object *obj);
