/* SPDX-License-Identifier: GPL-2.0-only */
struct acme_core;
struct acme_handle;

int acme_core_lock_user(struct acme_core *core, u64 addr, int nr,
			struct acme_handle **handle, unsigned int flags);
struct page *acme_core_one_page(struct acme_core *core, u64 addr);
struct acme_handle *acme_core_alloc(struct acme_core *core, int nr);
int acme_core_fill_table(struct acme_core *core, struct acme_handle *handle,
			 struct sg_table *sgt);
int acme_core_map_table(struct acme_core *core, struct sg_table *sgt, int dir,
			unsigned long attrs);
void acme_core_give_to_cpu(struct acme_core *core, struct sg_table *sgt);
