/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KMAKE_H
#define COMPILE_KMAKE_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * The kernel's make, run for an output tree of dmacheck's own, with clang. It
 * sees nothing of a make that dmacheck itself may have been started by.
 */

/* The LLVM that libclang is of, as kbuild's LLVM= expects it. */
#define KMAKE_LLVM	"-19"
#define KMAKE_CLANG	"clang" KMAKE_LLVM

struct kmake {
	const struct tree *tree;
	const char *out;		/* the output tree: absolute; may be the tree */
	unsigned int jobs;
	bool asking;			/* about the module: for messages */
	const char *const *variables;	/* "VAR=VALUE", for the module */
	size_t nr_variables;
};

/*
 * Is there what it takes: a source tree that was not built in place (kbuild
 * refuses O= then), make and clang? 0, or -1 after an error() that says what
 * to do.
 */
int kmake_check(const struct kmake *kmake);

/*
 * Make `goal`. 0, or -1 after an error() with the command, its exit status,
 * the last lines it said, and what to install if that can be seen.
 */
int kmake_run(const struct kmake *kmake, const char *goal);

/*
 * Have make print what it would do for the `nr_goals` folders `goals` ("x/"),
 * without doing it, and give each compile command to `line`; see
 * run_job.line. What cannot be made (-k) does not stop it and is a warning();
 * but if make was killed, or failed and printed no command at all, that is -1
 * after an error() as above.
 */
int kmake_print(const struct kmake *kmake, const char *const *goals,
		size_t nr_goals, void (*line)(void *data, char *line,
					      size_t len), void *data);

/*
 * The same for the module of kmake->tree: make M=. `scratch` is a folder, made
 * if need be, for what make does not let itself be kept from writing; it is the
 * caller's to remove.
 */
int kmake_print_module(const struct kmake *kmake, const char *scratch,
		       void (*line)(void *data, char *line, size_t len),
		       void *data);

/*
 * What make sees of dmacheck's own environment, and "X=y" of `with`: see
 * run_env().
 */
char **kmake_environment(const char *const *with);

#endif
