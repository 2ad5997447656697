/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_SPATCH_H
#define FIX_SPATCH_H
#include "lib/compat.h"
/*
 * Runs Coccinelle's spatch with the rules of semantic-patches/.
 */

/*
 * Seconds that spatch may take for one function; DMACHECK_SPATCH_TIMEOUT in the
 * environment overrides it.
 */
#define SPATCH_TIMEOUT 60

struct spatch {
	char *program;		/* absolute; NULL: there is none */
	char *folder;		/* semantic-patches/ */
	char *unusable;		/* why it cannot be used, or NULL */
	unsigned int timeout;	/* seconds */
};

/*
 * Find spatch and check its version; `patches` is the folder of the rules, or
 * NULL. If it cannot be used, `unusable` says why and what to do, which is not
 * an error yet. 0, or -1 after an error(): DMACHECK_SPATCH_TIMEOUT is wrong.
 */
int spatch_open(struct spatch *spatch, const char *patches);

/* Run the rule `patch` ("wc-free") on the C file at `path`. */
struct spatch_job {
	const char *patch, *path;
	const char *const *defines;	/* for -D: "fn=NAME" */
	size_t nr_defines;		/* SPATCH_DEFINES at most */
};
#define SPATCH_DEFINES 8

/*
 * Run it; the file is rewritten in place. Returns NULL, or why it failed; the
 * caller frees it.
 */
char *spatch_run(const struct spatch *spatch, const struct spatch_job *what);

void spatch_release(struct spatch *spatch);

#endif
