/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KMAKE_H
#define COMPILE_KMAKE_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * Runs the kernel's make, with clang, for an output tree of dmacheck's own. The
 * variables of a make that started dmacheck are hidden from it.
 */

/* The version of libclang's LLVM, as kbuild's LLVM= expects it. */
#define KMAKE_LLVM	"-19"
#define KMAKE_CLANG	"clang" KMAKE_LLVM

struct kmake {
	const struct tree *tree;
	const char *out;		/* the output tree, absolute; may be the tree */
	unsigned int jobs;
	bool asking;			/* about the module: for messages */
	const char *const *variables;	/* "VAR=VALUE", for the module */
	size_t nr_variables;
};

/*
 * Check that the source tree was not built in place (kbuild refuses O= then), and
 * that make and clang are installed. 0, or -1 after an error() that says what to
 * do.
 */
int kmake_check(const struct kmake *kmake);

/*
 * Make `goal`. 0, or -1 after an error() with the command, its exit status, the end
 * of its output, and what to install if that is known.
 */
int kmake_run(const struct kmake *kmake, const char *goal);

/*
 * Have make print, without running them (-n), the commands for the `nr_goals`
 * folders `goals` ("x/"), and give each line to `line`; see run_job.line. An object
 * that cannot be made (-k) is a warning(). If make was killed, or failed and printed
 * no command: -1 after an error() as above.
 */
int kmake_print(const struct kmake *kmake, const char *const *goals,
		size_t nr_goals, void (*line)(void *data, char *line,
					      size_t len), void *data);

/*
 * The same for the module of kmake->tree: make M=. `scratch` is a folder, made if
 * it does not exist, for files that make always writes; the caller removes it.
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
