/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_FRONTIER_H
#define ANALYSIS_FRONTIER_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/compile-db.h"

struct api;
struct strbuf;
struct lexicon;
struct module_scope;

/*
 * Which files to analyse next: those that define what tainted memory is
 * passed to, that call what gives it away, or that use a tainted field of
 * their module. What was asked once is not asked again.
 */
struct frontier {
	struct intern_pool asked;	/* see frontier_ask_read() */
};
#define FRONTIER_INIT { INTERN_POOL_INIT }

/* What was asked once, to be asked of one file: */
struct frontier_ask {
	char *name;
	char *record;		/* that the file must name, too; or NULL */
	char *module;		/* of the file; or NULL for any */
	unsigned int kinds;	/* all of one of these: enum index_kind */
};

/* Read one of `frontier.asked`; to be released. False if it is none. */
bool frontier_ask_read(struct frontier_ask *ask, const char *text);
void frontier_ask_release(struct frontier_ask *ask);

/*
 * Add to `files` the .c files of the tree that answer the requests (requests.h) that
 * are new. The commands tell which module a file belongs to. With `serving`
 * (module-scope.h) those that have to do with that module; else it is NULL.
 */
void frontier_find(struct frontier *frontier, const struct strbuf *requests,
		   const struct lexicon *lexicon,
		   const struct compile_db *compile_db, const struct api *api,
		   const struct module_scope *scope, struct intern_pool *files);

void frontier_release(struct frontier *frontier);

#endif
