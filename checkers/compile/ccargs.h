/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_CCARGS_H
#define COMPILE_CCARGS_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * Recognises the kernel's compile commands, and takes from them the arguments for
 * libclang: those that change the meaning of the text (macros, include folders,
 * language, target), not those for code generation or warnings. It is a list of
 * what is kept, so that options which this clang does not know do no harm.
 */

/* Numbers of strings in an intern_pool. */
struct ids {
	uint32_t *list;
	size_t nr, alloc;
};

struct ccargs {
	char *source;		/* absolute, normalised */
	char *modname;		/* KBUILD_MODNAME, "" if there is none */
	bool is_module;		/* -DMODULE */
	struct ids common;	/* arguments */
	struct ids own;		/* arguments that name the file: -D KBUILD_* */
};
#define CCARGS_INIT { NULL, NULL, false, { NULL, 0, 0 }, { NULL, 0, 0 } }

/*
 * Read the command `words`, which runs in `dir` (absolute). If it names no target,
 * the target is that of `arch`. `source` is the source file, relative to `dir`;
 * NULL: the last word that ends in ".c". Paths become absolute; the arguments go
 * into `pool`. False if it does not compile C for the kernel (-D__KERNEL__). The
 * former contents of `args` are released.
 */
bool ccargs_read(struct ccargs *args, char *const *words, size_t nr,
		 const char *dir, const char *arch, const char *source,
		 struct intern_pool *pool);

/*
 * Whether a word can be one of the arguments that ccargs_read() keeps, or a path or
 * value: nothing else goes to a compiler, wherever it comes from.
 */
bool ccargs_is_kept(const char *word);

void ccargs_release(struct ccargs *args);

/* Whether the word of a command names a C file. */
bool ccargs_is_source(const char *word);

#endif
