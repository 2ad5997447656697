// SPDX-License-Identifier: GPL-2.0-only
/*
 * Work in a process beside this one, whose answer comes back as bytes: the tree
 * before a patch while the tree after it is read.
 */
#include "lib/async.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/diag.h"

static void become(int to, pid_t parent,
		   int (*work)(struct strbuf *answer, void *data), void *data)
{
	struct strbuf answer = STRBUF_INIT;
	int failed;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EXIT_FAILED);
	failed = work(&answer, data) ||
		 buffer_write_all(to, answer.buf, answer.len);
	strbuf_release(&answer);
	exit(failed ? EXIT_FAILED : EXIT_CLEAN);
}

int async_start(struct async *async,
		int (*work)(struct strbuf *answer, void *data), void *data)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe(ends))
		return error_errno("cannot make a pipe");
	fflush(NULL);
	async->pid = fork();
	if (!async->pid) {
		close(ends[0]);
		become(ends[1], parent, work, data);
	}
	close(ends[1]);
	async->from = ends[0];
	if (async->pid > 0)
		return 0;
	async->pid = 0;
	close(ends[0]);
	return error_errno("cannot start a process");
}

static int end(struct async *async)
{
	int status = 0;

	close(async->from);
	while (waitpid(async->pid, &status, 0) < 0 && errno == EINTR)
		;
	*async = (struct async)ASYNC_INIT;
	return status;
}

int async_survive(struct async *async, struct strbuf *answer, int *sig)
{
	char chunk[65536];
	ssize_t n;
	int status;

	while ((n = read(async->from, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			strbuf_add(answer, chunk, (size_t)n);
	}
	status = end(async);
	*sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	return status ? -1 : 0;
}

int async_finish(struct async *async, struct strbuf *answer)
{
	int sig, ret = async_survive(async, answer, &sig);

	if (sig)
		error("a process of dmacheck was killed by signal %d (%s)",
		      sig, strsignal(sig));
	return ret;
}

void async_stop(struct async *async)
{
	if (!async->pid)
		return;
	kill(async->pid, SIGTERM);
	end(async);
}
