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

/* What to run: the rule `patch` ("wc-free") on the C file at `path`. */
struct spatch_job {
	const char *patch, *path;
	const char *const *defines;	/* for -D: "fn=NAME" */
	size_t nr_defines;		/* SPATCH_DEFINES at most */
};
#define SPATCH_DEFINES 8

/*
 * Run it; the file is rewritten in place. NULL, or why it did not work; the
 * caller frees it.
 */
char *spatch_run(const struct spatch *spatch, const struct spatch_job *what);

void spatch_release(struct spatch *spatch);

#endif
