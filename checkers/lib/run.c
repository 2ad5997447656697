// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that are run with a time limit and read through pipes: make, git,
 * sparse, spatch, diff.
 */
#include "lib/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/exit-cleanup.h"
#include "lib/strbuf.h"
#include "lib/diag.h"
#include "lib/memory.h"
#include "lib/path.h"

/* Far more than run at a time; a signal handler reads it, so no realloc. */
#define MAX_GROUPS	1024

/* Milliseconds between two calls of run_job.tick. */
#define TICK		200

static volatile pid_t groups[MAX_GROUPS];

/* Wait for all processes of a killed group: we are their subreaper. */
static void reap_group(pid_t pgid, int *leader_status)
{
	int status;
	pid_t pid;

	do {
		pid = waitpid(-pgid, &status, 0);
		if (pid == pgid && leader_status)
			*leader_status = status;
	} while (pid > 0 || (pid < 0 && errno == EINTR));
}

static void kill_groups(bool in_signal)
{
	size_t i;

	(void)in_signal;
	for (i = 0; i < MAX_GROUPS; i++)
		if (groups[i])
			kill(-groups[i], SIGKILL);
	for (i = 0; i < MAX_GROUPS; i++)
		if (groups[i])
			reap_group(groups[i], NULL);
}

static void replace_group(pid_t old, pid_t new)
{
	size_t i;

	for (i = 0; i < MAX_GROUPS; i++) {
		if (groups[i] == old) {
			groups[i] = new;
			return;
		}
	}
	if (!old)
		BUG("more than %d child processes", MAX_GROUPS);
}

static void run_register_group(pid_t pgid)
{
	static pid_t owner;

	if (owner != getpid()) {
		/* After a fork(): the programs in the list are the parent's. */
		memset((void *)groups, 0, sizeof(groups));
		owner = getpid();
		/*
		 * What a killed program had started becomes our child, so
		 * that we can wait until it is gone, too.
		 */
		prctl(PR_SET_CHILD_SUBREAPER, 1);
	}
	exit_cleanup(EXIT_CLEANUP_STOP, kill_groups);
	replace_group(0, pgid);
}

static void run_forget_group(pid_t pgid)
{
	replace_group(pgid, 0);
}

struct pipes {
	int out[2], err[2], status[2];
};

/* A program that runs. */
struct running {
	const struct run_job *job;
	struct run_result *result;
	struct pipes pipes;
	struct strbuf out, err;
	pid_t pid;
	long end;		/* when it must have ended, if there is a timeout */
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pipes(struct pipes *p)
{
	int i;

	for (i = 0; i < 2; i++) {
		close_fd(&p->out[i]);
		close_fd(&p->err[i]);
		close_fd(&p->status[i]);
	}
}

static int open_pipes(struct pipes *p, const struct run_job *job)
{
	*p = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	if (pipe2(p->err, O_CLOEXEC) || pipe2(p->status, O_CLOEXEC))
		return -1;
	if (job->line)
		return pipe2(p->out, O_CLOEXEC);
	if (job->output) {
		p->out[1] = open(job->output,
				 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
				 0666);
		return p->out[1] < 0 ? -1 : 0;
	}
	return 0;
}

static void child(const struct run_job *job, struct pipes *p, pid_t parent)
{
	sigset_t none;
	int in, failed;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(127);
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	in = open(job->input ? job->input : "/dev/null",
		  O_RDONLY | O_CLOEXEC);
	if (in < 0 || dup2(in, 0) < 0 ||
	    dup2(p->out[1] >= 0 ? p->out[1] : p->err[1], 1) < 0 ||
	    dup2(p->err[1], 2) < 0)
		goto fail;
	memory_limit(job->memory);
	if (job->dir && chdir(job->dir))
		goto fail;
	execvpe(job->argv[0], (char *const *)(uintptr_t)job->argv,
		job->env ? job->env : environ);
fail:
	failed = errno;
	if (write(p->status[1], &failed, sizeof(failed)) < 0)
		_exit(126);
	_exit(127);
}

static bool read_fully(int fd, void *data, size_t len)
{
	ssize_t n;

	do
		n = read(fd, data, len);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)len;
}

/* Call back for each whole line; keep what is no whole line yet. */
static void give_lines(struct strbuf *b, const struct run_job *job,
		       size_t searched, bool at_end)
{
	size_t start = 0;

	while (start < b->len) {
		size_t from = searched > start ? searched : start;
		char *end = memchr(b->buf + from, '\n', b->len - from);

		if (!end) {
			if (!at_end)
				break;
			end = b->buf + b->len;
		}
		*end = '\0';
		job->line(job->data, b->buf + start,
			  (size_t)(end - b->buf) - start);
		start = (size_t)(end - b->buf) + 1;
	}
	if (start >= b->len) {
		strbuf_reset(b);
	} else if (start) {
		memmove(b->buf, b->buf + start, b->len - start);
		strbuf_setlen(b, b->len - start);
	}
}

/* False when there will be nothing more. */
static bool read_some(int fd, struct strbuf *b, const struct run_job *job)
{
	size_t before = b->len;
	ssize_t n;

	strbuf_grow(b, 65536);
	n = read(fd, b->buf + b->len, b->alloc - b->len - 1);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	b->len += (size_t)n;
	b->buf[b->len] = '\0';
	if (job)
		give_lines(b, job, before, n == 0);
	return n > 0;
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What a program wrote and we have not read yet, if there may be more. */
static bool is_open(const struct running *r)
{
	return r->pipes.out[0] >= 0 || r->pipes.err[0] >= 0;
}

/* Call run_job.tick where there is one; true if there is any. */
static bool tick(const struct running *list, size_t nr)
{
	bool any = false;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (is_open(&list[i]) && list[i].job->tick) {
			list[i].job->tick(list[i].job->data);
			any = true;
		}
	}
	return any;
}

static void give_up(struct running *r, bool *why)
{
	kill(-r->pid, SIGKILL);
	*why = true;
	close_fd(&r->pipes.out[0]);
	close_fd(&r->pipes.err[0]);
}

/* Milliseconds until the first of them must have ended, or -1. */
static long time_left(struct running *list, size_t nr)
{
	long now = milliseconds(), least = -1;
	size_t i;

	for (i = 0; i < nr; i++) {
		struct running *r = &list[i];

		if (!is_open(r) || !r->job->timeout)
			continue;
		if (r->end <= now)
			give_up(r, &r->result->timed_out);
		else if (least < 0 || r->end - now < least)
			least = r->end - now;
	}
	return least;
}

/*
 * Read what there is until all have closed both, or with `any` until one of
 * those that have a process has.
 */
static void collect_ended(struct running *list, size_t nr, bool any)
{
	struct pollfd *fds = xcalloc(2 * nr, sizeof(*fds));
	bool open = true, closed = false;
	size_t i;

	while (open && !(any && closed)) {
		long wait = time_left(list, nr);

		if (tick(list, nr) && (wait < 0 || wait > TICK))
			wait = TICK;

		for (i = 0, open = closed = false; i < nr; i++) {
			fds[2 * i].fd = list[i].pipes.out[0];
			fds[2 * i + 1].fd = list[i].pipes.err[0];
			fds[2 * i].events = fds[2 * i + 1].events = POLLIN;
			open = open || is_open(&list[i]);
			closed = closed ||
				(list[i].job && !is_open(&list[i]));
		}
		if (!open || (any && closed) || poll(fds, 2 * nr, (int)wait) < 0)
			continue;
		for (i = 0; i < nr; i++) {
			struct running *r = &list[i];

			if (fds[2 * i].revents &&
			    !read_some(r->pipes.out[0], &r->out, r->job))
				close_fd(&r->pipes.out[0]);
			if (fds[2 * i + 1].revents &&
			    !read_some(r->pipes.err[0], &r->err, NULL))
				close_fd(&r->pipes.err[0]);
			if (is_open(r) && r->job->max_output &&
			    r->err.len > r->job->max_output)
				give_up(r, &r->result->too_much);
		}
	}
	free(fds);
}

static void reap(struct run_result *result, pid_t pid)
{
	siginfo_t info = { .si_pid = 0 };
	int status = 0;

	/*
	 * Look without reaping first: as long as its leader is there, nobody
	 * else can get the group's number and be killed in its place.
	 */
	while (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) < 0 &&
	       errno == EINTR)
		;
	kill(-pid, SIGKILL);
	exit_cleanup_block();
	reap_group(pid, &status);
	run_forget_group(pid);
	exit_cleanup_unblock();
	if (WIFSIGNALED(status))
		result->signal = WTERMSIG(status);
	else
		result->exit_status = WEXITSTATUS(status);
}

static void start(struct running *r, struct run_result *result,
		  const struct run_job *job)
{
	pid_t parent = getpid();
	int failed;

	*result = (struct run_result)RUN_RESULT_INIT;
	*r = (struct running){ .job = job, .result = result,
		.out = STRBUF_INIT, .err = STRBUF_INIT, .pid = -1 };
	if (open_pipes(&r->pipes, job)) {
		result->start_errno = errno;
		close_pipes(&r->pipes);
		return;
	}
	exit_cleanup_block();
	r->pid = fork();
	if (r->pid == 0)
		child(job, &r->pipes, parent);
	if (r->pid > 0) {
		setpgid(r->pid, r->pid);
		run_register_group(r->pid);
	} else {
		result->start_errno = errno;
	}
	exit_cleanup_unblock();
	if (r->pid < 0) {
		close_pipes(&r->pipes);
		return;
	}
	close_fd(&r->pipes.out[1]);
	close_fd(&r->pipes.err[1]);
	close_fd(&r->pipes.status[1]);
	if (read_fully(r->pipes.status[0], &failed, sizeof(failed)))
		result->start_errno = failed;
	close_fd(&r->pipes.status[0]);
	r->end = milliseconds() + (long)job->timeout * 1000;
}

static int finish(struct running *r)
{
	struct run_result *result = r->result;

	if (r->pid > 0)
		reap(result, r->pid);
	close_pipes(&r->pipes);
	strbuf_release(&r->out);
	result->output = strbuf_detach(&r->err, &result->output_len);
	if (result->timed_out || result->too_much || result->start_errno)
		result->exit_status = -1;
	return result->exit_status ? -1 : 0;
}

int run_all(struct run_result *results, const struct run_job *jobs, size_t nr)
{
	struct running *list = xcalloc(nr, sizeof(*list));
	int ret = 0;
	size_t i;

	for (i = 0; i < nr; i++)
		start(&list[i], &results[i], &jobs[i]);
	collect_ended(list, nr, false);
	for (i = 0; i < nr; i++)
		if (finish(&list[i]))
			ret = -1;
	free(list);
	return ret;
}

/* What runs in one place of a queue. */
struct run_slot {
	struct run_job job;
	struct run_result result;
	size_t number;
};

/* Give `slot` the next program, if there is one. */
static bool start_next(struct running *slot, struct run_slot *of,
		       const struct run_queue *queue)
{
	of->job = (struct run_job){ NULL };
	if (!queue->next(&of->job, &of->number, queue->data))
		return false;
	start(slot, &of->result, &of->job);
	return true;
}

void run_queue(const struct run_queue *queue)
{
	struct running *list = xcalloc(queue->at_once, sizeof(*list));
	struct run_slot *slots = xcalloc(queue->at_once, sizeof(*slots));
	size_t running = 0, i;
	bool more = true;

	for (i = 0; i < queue->at_once; i++)
		list[i].pipes = (struct pipes){ { -1, -1 }, { -1, -1 },
						{ -1, -1 } };
	do {
		for (i = 0; i < queue->at_once && more; i++) {
			if (list[i].job)
				continue;
			more = start_next(&list[i], &slots[i], queue);
			running += more;
		}
		if (running)
			collect_ended(list, queue->at_once, true);
		for (i = 0; i < queue->at_once; i++) {
			if (!list[i].job || is_open(&list[i]))
				continue;
			finish(&list[i]);
			queue->done(slots[i].number, &slots[i].result,
				    &slots[i].job, queue->data);
			run_release(&slots[i].result);
			list[i].job = NULL;
			running--;
		}
	} while (running || more);
	free(list);
	free(slots);
}

int run(struct run_result *result, const struct run_job *job)
{
	return run_all(result, job, 1);
}

char *run_words(const struct run_result *result, const struct run_job *job)
{
	if (result->start_errno)
		return xstrdup(strerror(result->start_errno));
	if (result->timed_out)
		return xstrfmt("no end after %u seconds", job->timeout);
	if (result->too_much)
		return xstrfmt("more than %zu bytes of output",
			       job->max_output);
	if (result->signal)
		return xstrfmt("killed by signal %d (%s)", result->signal,
			       strsignal(result->signal));
	return xstrfmt("exit status %d", result->exit_status);
}

const char *run_tail(const struct run_result *result, unsigned int lines)
{
	const char *start = result->output;
	const char *p = start + result->output_len;

	if (p > start && p[-1] == '\n')
		p--;
	for (; p > start; p--)
		if (p[-1] == '\n' && !--lines)
			break;
	return p;
}

void run_release(struct run_result *result)
{
	free(result->output);
	*result = (struct run_result)RUN_RESULT_INIT;
}

static bool is_named(const char *var, const char *const *names)
{
	size_t len = strcspn(var, "=");

	for (; *names; names++) {
		size_t n = strlen(*names);

		if (n && (*names)[n - 1] == '*' ? !strncmp(var, *names, n - 1) :
		    n == len && !memcmp(var, *names, n))
			return true;
	}
	return false;
}

char **run_env(const char *const *without, const char *const *with)
{
	size_t nr = 0, i;
	char **env;

	for (i = 0; environ[i]; i++)
		nr++;
	for (i = 0; with && with[i]; i++)
		nr++;
	env = xcalloc(nr + 1, sizeof(*env));
	nr = 0;
	for (i = 0; environ[i]; i++)
		if (!is_named(environ[i], without))
			env[nr++] = environ[i];
	for (i = 0; with && with[i]; i++)
		env[nr++] = (char *)(uintptr_t)with[i];
	return env;
}

static bool is_plain(const char *word)
{
	return *word && !word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789_-./=+,:@%")];
}

char *run_command_line(const char *const *argv)
{
	struct strbuf line = STRBUF_INIT;
	size_t i;

	for (i = 0; argv[i]; i++) {
		const char *c;

		if (i)
			strbuf_addch(&line, ' ');
		if (is_plain(argv[i])) {
			strbuf_addstr(&line, argv[i]);
			continue;
		}
		strbuf_addch(&line, '\'');
		for (c = argv[i]; *c; c++)
			if (*c == '\'')
				strbuf_addstr(&line, "'\\''");
			else
				strbuf_addch(&line, *c);
		strbuf_addch(&line, '\'');
	}
	return strbuf_detach(&line, NULL);
}

char *run_find_program(const char *program)
{
	const char *path = getenv("PATH");

	if (strchr(program, '/'))
		return access(program, X_OK) ? NULL : realpath(program, NULL);
	if (!path)
		path = "/usr/local/bin:/usr/bin:/bin";
	while (*path) {
		size_t len = strcspn(path, ":");
		char *dir = xstrndup(len ? path : ".", len ? len : 1);
		char *file = path_join(dir, program);

		free(dir);
		if (path_is_file(file) && !access(file, X_OK))
			return file;
		free(file);
		path += len;
		path += *path == ':';
	}
	return NULL;
}
