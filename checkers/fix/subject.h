/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_SUBJECT_H
#define FIX_SUBJECT_H
#include "lib/compat.h"
/*
 * The prefix of a patch's subject: "drm/exynos: ". Maintainers filter by it,
 * and each subsystem has its own style.
 */
struct tree;

struct subject_style {
	char *prefix;		/* with the separator */
	bool capital;		/* the text behind it begins with a capital */
};

/*
 * The style of most of the last commits to `file`, if the tree has a git history
 * of its own; else one made from the path.
 */
struct subject_style subject_style(const struct tree *tree, const char *file);

/* The style made from the path. */
struct subject_style subject_style_of_path(const char *file);

/* The subject: prefix and `text`; the caller frees it. */
char *subject_join(const struct subject_style *style, const char *text);

void subject_style_release(struct subject_style *style);

#endif
