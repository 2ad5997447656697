/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SHARE_H
#define ANALYSIS_SHARE_H
#include "lib/compat.h"
#include "lib/intern.h"

struct lexicon;

/*
 * Reading a tree in parts, each by a process that knows nothing of the others.
 * Which files are whose depends on the list of files and their sizes only, not on
 * what is kept already.
 */
struct share {
	unsigned int part, parts;	/* from 1; parts 0: no file is anybody's */
};

/*
 * Add to `own` those of the `nr` files that are this part's. The shares are even in
 * the time that reading takes.
 */
void share_files(const struct share *share, const struct lexicon *lexicon,
		 const char *const *files, size_t nr, struct intern_pool *own);

#endif
