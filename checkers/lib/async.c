// SPDX-License-Identifier: GPL-2.0-only
#include "lib/async.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/diag.h"

static void become(int to, pid_t parent,
		   int (*work)(struct buffer *answer, void *data), void *data)
{
	struct buffer answer = BUFFER_INIT;
	int failed;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EXIT_FAILED);
	failed = work(&answer, data) ||
		 buffer_write_all(to, answer.data, answer.len);
	buffer_release(&answer);
	exit(failed ? EXIT_FAILED : EXIT_CLEAN);
}

int aside_start(struct aside *aside,
		int (*work)(struct buffer *answer, void *data), void *data)
{
	pid_t parent = getpid();
	int ends[2];

	if (pipe(ends))
		return error_errno("cannot make a pipe");
	fflush(NULL);
	aside->pid = fork();
	if (!aside->pid) {
		close(ends[0]);
		become(ends[1], parent, work, data);
	}
	close(ends[1]);
	aside->from = ends[0];
	if (aside->pid > 0)
		return 0;
	aside->pid = 0;
	close(ends[0]);
	return error_errno("cannot start a process");
}

static int end(struct aside *aside)
{
	int status = 0;

	close(aside->from);
	while (waitpid(aside->pid, &status, 0) < 0 && errno == EINTR)
		;
	*aside = (struct aside)ASIDE_INIT;
	return status;
}

int aside_finish(struct aside *aside, struct buffer *answer)
{
	char chunk[65536];
	ssize_t n;
	int status;

	while ((n = read(aside->from, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno != EINTR)
			break;
		if (n > 0)
			buffer_add(answer, chunk, (size_t)n);
	}
	status = end(aside);
	if (WIFSIGNALED(status))
		return error("a process of dmacheck was killed by signal %d (%s)",
			     WTERMSIG(status), strsignal(WTERMSIG(status)));
	return WEXITSTATUS(status) ? -1 : 0;
}

void aside_stop(struct aside *aside)
{
	if (!aside->pid)
		return;
	kill(aside->pid, SIGTERM);
	end(aside);
}
