/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_PLACEHOLDER_H
#define LIB_PLACEHOLDER_H
#include "lib/compat.h"
/*
 * Texts that hold paths, written so that they are the same wherever the source
 * tree and its output tree are: what is kept in the cache folder stays good for
 * another worktree of the same commit, or when the cache folder was moved.
 */
struct places {
	const char *root;	/* of the source tree, absolute, normalised */
	const char *out;	/* the output tree, or NULL */
};

/*
 * `text` with "%S" for each place where it names the source tree and "%O" for
 * the output tree, and "%%" for "%". The caller frees it.
 */
char *placeholder_hide(const char *text, const struct places *places);

/* The other way round. */
char *placeholder_show(const char *text, const struct places *places);

#endif
