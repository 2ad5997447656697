/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_PCH_H
#define FACTS_PCH_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "lib/strvec.h"

struct compile_command;
struct tree;

/*
 * Precompiled headers. Nearly all of the time that libclang takes for a driver
 * goes into headers that other drivers include as well. So the headers that
 * the relevant files of a tree include most are precompiled together, once for
 * each class of commands: commands are of one class if they differ in nothing
 * that changes what these headers mean. KBUILD_MODNAME and its kin, include
 * folders of the driver's own, and macros that no header tests make no
 * difference.
 *
 * A file then sees more declarations than it includes. That must not show:
 *
 *  - What a file includes is what its own directives name, and what those
 *    headers include, which is kept with the precompiled header (pch_info).
 *    What else was precompiled does not count.
 *  - A file is parsed without where it could make a difference: it has errors
 *    with the precompiled header, uses a macro of a header that it does not
 *    include, or defines a macro that headers test before it includes them
 *    (but for pr_fmt and dev_fmt). See extract/parse.c.
 *  - clang does not validate a precompiled header here (it would not accept
 *    one for another KBUILD_MODNAME), so it is used only if the contents of
 *    all headers in it are what they were (pch-plan.c).
 *
 * With DMACHECK_NO_PCH=1 in the environment all files are parsed without.
 */

/* What is precompiled for a tree, and which macros its headers test. */
struct pch_set {
	struct strvec headers;		/* "linux/mm.h" */
	struct intern_pool tested;
	uint64_t hash;			/* of `headers` */
	bool by_choice;			/* there were enough files to choose by */
};
#define PCH_SET_INIT { STRVEC_INIT, INTERN_POOL_INIT, 0, false }

/*
 * Choose the headers that the `nr` files `typical` of the tree include most; a
 * few that nearly every driver includes where there are too few files to tell.
 * `jobs` threads read the headers of the tree for the macros they test.
 */
void pch_set_choose(struct pch_set *set, const struct tree *tree,
		    const char *const *typical, size_t nr, unsigned int jobs);

/*
 * Read and write what was chosen for the tree, in `folder`. pch_set_read()
 * returns false, and an empty set, if there is nothing, pch_set_write() -1
 * after an error().
 */
bool pch_set_read(struct pch_set *set, const char *folder,
		  const struct tree *tree);
int pch_set_write(const struct pch_set *set, const char *folder,
		  const struct tree *tree);

void pch_set_release(struct pch_set *set);

/* Add the macros that the conditionals in the text of a header test. */
void pch_add_tested(struct intern_pool *tested, const char *text, size_t len);

/* Whether `arg` is the -D that tells a file which module it is in. */
bool pch_names_module(const char *arg);

/*
 * The number in *class that commands have in common if they can share one.
 * False if the command looks for headers elsewhere before the kernel's own
 * folders, or not in these at all, so that it cannot use any.
 */
bool pch_class(const struct pch_set *set, const struct tree *tree,
	       const struct compile_command *command, uint64_t *class);

/*
 * The arguments of `command` to make one with, *nr of them; the array and the
 * strings are the caller's (strv_free()).
 */
char **pch_make_args(const struct pch_set *set, const struct tree *tree,
		     const struct compile_command *command, size_t *nr);

/* The same for a parse with the one at `path`, or without if that is NULL. */
char **pch_args(const struct compile_command *command, const char *path,
		size_t *nr);

/* --- what is in a precompiled header --- */

struct pch_file {
	uint64_t hash;		/* XXH3 of its content */
	uint32_t first, nr;	/* in `includes`: what it includes */
	uint32_t first_test, nr_tests;	/* in `tests`: macros that it tests */
};

struct pch_info {
	struct intern_pool files;	/* as facts call them: relative to the root */
	struct pch_file *list;		/* each of them */
	uint32_t *includes;		/* numbers of files */
	uint32_t *tests;		/* numbers of macros */
	size_t nr_includes, alloc_includes, alloc_list, nr_tests, alloc_tests;
	struct intern_pool tested;	/* macros that these headers test */
	struct strvec dropped;		/* headers of the set that broke it */
	struct strvec given;		/* -D and -U that it was made with */
	uint64_t size, mtime, inode;	/* of the file that it is about */
};
#define PCH_INFO_INIT { INTERN_POOL_INIT, NULL, NULL, NULL, 0, 0, 0, 0, 0, \
	INTERN_POOL_INIT, STRVEC_INIT, STRVEC_INIT, 0, 0, 0 }

/*
 * Read what is said of the precompiled header `path` beside it; false, and
 * empty, if there is nothing, or `path` is not the file that it is about.
 */
bool pch_info_read(struct pch_info *info, const char *path);
/* Write it, for `path` as it is now. 0, or -1 after an error(). */
int pch_info_write(struct pch_info *info, const char *path);
/* Whether `path` still is the file that `info` is about. */
bool pch_info_fits(const struct pch_info *info, const char *path);
void pch_info_release(struct pch_info *info);

/*
 * Mark in `reached`, one for each file of `info`, the file `nr` and all that
 * it includes, and what these include. Returns how many were not marked before,
 * and their numbers in `found`, which has room for all.
 */
uint32_t pch_info_reach(const struct pch_info *info, bool *reached, uint32_t nr,
			uint32_t *found);

/* --- extract/pch-make.c --- */

/*
 * Make the precompiled header `path` with the flags of `command`, whole or not
 * at all, with its pch_info beside it. Headers of the set that do not go with
 * those before them are left out. Returns NULL, or why there is none. As
 * extract(), only for a worker process.
 */
const char *pch_make(const struct pch_set *set, const struct tree *tree,
		     const struct compile_command *command, const char *path);

#endif
