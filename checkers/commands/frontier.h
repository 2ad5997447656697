/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMMANDS_FRONTIER_H
#define COMMANDS_FRONTIER_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/commands.h"

struct api;
struct buffer;
struct lexicon;

/*
 * Which files to analyse next: those that define what tainted memory is
 * passed to, that call what gives it away, or that use a tainted field of
 * their module. What was asked once is not asked again.
 */
struct frontier {
	struct intern_pool asked;
	struct intern_pool names;	/* that the index was asked for */
};
#define FRONTIER_INIT { INTERN_POOL_INIT, INTERN_POOL_INIT }

/*
 * Add to `files` the .c files of the tree that answer the wants (wants.h) that
 * are new. The commands tell which module a file belongs to.
 */
void frontier_find(struct frontier *frontier, const struct buffer *wants,
		   const struct lexicon *lexicon,
		   const struct commands *commands, const struct api *api,
		   struct intern_pool *files);

void frontier_release(struct frontier *frontier);

#endif
