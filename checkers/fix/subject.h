/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_SUBJECT_H
#define FIX_SUBJECT_H
#include "lib/compat.h"
/*
 * What the subjects of patches begin with: "drm/exynos: ". Maintainers filter
 * by it, and each of them has a way of their own.
 */
struct tree;

struct subject_style {
	char *prefix;		/* with what separates it from the rest */
	bool capital;		/* the rest begins with a capital letter */
};

/*
 * As most of the last commits to `file` have it, where the tree has a git
 * history of its own; else made from the path.
 */
struct subject_style subject_style(const struct tree *tree, const char *file);

/* The second of these alone. */
struct subject_style subject_style_of_path(const char *file);

/* The two together with `text`; the caller frees it. */
char *subject_join(const struct subject_style *style, const char *text);

void subject_style_release(struct subject_style *style);

#endif
