/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_MODULE_SCOPE_H
#define ANALYSIS_MODULE_SCOPE_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "tree/tree.h"

struct api;
struct compile_db;
struct flow_request;
struct lexicon;
struct program;

/*
 * Which of the kernel's files a module that is built outside of the tree
 * (tree/module.h) depends on: those that export a function that it calls. Other
 * users of the same interfaces are not analysed. The scope grows as more files
 * of the module are read.
 */
struct module_scope {
	const struct tree *tree;
	const struct api *api;
	const struct lexicon *lexicon;
	struct intern_pool modules;	/* KBUILD_MODNAMEs of the module */
	struct intern_pool defined;	/* its functions that are not static */
	struct intern_pool used;	/* functions that it calls or names */
	struct intern_pool files;	/* that export one of `used` */
	struct intern_pool sources;	/* files that name a source */
	size_t nr_units;		/* of the program that were taken in */
};
#define MODULE_SCOPE_INIT { NULL, NULL, NULL, INTERN_POOL_INIT, INTERN_POOL_INIT, \
	INTERN_POOL_INIT, INTERN_POOL_INIT, INTERN_POOL_INIT, 0 }

/*
 * Take in the module's files in `program`, and add to `reached` the files of the
 * tree that pass user memory to the module: they name a source, and export a
 * function that the module calls, directly or through one other.
 */
void module_scope_update(struct module_scope *scope, const struct program *program,
			 struct intern_pool *reached);

/* Whether `file`, which matches the request, is in the scope of the module. */
bool module_scope_answers(const struct module_scope *scope,
			  const struct flow_request *request, const char *file);

/*
 * Whether `file` is part of a module of the tree with the same name, which the
 * external module replaces.
 */
bool module_scope_replaces(const struct module_scope *scope,
			   const struct compile_db *compile_db, const char *file);

/* Whether `file` is part of the module or exports a function that it calls. */
bool module_scope_has(const struct module_scope *scope, const char *file);

void module_scope_release(struct module_scope *scope);

#endif
