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
 * Which files to analyse next: those that define a function that tainted memory
 * is passed to, that call a function which returns it, or that use a tainted
 * field of their module. No request is looked up twice.
 */
struct frontier {
	struct intern_pool asked;	/* see frontier_ask_read() */
};
#define FRONTIER_INIT { INTERN_POOL_INIT }

/* An earlier request, to be matched with one file: */
struct frontier_ask {
	char *name;
	char *record;		/* the file must name this struct, too; or NULL */
	char *module;		/* of the file; NULL: any */
	unsigned int kinds;	/* one of these: enum index_kind */
};

/* Parse an entry of `frontier.asked`; the caller releases it. False: not valid. */
bool frontier_ask_read(struct frontier_ask *ask, const char *text);
void frontier_ask_release(struct frontier_ask *ask);

/*
 * Add to `files` the .c files of the tree that match the new requests
 * (requests.h). `compile_db` knows the module of each file. `scope` restricts
 * them to files that an external module depends on; NULL: no restriction.
 */
void frontier_find(struct frontier *frontier, const struct strbuf *requests,
		   const struct lexicon *lexicon,
		   const struct compile_db *compile_db, const struct api *api,
		   const struct module_scope *scope, struct intern_pool *files);

void frontier_release(struct frontier *frontier);

#endif
