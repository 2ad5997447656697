// SPDX-License-Identifier: GPL-2.0-only
#include "lib/run.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "capture.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* Run a line of shell. */
static int sh(struct run_result *r, struct run_job *job, const char *script)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	int ret;

	job->argv = argv;
	ret = run(r, job);
	job->argv = NULL;
	return ret;
}

static void words_are(struct run_result *r, const struct run_job *job,
		      const char *expected)
{
	char *words = run_words(r, job);

	assert_string_equal(words, expected);
	free(words);
	run_release(r);
}

static void captures_output_and_status(void **state)
{
	struct run_result r;
	struct run_job job = { .dir = "/usr" };

	(void)state;
	assert_int_equal(sh(&r, &job, "pwd; echo wrong >&2; cat"), 0);
	assert_string_equal(r.output, "/usr\nwrong\n");
	words_are(&r, &job, "exit status 0");

	assert_int_equal(sh(&r, &job, "seq 200000; exit 3"), -1);
	assert_int_equal(r.output_len, 1288895);
	assert_string_equal(run_tail(&r, 2), "199999\n200000\n");
	words_are(&r, &job, "exit status 3");

	assert_int_equal(sh(&r, &job, "kill -SEGV $$"), -1);
	words_are(&r, &job, "killed by signal 11 (Segmentation fault)");

	job.timeout = 1;
	assert_int_equal(sh(&r, &job, "sleep 1000 & sleep 1000"), -1);
	words_are(&r, &job, "no end after 1 seconds");
}

static void says_why_nothing_started(void **state)
{
	const char *const argv[] = { "/nonexistent/program", NULL };
	struct run_result r;
	struct run_job job = { .argv = argv };

	(void)state;
	assert_int_equal(run(&r, &job), -1);
	assert_int_equal(r.start_errno, ENOENT);
	words_are(&r, &job, "No such file or directory");

	job.dir = "/nonexistent";
	assert_int_equal(sh(&r, &job, "true"), -1);
	words_are(&r, &job, "No such file or directory");
}

static void tail_of_little(void **state)
{
	struct run_result r;
	struct run_job job = { .dir = NULL };

	(void)state;
	sh(&r, &job, "echo one");
	assert_string_equal(run_tail(&r, 5), "one\n");
	run_release(&r);
	sh(&r, &job, ":");
	assert_string_equal(run_tail(&r, 5), "");
	run_release(&r);
}

static void join_line(void *data, char *line, size_t len)
{
	char **all = data, *more;

	assert_int_equal(strlen(line), len);
	more = xstrfmt("%s<%s>", *all, line);
	free(*all);
	*all = more;
}

static void count_bytes(void *data, char *line, size_t len)
{
	assert_int_equal(strlen(line), len);
	*(size_t *)data += len + 1;
}

static void gives_lines(void **state)
{
	char *all = xstrdup("");
	size_t bytes = 0;
	struct run_result r;
	struct run_job job = { .line = join_line, .data = &all };

	(void)state;
	assert_int_equal(sh(&r, &job, "printf 'a\\n\\nbc'; echo e >&2;"
			    "sleep 0.1; printf 'd\\nlast'"), 0);
	assert_string_equal(all, "<a><><bcd><last>");
	assert_string_equal(r.output, "e\n");
	run_release(&r);
	free(all);

	job.line = count_bytes;
	job.data = &bytes;
	assert_int_equal(sh(&r, &job, "seq 200000; head -c 300000 /dev/zero |"
			    "tr '\\0' x; echo"), 0);
	assert_int_equal(bytes, 1288895 + 300001);
	run_release(&r);
}

static void writes_into_a_file(void **state)
{
	char *file = path_join(capture_folder(), "output"), *text;
	struct run_result r;
	struct run_job job = { .output = file };

	(void)state;
	assert_int_equal(sh(&r, &job, "echo out; echo err >&2"), 0);
	assert_string_equal(r.output, "err\n");
	run_release(&r);
	text = slurp(file);
	assert_string_equal(text, "out\n");
	free(text);
	free(file);
}

static void changes_the_environment(void **state)
{
	const char *const without[] = { "MAKEFLAGS", "KBUILD_*", NULL };
	const char *const with[] = { "LC_ALL=C", "NEW=1", NULL };
	struct run_result r;
	struct run_job job = { .dir = NULL };
	char **env;

	(void)state;
	setenv("MAKEFLAGS", "-j8", 1);
	setenv("MAKEFLAGS2", "stays", 1);
	setenv("KBUILD_OUTPUT", "/x", 1);
	setenv("LC_ALL", "de_DE", 1);
	env = run_env(without, with);
	job.env = env;
	sh(&r, &job, "echo $MAKEFLAGS,$MAKEFLAGS2,$KBUILD_OUTPUT,$NEW,$LC_ALL");
	assert_string_equal(r.output, ",stays,,1,C\n");
	run_release(&r);
	free(env);
}

static void quotes_for_the_shell(void **state)
{
	const char *const argv[] = { "make", "-j2", "O=/a b", "it's", "", NULL };
	char *line = run_command_line(argv);

	(void)state;
	assert_string_equal(line, "make -j2 'O=/a b' 'it'\\''s' ''");
	free(line);
}

static void finds_programs(void **state)
{
	char *sh_path = run_find_program("sh");

	(void)state;
	assert_non_null(sh_path);
	assert_int_equal(access(sh_path, X_OK), 0);
	free(sh_path);
	assert_null(run_find_program("no-such-program-anywhere"));
	assert_null(run_find_program("/no/such/program"));
}

/* --- the end of a process that has children and temporary files --- */

static bool alive(const char *pid_file)
{
	char *text = slurp(pid_file);
	pid_t pid = (pid_t)atol(text);
	int tries;

	free(text);
	assert_true(pid > 1);
	/* A killed grandchild is init's, who may need a moment. */
	for (tries = 0; tries < 50; tries++) {
		char *stat = xstrfmt("/proc/%d/stat", (int)pid), *what;
		bool gone;

		what = path_read(stat, NULL);
		free(stat);
		gone = !what || strstr(what, ") Z ");
		free(what);
		if (gone)
			return false;
		usleep(20000);
	}
	return true;
}

static void wait_for(const char *path)
{
	int tries;

	for (tries = 0; tries < 500; tries++) {
		struct stat st;

		if (!stat(path, &st) && st.st_size > 0)
			return;
		usleep(10000);
	}
	fail_msg("%s did not appear", path);
}

struct victim {
	char *dir, *pid_file, *file;
	pid_t pid;
};

/* A process that registers things, starts a program and waits for it. */
static void start_victim(struct victim *v, bool call_exit)
{
	v->dir = path_join(capture_folder(), "victim");
	v->file = path_join(capture_folder(), "victim.file");
	v->pid_file = path_join(capture_folder(), "grandchild");
	unlink(v->pid_file);
	fflush(NULL);
	v->pid = fork();
	if (!v->pid) {
		char *script = xstrfmt("sleep 1000 & echo $! >%s.new;"
				       "mv %s.new %s; wait", v->pid_file,
				       v->pid_file, v->pid_file);
		struct newfile f;
		struct run_result r;
		struct run_job job = { .timeout = call_exit ? 1 : 0 };

		tempfile_register(v->dir);
		if (path_mkdirs(v->dir) || newfile_open(&f, v->file))
			_exit(99);
		fputs("half", f.stream);
		fflush(f.stream);
		sh(&r, &job, script);
		exit(7);
	}
	wait_for(v->pid_file);
}

static int end_victim(struct victim *v)
{
	int status = 0;

	assert_int_equal(waitpid(v->pid, &status, 0), v->pid);
	assert_false(alive(v->pid_file));
	assert_false(path_is_dir(v->dir));
	assert_false(path_is_file(v->file));
	free(v->dir);
	free(v->file);
	free(v->pid_file);
	return status;
}

static void leaves_nothing_when_interrupted(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	size_t i;

	(void)state;
	/* A shell starts what is in the background with SIGINT ignored. */
	for (i = 0; i < ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_DFL);
	for (i = 0; i < ARRAY_SIZE(signals); i++) {
		struct victim v;
		int status;

		start_victim(&v, false);
		kill(v.pid, signals[i]);
		status = end_victim(&v);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
	}
}

static void leaves_nothing_at_exit(void **state)
{
	struct victim v;
	int status;

	(void)state;
	start_victim(&v, true);
	status = end_victim(&v);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

/* --- files that are replaced whole --- */

static void replaces_a_file(void **state)
{
	const char *path = make_file("replaced", "old");
	struct newfile f = NEWFILE_INIT;
	struct stat st;
	char *text;

	(void)state;
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(newfile_open(&f, path), 0);
	fputs("new", f.stream);
	text = slurp(path);
	assert_string_equal(text, "old");
	free(text);
	newfile_cancel(&f);
	newfile_cancel(&f);
	text = slurp(path);
	assert_string_equal(text, "old");
	free(text);

	assert_int_equal(newfile_open(&f, path), 0);
	fputs("new", f.stream);
	assert_int_equal(newfile_commit(&f), 0);
	text = slurp(path);
	assert_string_equal(text, "new");
	free(text);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	free((char *)path);
}

static void says_what_it_cannot_write(void **state)
{
	struct newfile f = NEWFILE_INIT;
	struct capture c = capture_begin(STDERR_FILENO);
	char *said;

	(void)state;
	assert_int_equal(newfile_open(&f, "/nonexistent/x"), -1);
	assert_int_equal(newfile_open(&f, "/dev/full"), -1);
	said = capture_end(&c);
	assert_string_equal(said,
		"dmacheck: error: cannot write /nonexistent/x: No such file or directory\n"
		"dmacheck: error: /dev/full is not a regular file and is not replaced\n");
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(captures_output_and_status),
		cmocka_unit_test(says_why_nothing_started),
		cmocka_unit_test(tail_of_little),
		cmocka_unit_test(gives_lines),
		cmocka_unit_test(writes_into_a_file),
		cmocka_unit_test(changes_the_environment),
		cmocka_unit_test(quotes_for_the_shell),
		cmocka_unit_test(finds_programs),
		cmocka_unit_test(leaves_nothing_when_interrupted),
		cmocka_unit_test(leaves_nothing_at_exit),
		cmocka_unit_test(replaces_a_file),
		cmocka_unit_test(says_what_it_cannot_write),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
