/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_GIT_H
#define LIB_GIT_H
#include "lib/compat.h"
#include "lib/run.h"
/*
 * git(1), as a program: the user's own, with repositories that may be somebody
 * else's. A repository's configuration can name programs; none of them is run:
 * no hook, no file system monitor, no external diff, no filter, and nothing is
 * fetched, so that what a partial clone lacks counts as missing.
 */

/*
 * Run git in `dir` (NULL: here) with these NULL-terminated words behind "git"; `input` is
 * the file that is its stdin, `output` the one that its stdout goes to, or
 * NULL. With `bare` it sees nothing of a repository around `dir`, nor of the
 * user's configuration. With `work_tree` it looks at files there, as they are:
 * the filters that the configuration names are taken out. 0, or -1; nothing is
 * said. The result, what it said, is to be released either way.
 */
struct git_call {
	const char *dir, *input, *output;
	const char *const *words;
	bool bare, work_tree;
	unsigned int timeout;	/* seconds; 0: as long as it takes */
};
int git_run(struct run_result *result, const struct git_call *call);

/* error() with the command, how it ended, and what it said, in one line. -1. */
int git_error(const struct run_result *result, const struct git_call *call);

/*
 * What git says on stdout, without the newline at its end, the caller's; NULL
 * where it fails.
 * With `complain` that is an error().
 */
char *git_ask(const char *dir, const char *const *words, bool complain);

/* Whether `dir` is the top of a git work tree. */
bool git_is_top(const char *dir);

#endif
