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
 * Which of the kernel's files have to do with a module that is built outside
 * of the tree (tree/module.h): those that export what it calls. All other
 * users of the same interfaces are nobody's concern then. It grows as more of
 * the module is known.
 */
struct module_scope {
	const struct tree *tree;
	const struct api *api;
	const struct lexicon *lexicon;
	struct intern_pool modules;	/* KBUILD_MODNAMEs of the module */
	struct intern_pool defined;	/* its functions, but for static ones */
	struct intern_pool used;	/* functions that it calls or names */
	struct intern_pool files;	/* that export one of `used` */
	struct intern_pool sources;	/* files that name a source */
	size_t nr_units;		/* how much of the program was seen */
};
#define MODULE_SCOPE_INIT { NULL, NULL, NULL, INTERN_POOL_INIT, INTERN_POOL_INIT, \
	INTERN_POOL_INIT, INTERN_POOL_INIT, INTERN_POOL_INIT, 0 }

/*
 * Take in what `program` has of the module, and add to `reached` those files
 * of the tree that hand user memory to it: they name a source, and export
 * what the module calls or what is called by one that does.
 */
void module_scope_update(struct module_scope *scope, const struct program *program,
			 struct intern_pool *reached);

/* Whether `file`, which answers the request, belongs to the scope of the module. */
bool module_scope_answers(const struct module_scope *scope,
			  const struct flow_request *request, const char *file);

/*
 * Whether the tree has the same module, as `file` is part of it: it takes the
 * place of that one.
 */
bool module_scope_replaces(const struct module_scope *scope,
			   const struct compile_db *compile_db, const char *file);

/* Whether `file` is the module's or exports what it calls. */
bool module_scope_has(const struct module_scope *scope, const char *file);

void module_scope_release(struct module_scope *scope);

#endif
