/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_ASYNC_H
#define LIB_ASYNC_H
#include "lib/compat.h"
#include "lib/buffer.h"

#include <sys/types.h>

/*
 * A piece of work that a process of its own does meanwhile. Its answer is a few
 * bytes.
 */
struct async {
	pid_t pid;		/* 0: none */
	int from;
};
#define ASYNC_INIT { 0, -1 }

/*
 * Begin: `work` adds its answer to the buffer and returns 0, or -1 after an
 * error(); what it says on stderr is seen at once. 0, or -1 after an error().
 */
int async_start(struct async *async,
		int (*work)(struct strbuf *answer, void *data), void *data);

/*
 * Wait for it and add its answer to `answer`. 0, or -1 if it failed: it has
 * said so, or died, which is an error().
 */
int async_finish(struct async *async, struct strbuf *answer);

/*
 * The same where the death of the process is no error: the signal that it died
 * of is in *sig, 0 if it did not, and -1 is returned.
 */
int async_survive(struct async *async, struct strbuf *answer, int *sig);

/* End it; nothing to do if it was finished, or never begun. */
void async_stop(struct async *async);

#endif
