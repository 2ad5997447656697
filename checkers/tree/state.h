/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_STATE_H
#define TREE_STATE_H
#include "lib/compat.h"
/*
 * The state of a folder in one number: which files there are in it, at any
 * depth, and the stamp (walk.h) of each. As long as the number is the same, no
 * file has come, gone or changed. Repositories (.git) do not count, nor do the
 * cache, what stdout and stderr go to, and files that state_ignores().
 */

struct state_options {
	const char *cache;	/* dmacheck's, which does not count */
	bool is_output;		/* an output tree: its link "source" may lead anywhere */
	unsigned int jobs;	/* threads */
};

/*
 * The state of `dir`. False if it says nothing: a file changed so recently that
 * another change might not show in its stamp, a link leads to a folder
 * elsewhere, or something cannot be looked at.
 */
bool folder_state(const char *dir, const struct state_options *opt,
		  uint64_t *state);

/* Whether a file is called like a report, a log, a patch or a backup. */
bool state_ignores(const char *name);

#endif
