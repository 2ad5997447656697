/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_SPATCH_H
#define FIX_SPATCH_H
#include "lib/compat.h"
/*
 * Runs Coccinelle's spatch with the rules of semantic-patches/.
 */

/*
 * Seconds that one function may take, unless DMACHECK_SPATCH_TIMEOUT in the
 * environment says another number.
 */
#define SPATCH_TIMEOUT 60

struct spatch {
	char *program;		/* absolute; NULL: there is none */
	char *folder;		/* semantic-patches/ */
	char *unusable;		/* why it cannot be used, or NULL */
	unsigned int timeout;	/* seconds */
};

/*
 * Find spatch and ask its version; `patches` is where the rules are, NULL if
 * nowhere. Where it cannot be used `unusable` says why and what to do; that is
 * no error yet. 0, or -1 after an error(): DMACHECK_SPATCH_TIMEOUT is wrong.
 */
int spatch_open(struct spatch *spatch, const char *patches);

/*
 * Run the rule `patch` ("wc-free") on `function` of the C file at `path`,
 * which is rewritten in place; `attr` goes to the rule's name of that name and
 * may be NULL. NULL, or why it did not work; the caller frees it.
 */
char *spatch_run(const struct spatch *spatch, const char *patch,
		 const char *function, const char *attr, const char *path);

void spatch_release(struct spatch *spatch);

#endif
