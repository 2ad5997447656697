// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck patch`: analyses the tree before and after changes, and reports the
 * findings that they add.
 */
#include <unistd.h>

#include "change/change.h"
#include "analysis/analysis.h"
#include "change/new-findings.h"
#include "cli/fixes.h"
#include "cli/options.h"
#include "analysis/relevance.h"
#include "cli/subcommand.h"
#include "lib/alloc.h"
#include "lib/async.h"
#include "lib/diag.h"
#include "report/report.h"
#include "report/source.h"

/* One run over one or more changes. */
struct judging {
	const struct options *opt;
	struct change_source *source;
	struct findings findings;	/* of all changes */
	struct coverage coverage;	/* of the files that they touch */
	struct tree tree;
	struct analysis last;	/* of the last change */
	size_t nr_found;		/* at level warning or above */
	bool failed;
	bool misconfigured;
};

static int prepare(struct analysis *run, struct judging *j,
		   const struct change *change,
		   const struct overlay *overlay)
{
	struct check_request request = j->opt->request;

	request.overlay = overlay;
	request.touched = &change->files;
	request.before = overlay == &change->before;
	/* The tree itself was opened before. */
	j->misconfigured |= analysis_open(run, &request) != 0;
	return j->misconfigured || analysis_open_cache(run) ? -1 : 0;
}

/* Keep the gaps of the change's files, and those that are not about a file. */
static void cover(struct judging *j, const struct change *change,
		  const struct coverage *coverage, struct coverage *own)
{
	size_t i;

	own->files_total = coverage->files_total;
	own->files_considered = coverage->files_considered;
	own->files_analysed = coverage->files_analysed;
	for (i = 0; i < coverage->nr_gaps; i++) {
		const struct gap *miss = &coverage->gaps[i];

		if (strcmp(miss->file, ".") &&
		    !change_touches(change, miss->file))
			continue;
		coverage_miss(own, miss->kind, miss->file, miss->reason);
		coverage_miss(&j->coverage, miss->kind, miss->file,
			      miss->reason);
	}
	for (i = 0; i < coverage->nr_lost; i++) {
		coverage_lose_rule(own, coverage->lost_rules[i]);
		coverage_lose_rule(&j->coverage, coverage->lost_rules[i]);
	}
	strvec_pushv(&own->unseen, strvec_list(&coverage->unseen),
		     coverage->unseen.nr);
	strvec_pushv(&j->coverage.unseen, strvec_list(&coverage->unseen),
		     coverage->unseen.nr);
	own->nr_crashes = coverage->nr_crashes;
	j->coverage.files_total = own->files_total;
	j->coverage.files_considered = own->files_considered;
	j->coverage.files_analysed = own->files_analysed;
}

static int write_report(struct judging *j, const struct change *change,
			struct analysis *run, bool is_relevant)
{
	struct coverage own = COVERAGE_INIT;
	const struct report report = {
		.tree = &run->tree,
		.findings = &run->result.findings,
		.coverage = &own,
		.level = j->opt->level,
		.strict = j->opt->strict_coverage,
		.explain = j->opt->explain,
		.left_out = &run->result.left_out,
		.change = change->title,
		.source_url = j->opt->source_url,
	};
	size_t i;
	int ret;

	if ((outputs_need(&j->opt->outputs) & FORMAT_FIX) &&
	    fixes_find(&run->result.findings, run, j->opt->level,
		       &run->result.coverage))
		j->failed = true;
	cover(j, change, &run->result.coverage, &own);
	if (outputs_need(&j->opt->outputs) & FORMAT_SOURCE)
		source_lines_read(&run->result.findings, &run->tree, j->opt->level);
	ret = outputs_write(&j->opt->outputs, &report, OUTPUTS_LINES);
	if (is_relevant)
		report_summary(&report);
	j->nr_found += report_count(&report);
	j->failed |= report_status(&report) == EXIT_FAILED;
	for (i = 0; i < run->result.findings.nr; i++)
		run->result.findings.list[i].change = xstrdup(change->title);
	findings_move(&j->findings, &run->result.findings);
	coverage_release(&own);
	return ret;
}

/* Write the findings that are not written yet. */
static int write_rest(struct judging *j)
{
	const struct report report = {
		.tree = &j->tree,
		.findings = &j->findings,
		.coverage = &j->coverage,
		.source_url = j->opt->source_url,
		.level = j->opt->level,
		.explain = j->opt->explain,
	};

	return outputs_write(&j->opt->outputs, &report, OUTPUTS_REST);
}

struct before {
	struct judging *judging;
	const struct change *change;
};

/* Find the fingerprints before the change, for new_findings_keep(). */
static int find_before(struct strbuf *answer, void *data)
{
	const struct before *b = data;
	struct analysis run = ANALYSIS_INIT;
	int ret;

	if (diag_verbosity == 0)
		diag_verbosity = -1;
	ret = prepare(&run, b->judging, b->change, &b->change->before);
	if (!ret)
		ret = analysis_finish(&run);
	if (!ret)
		new_findings_save(answer, &run.result.findings, b->change);
	analysis_release(&run);
	return ret;
}

/* Whether the change adds the file, so that all its findings are new. */
static bool is_new_file(const struct analysis *after,
			const struct change *change, const char *file)
{
	struct tree before = after->tree;

	before.overlay = &change->before;
	return !tree_has_file(&before, file);
}

/*
 * Whether a record of an earlier run has the findings before the change, for all
 * files except those that it adds.
 */
static bool all_known(const struct analysis *after,
		      const struct change *change, struct strbuf *known)
{
	struct intern_pool prints = INTERN_POOL_INIT;
	bool all = last_run_findings(&prints, after, change);
	size_t i;

	for (i = 0; i < after->result.findings.nr && all; i++) {
		const struct finding *f = &after->result.findings.list[i];

		if (is_new_file(after, change, f->loc.file))
			continue;
		all = intern_find(&prints, f->fingerprint) != INTERN_NONE;
		buffer_str(known, f->fingerprint);
	}
	if (!all)
		known->len = 0;
	intern_release(&prints);
	return all;
}

/*
 * Analyse both sides. Without a record of an earlier run, both are analysed at the
 * same time, unless the cache is cold: then the second uses the facts of the first.
 */
static int find_both(struct analysis *after, const struct before *before,
		     struct strbuf *known)
{
	const struct change *change = before->change;
	bool alone = change->first || change->nr_renames;
	bool optimistic = !alone && last_run_exists(after);
	bool at_once = !change->first && !optimistic && analysis_is_warm(after);
	struct async async = ASYNC_INIT;
	int ret = 0;

	if (at_once)
		ret = async_start(&async, find_before, (void *)before);
	if (!ret)
		ret = analysis_finish(after);
	if (!ret && optimistic && all_known(after, change, known))
		return 0;
	if (!ret && !change->first && !at_once)
		ret = async_start(&async, find_before, (void *)before);
	if (!ret && !change->first)
		ret = async_finish(&async, known);
	async_stop(&async);
	return ret;
}

static int judge(struct judging *j, struct change *change)
{
	struct analysis *after = &j->last;
	const struct before before = { j, change };
	struct strbuf known = STRBUF_INIT;
	bool is_relevant = false;
	int ret;

	if (j->opt->staged && !change->files.nr)
		note("nothing is staged");
	analysis_release(after);
	ret = prepare(after, j, change, &change->after);
	if (!ret)
		is_relevant = change_is_relevant(change, after);
	if (!ret && !is_relevant)
		verbose("%s: no file in it is relevant", change->title);
	/* All findings of a first commit are new, and no hunk is named. */
	if (is_relevant && !change->first)
		ret = change_find_hunks(change, after->tree.root);
	if (is_relevant && !ret)
		ret = find_both(after, &before, &known);
	if (is_relevant && !ret) {
		new_findings_keep(&after->result.findings, &known, change);
		tree_conf_hide(&after->conf, &after->result.findings,
			       &after->result.left_out);
	}
	if (!ret)
		ret = write_report(j, change, after, is_relevant);
	strbuf_release(&known);
	return ret;
}

static void judge_all(struct judging *j)
{
	int ret;

	for (;;) {
		struct change change = CHANGE_INIT;

		ret = change_next(j->source, &change);
		if (ret == 1 && judge(j, &change))
			ret = CHANGE_BAD;
		j->failed |= ret < 0;
		change_release(&change);
		if (!ret || ret == CHANGE_FAILED)
			return;
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
		return change_patches(root, strvec_list(&opt->arguments),
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
	return outputs_check(&opt->outputs);
}

static int cmd_patch(const struct options *opt)
{
	static struct judging j = {
		.tree = TREE_INIT, .last = ANALYSIS_INIT,
		.coverage = COVERAGE_INIT,
	};
	int status = EXIT_FAILED;

	j.opt = opt;
	if (opt->mailback)
		diag_verbosity = -1;
	if (check_options(opt) || tree_open(&j.tree, opt->request.tree, opt->request.arch))
		return EXIT_FAILED;
	j.source = open_source(opt, j.tree.root);
	if (j.source) {
		judge_all(&j);
		if (!write_rest(&j) && !j.failed)
			status = j.nr_found ? EXIT_FINDINGS : EXIT_CLEAN;
	}
	if (j.misconfigured)
		status = options_misconfigured(opt);
	change_close(j.source);
	findings_release(&j.findings);
	coverage_release(&j.coverage);
	tree_release(&j.tree);
	analysis_leave(&j.last);
	return status;
}

const struct subcommand patch_command = {
	.name = "patch",
	.arguments = "[FILE|-]...",
	.max_arguments = SIZE_MAX,
	.summary = "Find what a change adds: a patch, a mail, commits or the index",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_REPORT | OPTIONS_PATCH,
	.run = cmd_patch,
};
