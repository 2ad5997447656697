/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_ALLOW_H
#define FIX_ALLOW_H
#include "lib/compat.h"
#include "fix/fix.h"
/*
 * Only some modules may use DMA_ATTR_REQUIRE_COHERENT. What a fix gives the
 * attribute to is to be allowed by the same patch, else the next check
 * complains.
 */
struct fix_allow {
	const char *conf;	/* the file, at the top of the tree or module */
	/* Whether something allows it already. */
	bool (*allowed)(const char *module, const char *attribute,
			const void *data);
	const void *data;
};

/*
 * Add an [allow] entry to the file, in the workspace, for each module that
 * needs one; fix->nr_allowed is their number. 0, or -1 after an error().
 */
int fix_allow(struct fix *fix, const struct program *program,
	      const struct fix_allow *allow);

#endif
