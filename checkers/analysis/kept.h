/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_KEPT_H
#define ANALYSIS_KEPT_H
#include "lib/compat.h"

struct analysis;

/*
 * The whole result of a run, kept in the store for the next one like it: where
 * nothing at all has changed, nothing is read. Whether something has is seen by
 * the stamps of all files in the source tree and in its output tree
 * (tree/state.h), the content of the .conf files, the options, the tools and
 * this very dmacheck. DMACHECK_NO_RESULTS=1 does without.
 *
 * A run for a fix, a change, a module or single files has no such result. One
 * in which a process crashed or a file took too long leaves none.
 */
struct kept {
	bool possible;		/* there is something to be kept */
	uint64_t key;
	int said;		/* what was said meanwhile (lib/diag.h), or -1 */
};
#define KEPT_INIT { .said = -1 }

/*
 * Whether such a run has left its result: it is in run->result then, with all
 * that the report needs and without the program and the flow. The cache is
 * open. If not, what warning() and note() say from here on is recorded.
 */
bool kept_recall(struct kept *kept, struct analysis *run);

/* Keep the result of the run, which has ended well. */
void kept_keep(struct kept *kept, struct analysis *run);

void kept_release(struct kept *kept);

#endif
