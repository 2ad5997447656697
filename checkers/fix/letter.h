/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_LETTER_H
#define FIX_LETTER_H
#include "lib/compat.h"
#include "fix/fix.h"
/*
 * What a patch says about itself: its subject, what is wrong, how it was
 * found, how much it changes.
 */

/* Outcomes that one patch is made of, and the files that it changes. */
struct letter {
	const struct fix_outcome **outcomes;
	size_t nr, alloc;
	const char **files;	/* sorted */
	size_t nr_files, alloc_files;
	const char *renamed;	/* "OLD to NEW"; NULL: nothing was */
};

/* What the patch does, without the prefix; the caller frees it. */
char *letter_subject(const struct letter *letter);

/* Write what is wrong and what was done, wrapped at 75 columns. */
void letter_reason(const struct letter *letter, FILE *out);

/* Quote the findings with their traces, and name the rules. */
void letter_quote(const struct letter *letter, FILE *out);

/* Write `text` wrapped at 75 columns, and an empty line. */
void letter_wrap(const char *text, FILE *out);

/* Write what `git diff --stat` would say of the diff. */
void letter_stat(const char *diff, FILE *out);

#endif
