// SPDX-License-Identifier: GPL-2.0-only
/*
 * git(1) as a program, run so that the configuration of somebody else's
 * repository runs nothing.
 */
#include "lib/git.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "lib/strvec.h"

/* A variable without a value. */
#define EMPTY	"DMACHECK_EMPTY"

/* Take out "filter.NAME.clean" and its kin; "-c" takes no NAME with a "=". */
static void add_filters(struct strvec *argv, const char *dir)
{
	static const char *const words[] = { "config", "--name-only",
		"--get-regexp", "^filter\\.", NULL };
	char *names = git_ask(dir, words, false), *rest = names, *name;

	while (rest && (name = strsep(&rest, "\n"))) {
		const char *key = strrchr(name, '.');

		if (!key || (strcmp(key, ".clean") && strcmp(key, ".process") &&
			     strcmp(key, ".smudge") && strcmp(key, ".required")))
			continue;
		strvec_pushf(argv, "--config-env=%s=" EMPTY, name);
	}
	free(names);
}

/* "git" with the options that disable what its configuration could run. */
static struct strvec argv_of(const struct git_call *call)
{
	static const char *const fixed[] = { "git", "-c", "core.quotepath=off",
		"-c", "core.fsmonitor=false", "-c", "protocol.allow=never" };
	static const char *const bare[] = { "-c", "core.autocrlf=false",
		"-c", "apply.whitespace=nowarn", "-c", "core.hooksPath=/dev/null" };
	struct strvec argv = STRVEC_INIT;
	size_t i;

	strvec_pushv(&argv, fixed, ARRAY_SIZE(fixed));
	if (call->bare)
		strvec_pushv(&argv, bare, ARRAY_SIZE(bare));
	if (call->work_tree)
		add_filters(&argv, call->dir);
	for (i = 0; call->words[i]; i++)
		strvec_push(&argv, call->words[i]);
	return argv;
}

static void fill(struct run_job *job, const struct git_call *call,
		 const struct strvec *argv)
{
	*job = (struct run_job){
		.argv = strvec_list(argv), .dir = call->dir,
		.input = call->input, .output = call->output,
		.timeout = call->timeout,
	};
}

/* What a hook's environment says of a repository is not for a bare call. */
static char **environment(const struct git_call *call, char **ceiling)
{
	static const char *const repository[] = { "GIT_*", NULL };
	static const char *const none[] = { "GIT_EXTERNAL_DIFF",
		"GIT_DIFF_OPTS", "GIT_PAGER", "GIT_ALLOW_PROTOCOL", NULL };
	char *parent = path_dirname(call->dir ? call->dir : ".");
	/* Older gits know only the second; no transport is called "none". */
	const char *with[] = { "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0",
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", EMPTY "=",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", NULL,
		NULL };

	*ceiling = xstrfmt("GIT_CEILING_DIRECTORIES=%s", parent);
	free(parent);
	with[7] = *ceiling;
	if (!call->bare)
		with[5] = NULL;
	return run_env(call->bare ? repository : none, with);
}

static int run_git(struct run_result *result, const struct git_call *call,
		   void (*line)(void *data, char *line, size_t len),
		   void *data)
{
	struct strvec argv = argv_of(call);
	char *ceiling, **env = environment(call, &ceiling);
	struct run_job job;
	int ret;

	fill(&job, call, &argv);
	job.env = env;
	job.line = line;
	job.data = data;
	ret = run(result, &job);
	free(env);
	free(ceiling);
	strvec_release(&argv);
	return ret;
}

int git_run(struct run_result *result, const struct git_call *call)
{
	return run_git(result, call, NULL, NULL);
}

/* `text` with blanks for newlines and the like, one for several. */
static char *one_line(const char *text)
{
	char *line = xstrdup(text ? text : ""), *from, *to = line;

	for (from = line; *from; from++)
		if (!isspace((unsigned char)*from))
			*to++ = *from;
		else if (to > line && to[-1] != ' ')
			*to++ = ' ';
	while (to > line && to[-1] == ' ')
		to--;
	*to = '\0';
	return line;
}

int git_error(const struct run_result *result, const struct git_call *call)
{
	struct strvec argv = argv_of(call);
	char *command = run_command_line(call->words);
	char *said = one_line(run_tail(result, 3)), *words;
	struct run_job job;

	fill(&job, call, &argv);
	words = run_words(result, &job);
	if (result->start_errno)
		error("`git %s`: git cannot be started: %s (apt-get install git)",
		      command, words);
	else
		error("`git %s` in %s: %s%s%s", command, call->dir, words,
		      *said ? ": " : "", said);
	free(words);
	free(said);
	free(command);
	strvec_release(&argv);
	return -1;
}

static void add_line(void *data, char *line, size_t len)
{
	struct strbuf *answer = data;

	strbuf_add(answer, line, len);
	strbuf_addch(answer, '\n');
}

char *git_ask(const char *dir, const char *const *words, bool complain)
{
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = { .dir = dir, .words = words };
	struct strbuf answer = STRBUF_INIT;
	int ret = run_git(&result, &call, add_line, &answer);

	if (ret && complain)
		git_error(&result, &call);
	run_release(&result);
	if (ret) {
		strbuf_release(&answer);
		return NULL;
	}
	strbuf_rtrim_of(&answer, "\n");
	return strbuf_detach(&answer, NULL);
}

bool git_is_top(const char *dir)
{
	static const char *const words[] = { "rev-parse", "--show-cdup", NULL };
	char *up = git_ask(dir, words, false);
	bool yes = up && !*up;

	free(up);
	return yes;
}
