// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the extractor in worker processes, and reads their results; a worker that
 * crashes or hangs costs one file. For program.c.
 */
#include "facts/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "facts/engine.h"
#include "lib/alloc.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/memory.h"
#include "compile/compile-db.h"

#define NO_TASK SIZE_MAX

struct worker {
	pid_t pid;		/* 0: none */
	int to, from;		/* task numbers go to it, answers come back */
	size_t task;		/* what it works on, or NO_TASK */
	time_t deadline;	/* of the task, by the clock */
	time_t cpu_before;	/* seconds that it had used before the task */
	struct strbuf answer;	/* what has come so far */
};

struct pool {
	const struct pool_options *opt;
	const struct engine *engine;
	struct worker *workers;
	unsigned int nr_workers;
	size_t next, done;
};

/* --- in the worker --- */

static int read_task(int fd, uint32_t *task)
{
	char *p = (char *)task;
	size_t len = sizeof(*task);

	while (len > 0) {
		ssize_t n = read(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

static void answer(struct strbuf *b, const struct extracted *out,
		   const char *failure)
{
	size_t i;

	buffer_str(b, failure);
	buffer_u32(b, out->errors);
	buffer_str(b, out->first_error);
	buffer_str(b, out->without_pch);
	buffer_str(b, out->blamed);
	buffer_u32(b, (uint32_t)out->nr_headers);
	for (i = 0; i < out->nr_headers; i++)
		buffer_str(b, out->headers[i]);
	buffer_u32(b, (uint32_t)out->nr_sets);
	for (i = 0; i < out->nr_sets; i++) {
		size_t len;
		void *data = facts_save(&out->sets[i], &len);

		buffer_u64(b, len);
		strbuf_add(b, data, len);
		free(data);
	}
}

static const char *do_task(const struct pool *pool, uint32_t task,
			   struct extracted *extracted)
{
	const struct pool_options *opt = pool->opt;
	const struct compile_command *command = opt->compile_db[task];

	if (opt->headers)
		return pool->engine->make(opt->headers, opt->tree, command,
					  opt->pch[task]);
	return pool->engine->extract(extracted, opt->tree, command, opt->api,
				     opt->pch[task]);
}

static void work(const struct pool *pool, int in, int out)
{
	uint32_t task;

	while (!read_task(in, &task)) {
		struct extracted extracted = EXTRACTED_INIT;
		struct strbuf b = STRBUF_INIT;
		const char *failure;
		uint64_t len;

		failure = do_task(pool, task, &extracted);
		answer(&b, &extracted, failure);
		len = b.len;
		if (buffer_write_all(out, &len, sizeof(len)) ||
		    buffer_write_all(out, b.buf, b.len))
			_exit(1);
		strbuf_release(&b);
		pool->engine->release(&extracted);
	}
	_exit(0);
}

/* The exit status of one that could get no more memory. */
#define OUT_OF_MEMORY 77

/* libclang aborts then, or trips over what it did not get. */
static void on_crash(int sig)
{
	if (memory_is_short(sig == SIGABRT))
		_exit(OUT_OF_MEMORY);
	signal(sig, SIG_DFL);
	raise(sig);
}

static void limit_memory(size_t size)
{
	static const int signals[] = { SIGABRT, SIGSEGV, SIGBUS };
	size_t i;

	memory_limit(size);
	for (i = 0; size && i < ARRAY_SIZE(signals); i++)
		signal(signals[i], on_crash);
}

static void become_worker(const struct pool *pool, pid_t parent,
			  int in, int out)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	static const struct rlimit no_core = { 0, 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_DFL);
	setrlimit(RLIMIT_CORE, &no_core);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	limit_memory(pool->opt->memory);
	/* Recovered from, a crash leaves locks and lists as they were. */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	/* A worker that dies is reported by its parent, not by libclang. */
	if (diag_verbosity < 2 && !freopen("/dev/null", "w", stderr))
		_exit(1);
	work(pool, in, out);
}

/* --- in the parent --- */

static int start(struct pool *pool, struct worker *w)
{
	int to[2], from[2];
	unsigned int i;
	pid_t parent = getpid();

	if (pipe(to))
		return error_errno("cannot make a pipe");
	if (pipe(from)) {
		close(to[0]);
		close(to[1]);
		return error_errno("cannot make a pipe");
	}
	fflush(NULL);
	w->pid = fork();
	if (!w->pid) {
		for (i = 0; i < pool->nr_workers; i++) {
			const struct worker *other = &pool->workers[i];

			if (other != w && other->pid > 0) {
				close(other->to);
				close(other->from);
			}
		}
		close(to[1]);
		close(from[0]);
		become_worker(pool, parent, to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	if (w->pid < 0) {
		w->pid = 0;
		close(to[1]);
		close(from[0]);
		return error_errno("cannot start a worker process");
	}
	w->to = to[1];
	w->from = from[0];
	w->task = NO_TASK;
	w->answer = (struct strbuf)STRBUF_INIT;
	return 0;
}

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

/* The exit status if the worker has to be ended anyway. */
static int stop(struct worker *w, bool kill_it)
{
	int status = 0;

	if (!w->pid)
		return 0;
	close(w->to);
	if (kill_it)
		kill(w->pid, SIGKILL);
	while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
		;
	close(w->from);
	strbuf_release(&w->answer);
	w->pid = 0;
	return status;
}

/* Seconds of CPU that it has used: a busy machine is no reason to give up. */
static time_t cpu_seconds(const struct worker *w)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(w->pid, &clock) || clock_gettime(clock, &used))
		return 0;
	return used.tv_sec;
}

/* A task that waits for something uses no CPU: this many times as long. */
#define WALL_FACTOR 10

static int feed(struct pool *pool, struct worker *w)
{
	uint32_t task;

	if (pool->next >= pool->opt->nr)
		return 0;
	if (!w->pid && start(pool, w))
		return -1;
	task = (uint32_t)pool->next;
	w->task = pool->next++;
	w->cpu_before = cpu_seconds(w);
	w->deadline = now() + WALL_FACTOR * (time_t)pool->opt->timeout;
	/* Of one that does not get it, or has just died, its pipe's end says so. */
	if (buffer_write_all(w->to, &task, sizeof(task)))
		kill(w->pid, SIGKILL);
	return 0;
}

static void give(struct pool *pool, size_t task,
		 const struct pool_result *result)
{
	pool->done++;
	pool->opt->done(task, result, pool->opt->data);
}

static void lose(struct pool *pool, struct worker *w, bool timed_out)
{
	size_t task = w->task;
	int status = stop(w, timed_out);
	struct pool_result result = { .first_error = "" };
	char *why;

	if (timed_out)
		why = xstrfmt("libclang took more than %u second%s",
			      pool->opt->timeout,
			      pool->opt->timeout == 1 ? "" : "s");
	else if (WIFEXITED(status) && WEXITSTATUS(status) == OUT_OF_MEMORY)
		why = xstrfmt("libclang took more than %s of memory (--memory)",
			      memory_words(pool->opt->memory));
	else if (WIFSIGNALED(status))
		why = xstrfmt("libclang died of signal %d (%s)",
			      WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		why = xstrfmt("the worker process ended with status %d",
			      WEXITSTATUS(status));
	result.failure = why;
	if (task != NO_TASK)
		give(pool, task, &result);
	free(why);
}

static void take_answer(struct pool *pool, struct worker *w)
{
	struct pool_result result = { 0 };
	struct reader r;
	char *failure, *first_error, *without_pch, *blamed;
	size_t task = w->task;
	uint32_t i;

	reader_init(&r, w->answer.buf + sizeof(uint64_t),
		    w->answer.len - sizeof(uint64_t));
	failure = reader_str(&r);
	result.failure = *failure ? failure : NULL;
	result.errors = reader_u32(&r);
	result.first_error = first_error = reader_str(&r);
	without_pch = reader_str(&r);
	result.without_pch = *without_pch ? without_pch : NULL;
	blamed = reader_str(&r);
	result.blamed = *blamed ? blamed : NULL;
	result.nr_headers = reader_u32(&r);
	result.headers = xcalloc(result.nr_headers, sizeof(char *));
	for (i = 0; i < result.nr_headers; i++)
		result.headers[i] = reader_str(&r);
	result.nr_sets = reader_u32(&r);
	result.sets = xcalloc(result.nr_sets, sizeof(void *));
	result.set_sizes = xcalloc(result.nr_sets, sizeof(size_t));
	for (i = 0; i < result.nr_sets; i++) {
		result.set_sizes[i] = reader_u64(&r);
		result.sets[i] = reader_bytes(&r, result.set_sizes[i]);
	}
	if (r.bad)
		BUG("a worker's answer is too short");
	w->task = NO_TASK;
	give(pool, task, &result);
	strbuf_reset(&w->answer);
	for (i = 0; i < result.nr_headers; i++)
		free(result.headers[i]);
	free(result.headers);
	free(result.sets);
	free(result.set_sizes);
	free(first_error);
	free(without_pch);
	free(blamed);
	free(failure);
}

static int receive(struct pool *pool, struct worker *w)
{
	char chunk[65536];
	ssize_t n = read(w->from, chunk, sizeof(chunk));
	uint64_t len;

	if (n < 0 && errno == EINTR)
		return 0;
	if (n <= 0) {
		lose(pool, w, false);
		return feed(pool, w);
	}
	strbuf_add(&w->answer, chunk, (size_t)n);
	if (w->answer.len < sizeof(len))
		return 0;
	memcpy(&len, w->answer.buf, sizeof(len));
	if (w->answer.len < len + sizeof(len))
		return 0;
	take_answer(pool, w);
	return feed(pool, w);
}

static bool is_late(const struct pool *pool, const struct worker *w)
{
	return now() > w->deadline || cpu_seconds(w) - w->cpu_before >
		(time_t)pool->opt->timeout;
}

static int check_deadlines(struct pool *pool)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < pool->nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		if (w->pid && w->task != NO_TASK && is_late(pool, w)) {
			lose(pool, w, true);
			ret |= feed(pool, w);
		}
	}
	return ret;
}

static int wait_for_answers(struct pool *pool)
{
	struct pollfd *fds = xcalloc(pool->nr_workers, sizeof(*fds));
	unsigned int i;
	int ret = 0;

	for (i = 0; i < pool->nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		fds[i].fd = w->pid && w->task != NO_TASK ? w->from : -1;
		fds[i].events = POLLIN;
	}
	if (poll(fds, pool->nr_workers, 1000) > 0)
		for (i = 0; i < pool->nr_workers; i++)
			if (fds[i].revents)
				ret |= receive(pool, &pool->workers[i]);
	free(fds);
	return ret | check_deadlines(pool);
}

int pool_run(const struct pool_options *options)
{
	struct pool pool = { .opt = options };
	void (*old_pipe)(int);
	unsigned int i;
	int ret = 0;

	pool.engine = options->nr ? engine_load() : NULL;
	if (options->nr && !pool.engine)
		return -1;
	old_pipe = signal(SIGPIPE, SIG_IGN);
	pool.nr_workers = options->jobs ? options->jobs : 1;
	if (pool.nr_workers > options->nr)
		pool.nr_workers = (unsigned int)options->nr;
	pool.workers = xcalloc(pool.nr_workers, sizeof(*pool.workers));
	for (i = 0; i < pool.nr_workers && !ret; i++)
		ret = feed(&pool, &pool.workers[i]);
	while (!ret && pool.done < options->nr)
		ret = wait_for_answers(&pool);
	for (i = 0; i < pool.nr_workers; i++)
		stop(&pool.workers[i], ret != 0);
	free(pool.workers);
	signal(SIGPIPE, old_pipe);
	return ret;
}
