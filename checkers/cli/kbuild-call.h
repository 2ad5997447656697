/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_KBUILD_CALL_H
#define CLI_KBUILD_CALL_H
#include "lib/compat.h"
#include "compile/command-set.h"
/*
 * kbuild's call of a checker, "$(CHECK) $(CHECKFLAGS) $(c_flags) FILE", and the
 * variables that it exports. The words before c_flags, which begin with -Wp,-MMD, are
 * for sparse, and include those of CF=.
 */

struct kbuild_call {
	char *root;		/* of the source tree; real path */
	char *objtree;		/* real path */
	char *arch;		/* SRCARCH, or NULL */
	char *extmod;		/* real path of the folder of M=, or NULL */
	char *dir;		/* where it runs; real path */
	char *source;		/* the last word */
	char **words;		/* the compiler, c_flags, the source */
	size_t nr;
	bool werror;		/* CF=-Werror */
	char *compiler;		/* the memory of the compiler's words */
};
#define KBUILD_CALL_INIT { .nr = 0 }

/*
 * Read the words, which must outlive it. 1 if the call is for a C file, 0 if not
 * (kbuild tests checkers with a file without ".c"), -1 after an error(). Release it
 * in any case.
 */
int kbuild_call_read(struct kbuild_call *call, char *const *words, size_t nr);

/*
 * Add the command to the set, as it will be in the file's .cmd file. `set` must not
 * outlive the call.
 */
void kbuild_call_command(const struct kbuild_call *call,
			 const struct tree *tree, struct command_set *set);

void kbuild_call_release(struct kbuild_call *call);

#endif
