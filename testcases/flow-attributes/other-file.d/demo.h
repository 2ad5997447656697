/* SPDX-License-Identifier: GPL-2.0-only */
struct good_map {
	struct page *page;
	unsigned long attrs;
};

struct bad_map {
	struct page *page;
	unsigned long attrs;
};

void good_init(struct good_map *map);
void bad_init(struct bad_map *map);
