/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_UNSEEN_H
#define ANALYSIS_UNSEEN_H
#include "lib/compat.h"

struct analysis;
struct intern_pool;
struct lexicon;

/*
 * Add to the run's coverage the calls of functions in `names` that the text of
 * `files` has and their facts have not: those of files that were not read, and
 * those that clang dropped because of an error, with the reason. These files
 * are the ones that were not read, or not without errors.
 */
void unseen_find(struct analysis *run, const struct lexicon *lexicon,
		 const struct intern_pool *files, const struct intern_pool *names);

#endif
