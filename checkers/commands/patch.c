// SPDX-License-Identifier: GPL-2.0-only
#include <unistd.h>

#include "change/change.h"
#include "commands/examine.h"
#include "commands/novelty.h"
#include "commands/options.h"
#include "commands/subcommand.h"
#include "lib/diag.h"

/* One run over one or more changes. */
struct judging {
	const struct options *opt;
	struct change_source *source;
	size_t changes, findings;
	bool failed;
};

/* What is found with `overlay` over the tree, where the change may matter. */
static int find(struct examination *ex, const struct judging *j,
		const struct change *change, const struct overlay *overlay)
{
	ex->overlay = overlay;
	ex->touched = (const char *const *)change->files;
	ex->nr_touched = change->nr_files;
	return examine(ex, j->opt);
}

static size_t count_shown(const struct judging *j,
			  const struct findings *findings)
{
	size_t i, nr = 0;

	for (i = 0; i < findings->nr; i++)
		nr += findings->list[i].level >= j->opt->level;
	return nr;
}

static int write_report(struct judging *j, const struct change *change,
			const struct examination *ex)
{
	const struct report report = {
		.tree = &ex->tree,
		.findings = &ex->findings,
		.coverage = &ex->coverage,
		.level = j->opt->level,
		.change = change->title,
	};

	if (report_write(&report, j->opt->format, j->opt->output))
		return -1;
	j->findings += report_count(&report);
	return 0;
}

static int compare(struct judging *j, struct change *change,
		   struct examination *after)
{
	struct examination before = EXAMINATION_INIT;
	int ret = 0;

	if (!change->first && count_shown(j, &after->findings))
		ret = find(&before, j, change, &change->before);
	if (!ret)
		ret = change_find_hunks(change, after->tree.root);
	if (!ret)
		novelty_keep(&after->findings, &before.findings, change);
	examination_release(&before);
	return ret;
}

static int judge(struct judging *j, struct change *change)
{
	struct examination after = EXAMINATION_INIT;
	int ret = -1;

	if (!find(&after, j, change, &change->after) &&
	    !compare(j, change, &after))
		ret = write_report(j, change, &after);
	examination_release(&after);
	return ret;
}

static int judge_all(struct judging *j)
{
	int ret;

	for (;;) {
		struct change change = CHANGE_INIT;

		ret = change_next(j->source, &change);
		if (ret == 1) {
			j->changes++;
			if (judge(j, &change))
				ret = CHANGE_BAD;
		}
		j->failed |= ret < 0;
		change_release(&change);
		if (!ret || ret == CHANGE_FAILED)
			return 0;
	}
}

static struct change_source *open_source(const struct options *opt,
					 const char *root)
{
	static const char *const stdin_alone[] = { "-" };

	if (opt->staged)
		return change_staged(root);
	if (opt->git)
		return change_commits(root, opt->git);
	if (opt->arguments.nr)
		return change_patches(root, opt->arguments.list,
				      opt->arguments.nr);
	return change_patches(root, stdin_alone, 1);
}

static int check_options(const struct options *opt)
{
	if (opt->staged + !!opt->git + !!opt->arguments.nr > 1)
		return error("--staged, --git and FILE each say where the change is: give one of them");
	if (!opt->staged && !opt->git && !opt->arguments.nr &&
	    isatty(STDIN_FILENO))
		return error("which change? Say --staged, --git REV or A..B, a FILE, or have a mail on stdin");
	return 0;
}

static int run(const struct options *opt)
{
	struct judging j = { .opt = opt };
	struct tree tree = TREE_INIT;
	int status = EXIT_FAILED;

	if (check_options(opt) || tree_open(&tree, opt->tree, opt->arch))
		return EXIT_FAILED;
	j.source = open_source(opt, tree.root);
	if (j.source && !judge_all(&j) && !j.failed)
		status = j.findings ? EXIT_FINDINGS : EXIT_CLEAN;
	change_close(j.source);
	tree_release(&tree);
	return status;
}

const struct subcommand patch_command = {
	.name = "patch",
	.arguments = "[FILE|-]...",
	.max_arguments = SIZE_MAX,
	.summary = "Find what a change adds: a patch, a mail, commits, or what is staged",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_REPORT | OPTIONS_PATCH,
	.run = run,
};
