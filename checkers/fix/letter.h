/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_LETTER_H
#define FIX_LETTER_H
#include "lib/compat.h"
#include "fix/fix.h"
#include "lib/strbuf.h"
/*
 * The subject and the changelog of a patch. Text is added to `out`, wrapped at
 * 75 columns, each paragraph with an empty line behind it.
 */

/* The outcomes that one patch is made of, and the files that it changes. */
struct letter {
	const struct fix_outcome **outcomes;
	size_t nr, alloc;
	const char **files;
	size_t nr_files, alloc_files;
	const char *renamed;	/* "OLD to NEW", or NULL */
};

/* What the patch does, without a prefix; the caller frees it. */
char *letter_subject(const struct letter *letter);

/* What is wrong, what happens and what the patch does. */
void letter_reason(struct strbuf *out, const struct letter *letter);

/* Whether it is a bug, which a commit introduced. */
bool letter_fixes(const struct fix_outcome *outcome);

/* The findings with their traces, and the rules and semantic patches. */
void letter_quote(struct strbuf *out, const struct letter *letter);

/* Each line of `text` as a paragraph. */
void letter_wrap(struct strbuf *out, const char *text);

#endif
