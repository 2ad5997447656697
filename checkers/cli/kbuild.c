// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck kbuild`: checks one file, called by kbuild instead of sparse, many at a
 * time, with the command line for sparse. Its exit status decides whether the build
 * goes on.
 */
#include "cli/subcommand.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cache-folder.h"
#include "analysis/analysis.h"
#include "cli/kbuild-call.h"
#include "cli/options.h"
#include "compile/ccargs.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "report/report.h"
#include "lib/version.h"

/* The check of one file. */
struct file_check {
	const struct kbuild_call *call;
	struct check_request request;
	enum level level;
	struct analysis run;
	struct command_set set;
	struct compile_db commands;
	const char *file;	/* as the command names it */
};

static void open_cache(struct file_check *c)
{
	c->run.cache = cache_open(c->request.cache, c->request.no_cache);
	/* Ignore it with a warning: the file can still be checked. */
	if (!c->run.cache) {
		c->request.no_cache = true;
		c->run.cache = cache_open(NULL, true);
	}
}

static bool stands_here(const struct finding *finding, void *data)
{
	const struct file_check *c = data;

	return !strcmp(finding->loc.file, c->file);
}

static int report_findings(struct file_check *c)
{
	const struct report report = {
		.tree = &c->run.tree,
		.findings = &c->run.result.findings,
		.coverage = &c->run.result.coverage,
		.level = c->level,
	};
	const struct coverage *coverage = &c->run.result.coverage;
	size_t i;

	findings_keep(&c->run.result.findings, stands_here, c);
	if (report_format_find("text")->write(&report, stderr))
		return -1;
	for (i = 0; i < coverage->nr_gaps; i++)
		warning("%s: %s", coverage->gaps[i].file,
			coverage->gaps[i].reason);
	return c->call->werror && report_count(&report) ? EXIT_FINDINGS :
		EXIT_CLEAN;
}

/*
 * Analyse the file in a child process, so that a crash does not stop the build.
 */
static int finish_apart(struct file_check *c)
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	if (child < 0) {
		error_errno("%s: cannot start a process", c->file);
		return EXIT_CLEAN;
	}
	if (!child)
		exit(analysis_finish(&c->run) ? EXIT_CLEAN : report_findings(c));
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		return WEXITSTATUS(status) == EXIT_FINDINGS ? EXIT_FINDINGS :
			EXIT_CLEAN;
	warning("%s: not checked: dmacheck died of signal %d (%s)", c->file,
		WTERMSIG(status), strsignal(WTERMSIG(status)));
	return EXIT_CLEAN;
}

static int check_file(const struct kbuild_call *call,
		      const struct options *opt)
{
	struct file_check c = {
		.call = call, .request = opt->request, .level = opt->level,
		.run = ANALYSIS_INIT,
		.commands = COMPILE_DB_INIT,
	};
	int status = EXIT_CLEAN;
	size_t given = 0;

	c.request.tree = call->root;
	c.request.arch = call->arch;
	c.request.progress = PROGRESS_NEVER;
	c.request.jobs = 1;
	c.request.given = &c.commands;
	c.request.alone = true;
	command_set_init(&c.set);
	if (analysis_open(&c.run, &c.request))
		goto cleanup;
	kbuild_call_command(call, &c.run.tree, &c.set);
	command_set_give(&c.set, &given, &c.commands);
	/* A generated file is not a source of the tree. */
	if (!c.commands.nr)
		goto cleanup;
	c.file = c.commands.list[0].file;
	open_cache(&c);
	if (c.run.cache && analysis_is_relevant(&c.run))
		status = finish_apart(&c);
cleanup:
	analysis_release(&c.run);
	compile_db_release(&c.commands);
	command_set_release(&c.set);
	return status;
}

/* `nr` options for dmacheck, then those for sparse. */
static int check(const struct subcommand *self, char **argv, size_t nr_own,
		 char *const *words, size_t nr)
{
	struct kbuild_call call = KBUILD_CALL_INIT;
	struct options opt;
	int status = EXIT_CLEAN;

	diag_is_guest = true;
	if (options_parse(&opt, self, (int)nr_own + 1, argv) ==
	    OPTIONS_RUN) {
		/* Do not report the coverage: one file is only a part. */
		if (!diag_verbosity)
			diag_verbosity = -1;
		if (kbuild_call_read(&call, words, nr) > 0)
			status = check_file(&call, &opt);
	}
	kbuild_call_release(&call);
	options_release(&opt);
	return status;
}

static int run_words(const struct subcommand *self, int argc, char **argv)
{
	size_t nr = (size_t)argc - 1, own = options_lead(self, argv + 1, nr);
	char **rest = argv + 1 + own;

	if (nr && !strcmp(argv[1], "--version")) {
		printf("dmacheck %s\n", DMACHECK_VERSION);
		return EXIT_CLEAN;
	}
	/* Not called by kbuild. */
	if (own == nr || strv_has(argv + 1, own, "--help") || strv_has(argv + 1, own, "-h"))
		return subcommand_run(self, argc, argv);
	/* kbuild asks whether there is a checker. */
	if (!ccargs_is_source(argv[argc - 1]))
		return EXIT_CLEAN;
	nr -= own;
	if (!strcmp(rest[0], "--")) {
		rest++;
		nr--;
	} else if (!strncmp(rest[0], "--", 2) && nr > 1) {
		/* CHECKFLAGS never begin with such a word. */
		own++;
	}
	return check(self, argv, own, rest, nr);
}

static int cmd_kbuild(const struct options *opt)
{
	(void)opt;
	error("`dmacheck kbuild` is called by make, as in make C=2 CHECK=\"/path/to/dmacheck kbuild\"; after the build, `dmacheck check -O OBJTREE` reads all files together");
	return EXIT_FAILED;
}

const struct subcommand kbuild_command = {
	.name = "kbuild",
	.arguments = "",
	.summary = "Check FILE for kbuild: make C=2 CHECK=\"/path/to/dmacheck kbuild\"",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS,
	.run = cmd_kbuild,
	.run_words = run_words,
};
