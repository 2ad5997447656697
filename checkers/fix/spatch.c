// SPDX-License-Identifier: GPL-2.0-only
/* Finds spatch, and runs it on one file with one rule; for fix.c. */
#include "fix/spatch.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/run.h"
#include "lib/strbuf.h"

/* 1.0.0 is the first one with `depends on ... ever` and `#spatch`. */
#define LEAST_MAJOR 1

#define MAX_TIMEOUT 86400

static char *ask_version(const char *program, unsigned int timeout)
{
	const char *argv[] = { program, "--version", NULL };
	struct run_job job = { .argv = argv, .timeout = timeout };
	struct run_result result = RUN_RESULT_INIT;
	static const char word[] = "spatch version ";
	char *why = NULL, *words;
	const char *version;

	if (run(&result, &job)) {
		words = run_words(&result, &job);
		why = xstrfmt("%s --version: %s", program, words);
		free(words);
		goto cleanup;
	}
	version = strstr(result.output, word);
	if (!version)
		why = xstrfmt("%s --version prints no version",
			      program);
	else if (atoi(version + sizeof(word) - 1) < LEAST_MAJOR)
		why = xstrfmt("%s is version %.*s, but 1.0 or later is needed",
			      program,
			      (int)strcspn(version + sizeof(word) - 1, " \n"),
			      version + sizeof(word) - 1);
cleanup:
	run_release(&result);
	return why;
}

/* 0 after an error(). */
static unsigned int ask_timeout(void)
{
	const char *text = getenv("DMACHECK_SPATCH_TIMEOUT");
	unsigned long seconds;
	char *end;

	if (!text || !*text)
		return SPATCH_TIMEOUT;
	seconds = strtoul(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && seconds &&
	    seconds <= MAX_TIMEOUT)
		return (unsigned int)seconds;
	error("DMACHECK_SPATCH_TIMEOUT is '%s'; it must be a number of seconds from 1 to %d",
	      text, MAX_TIMEOUT);
	return 0;
}

int spatch_open(struct spatch *spatch, const char *patches)
{
	memset(spatch, 0, sizeof(*spatch));
	spatch->timeout = ask_timeout();
	if (!spatch->timeout)
		return -1;
	spatch->program = run_find_program("spatch");
	if (!spatch->program) {
		spatch->unusable = xstrdup("spatch not found; install coccinelle (apt-get install coccinelle)");
		return 0;
	}
	spatch->unusable = ask_version(spatch->program, spatch->timeout);
	if (spatch->unusable)
		return 0;
	if (patches)
		spatch->folder = xstrdup(patches);
	else
		spatch->unusable = xstrdup("semantic-patches/ is not installed");
	return 0;
}

/* The last line of spatch's output, which says what went wrong. */
static char *complaint(const struct run_result *result)
{
	const char *tail = run_tail(result, 1);
	size_t len = strcspn(tail, "\n");

	return len ? xstrfmt(": %.*s", (int)len, tail) : xstrdup("");
}

/* "-D only -D fn=NAME", so that the user can repeat it. */
static char *say_defines(const struct spatch_job *what)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < what->nr_defines; i++)
		strbuf_addf(&text, " -D %s", what->defines[i]);
	return strbuf_detach(&text, NULL);
}

char *spatch_run(const struct spatch *spatch, const struct spatch_job *what)
{
	char *rule = xstrfmt("%s/%s.cocci", spatch->folder, what->patch);
	const char *argv[12 + 2 * SPATCH_DEFINES] = { spatch->program,
		"--sp-file", rule, "-D", "patch", "--no-includes",
		"--include-headers", "--very-quiet", "--in-place",
		what->path };
	size_t nr = 10, i;
	struct run_job job = { .argv = argv, .timeout = spatch->timeout };
	struct run_result result = RUN_RESULT_INIT;
	char *why = NULL;

	for (i = 0; i < what->nr_defines && i < SPATCH_DEFINES; i++) {
		argv[nr++] = "-D";
		argv[nr++] = what->defines[i];
	}
	if (run(&result, &job)) {
		char *words = run_words(&result, &job);
		char *said = complaint(&result);
		char *defines = say_defines(what);

		why = xstrfmt("spatch --sp-file %s.cocci%s: %s%s",
			      what->patch, defines, words, said);
		free(defines);
		free(said);
		free(words);
	}
	run_release(&result);
	free(rule);
	return why;
}

void spatch_release(struct spatch *spatch)
{
	free(spatch->program);
	free(spatch->folder);
	free(spatch->unusable);
}
