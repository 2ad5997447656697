/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_CCARGS_H
#define COMPILE_CCARGS_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * Tells the kernel's compile commands from others, and takes from them what
 * libclang is to know: what changes the meaning of the text (macros, include
 * folders, language, target), not what changes the code made from it, nor
 * warnings. It is a list of what is kept, so that what one gcc knows and this
 * clang does not can do no harm.
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
	struct ids own;		/* those that name the file: -D KBUILD_* */
};
#define CCARGS_INIT { NULL, NULL, false, { NULL, 0, 0 }, { NULL, 0, 0 } }

/*
 * Read the command `words`, which runs in `dir` (absolute); for a compiler
 * that does not name its target this is `arch`'s. `source` is the source file
 * if it is known, relative to `dir`; with NULL it is the last word that ends
 * in ".c". Paths become absolute; the arguments go into `pool`. False if it
 * does not compile C for the kernel (-D__KERNEL__). What `args` held before is
 * released.
 */
bool ccargs_read(struct ccargs *args, char *const *words, size_t nr,
		 const char *dir, const char *arch, const char *source,
		 struct intern_pool *pool);

void ccargs_release(struct ccargs *args);

#endif
