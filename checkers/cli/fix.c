// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck fix`: analyses a tree and writes a patch, a series, or the tree. */
#include "lib/installed.h"
#include "analysis/analysis.h"
#include "cli/options.h"
#include "cli/subcommand.h"
#include "fix/allow.h"
#include "fix/fix.h"
#include "fix/rename.h"
#include "fix/series.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"
#include "report/report.h"
#include "rules/common/attr-names.h"
#include "rules/rule.h"
#include "tree/module.h"

#define RENAMING "retired-attr-name"

static bool is_asked_for(const struct options *opt, const char *id)
{
	size_t i;

	for (i = 0; i < opt->request.nr_rules; i++)
		if (!strcmp(opt->request.rules[i]->id, id))
			return true;
	return false;
}

/* Drop names that a comment in the source suppresses. */
static void drop_suppressed_names(struct analysis *run)
{
	struct attr_names *names = run->result.names;
	size_t i, kept = 0;

	for (i = 0; i < names->nr; i++) {
		const struct mention *m = &names->list[i];

		if (!suppressed_at(&run->result.suppressed, RENAMING,
				   intern_str(&names->strings, m->file),
				   m->line, m->column))
			names->list[kept++] = *m;
	}
	names->nr = kept;
}

/* Names are renamed in all files, not finding by finding. */
static int rename_names(const struct options *opt, struct analysis *run,
			struct fix *fix,
			struct rename_result *result)
{
	const struct rename_options options = {
		.to = opt->to,
		.paths = strvec_list(&run->paths),
		.nr_paths = run->paths.nr,
	};

	if (!run->result.names)
		return 0;
	drop_suppressed_names(run);
	if (workspace_open(&fix->ws, &run->tree))
		return -1;
	if (rename_retired(&fix->ws, run->result.names, &options, result))
		return -1;
	note("retired names: %zu file%s changed", result->changed,
	     result->changed == 1 ? "" : "s");
	return 0;
}

/* Findings of the rule without a known new name. */
static size_t note_not_renamed(const struct options *opt, const struct analysis *run,
			       const struct rename_result *renamed)
{
	size_t i, left = 0;

	for (i = 0; i < run->result.findings.nr; i++) {
		const struct finding *f = &run->result.findings.list[i];

		const struct rename_place *place;

		if (strcmp(f->rule, RENAMING) || f->level < opt->level)
			continue;
		place = rename_find(renamed, f->loc.file, f->loc.line,
				    f->loc.column);
		left += !place || !place->done;
		if (place)
			continue;
		note("%s:%u:%u: " RENAMING ": not fixed: %s", f->loc.file,
		     f->loc.line, f->loc.column, f->message);
	}
	return left;
}

/* Allowed by policy.conf, or by .dmacheck.conf. */
static bool is_allowed(const char *module, const char *attribute,
		       const void *data)
{
	const struct analysis *run = data;

	return policy_allowed(run->policy, module, attribute) ||
	       tree_conf_allows(&run->conf, module, attribute);
}

static int fix_findings(const struct options *opt, struct analysis *run,
			struct fix *fix)
{
	char *patches = installed_folder("semantic-patches");
	const struct fix_allow allow = { TREE_CONF, is_allowed, run };
	const struct fix_options options = {
		.tree = &run->tree,
		.findings = &run->result.findings,
		.level = opt->level,
		.flow = run->result.flow,
		.calls = run->result.calls,
		.program = &run->result.program,
		.patches = patches,
		.jobs = run->request.jobs,
		.elsewhere = is_asked_for(opt, RENAMING) ? RENAMING : NULL,
	};
	int ret = fix_make(fix, &options);

	if (!ret && !run->request.no_config)
		ret = fix_allow(fix, &run->result.program, &allow);
	free(patches);
	return ret;
}

static int write_diff(const struct fix *fix, const char *path)
{
	struct newfile out = NEWFILE_INIT;

	if (!path)
		return workspace_diff(&fix->ws, stdout) ||
			fflush(stdout) ? -1 : 0;
	if (newfile_open(&out, path))
		return -1;
	if (workspace_diff(&fix->ws, out.stream)) {
		newfile_cancel(&out);
		return -1;
	}
	return newfile_commit(&out);
}

/* Whether the tree has the file; a series does not create it. */
static bool has_conf(const struct analysis *run)
{
	const struct tree *tree = &run->tree;
	char *path = path_join(tree->module ? tree->module_dir : tree->root,
			       TREE_CONF);
	bool yes = path_is_file(path);

	free(path);
	return yes;
}

static int write_series(const struct options *opt, const struct analysis *run,
			const struct fix *fix,
			const struct rename_result *renamed)
{
	/* A module has its own history. */
	const struct tree tree = {
		.root = run->tree.module ? run->tree.module_dir : run->tree.root,
		.version = run->tree.version,
		.arch = run->tree.arch,
	};
	const struct series_options options = {
		.folder = opt->series,
		.tree = &tree,
		.fix = fix,
		.conf = has_conf(run) ? TREE_CONF : NULL,
		.sign_off = opt->sign_off,
		.maintainers = opt->maintainers,
		.renamed = renamed->what,
	};

	return series_write(&options);
}

/* Write it into the tree, as a series, or as one patch. */
static int write_result(const struct options *opt, const struct analysis *run,
		    struct fix *fix,
		    const struct rename_result *renamed)
{
	if (opt->series)
		return write_series(opt, run, fix, renamed);
	if (!opt->apply)
		return write_diff(fix, outputs_path(&opt->outputs));
	return workspace_apply(&fix->ws);
}

/* Say what the patches lack and what else they contain. */
static void note_patches(const struct options *opt, const struct analysis *run,
			 const struct fix *fix, bool any)
{
	const char *plural = fix->nr_allowed == 1 ? "" : "s";

	if (any && opt->series && !opt->sign_off)
		note("the series carries no Signed-off-by; -s adds yours");
	if (!fix->nr_allowed)
		return;
	if (opt->series && !has_conf(run))
		note("the next check reports DMA_ATTR_REQUIRE_COHERENT in %zu module%s, which " TREE_CONF " has to allow; the tree has no such file, and the series does not add it",
		     fix->nr_allowed, plural);
	else
		note("the patch allows DMA_ATTR_REQUIRE_COHERENT in %zu module%s (" TREE_CONF "); --no-config leaves that out",
		     fix->nr_allowed, plural);
}

static int finish(const struct options *opt, const struct analysis *run,
		  struct fix *fix,
		  const struct rename_result *renamed)
{
	size_t left = fix_note_unfixed(fix), not_renamed = 0;
	int ret;

	if (is_asked_for(opt, RENAMING))
		not_renamed = note_not_renamed(opt, run, renamed);
	ret = write_result(opt, run, fix, renamed);
	if (fix->nr && !ret)
		note("%zu of %zu finding%s fixed%s", fix->nr - left, fix->nr,
		     fix->nr == 1 ? "" : "s",
		     left ? "; fix the others by hand" : "");
	if (!ret)
		note_patches(opt, run, fix, left < fix->nr || renamed->changed);
	report_gaps(&run->result.coverage);
	report_suppressed(&run->result.suppressed, "comments", opt->level);
	report_suppressed(&run->result.left_out, "the tree's .dmacheck.conf",
			  opt->level);
	if (ret || fix->disabled || run->result.coverage.nr_crashes ||
	    coverage_verdict(&run->result.coverage) == VERDICT_NONE)
		return EXIT_FAILED;
	return left || not_renamed || renamed->refused ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Everything is found and changed; the paths are only printed from here on. */
static void show_fix(struct analysis *run, struct fix *fix)
{
	size_t i;

	analysis_show(run);
	for (i = 0; i < fix->nr; i++) {
		char *why_not = fix->list[i].why_not;

		if (!why_not)
			continue;
		fix->list[i].why_not = module_shown(&run->tree, why_not);
		free(why_not);
	}
}

static int check_series(const struct options *opt)
{
	const char *dir = opt->request.module ? opt->request.module :
						opt->request.tree;
	char *root = realpath(dir, NULL);
	const struct tree tree = { .root = root };
	const struct series_options options = { .folder = opt->series,
		.tree = &tree, .sign_off = opt->sign_off,
		.maintainers = opt->maintainers };
	/* That there is no such tree is for tree_open() to say. */
	int ret = root ? series_writable(&options) : 0;

	free(root);
	return ret;
}

/* Reject options that exclude each other. */
static int check_options(const struct options *opt)
{
	if (opt->to && !is_asked_for(opt, RENAMING))
		return error("--to NAME needs --rule " RENAMING);
	if (opt->apply && outputs_path(&opt->outputs))
		return error("--apply writes to the tree and -o %s writes a patch; choose one",
			     outputs_path(&opt->outputs));
	if (!opt->series && (opt->sign_off || opt->maintainers))
		return error("%s is for the mails of --series DIR",
			     opt->sign_off ? "-s" : "--maintainers");
	if (opt->maintainers && opt->request.module)
		return error("--maintainers: a module outside of the tree is in nobody's MAINTAINERS");
	if (!opt->series)
		return report_writable(outputs_path(&opt->outputs));
	if (opt->apply || outputs_path(&opt->outputs))
		return error("--series writes patches to a folder and cannot be used with %s",
			     opt->apply ? "--apply" : "-o");
	if (opt->request.nr_rules > 1 && is_asked_for(opt, RENAMING))
		return error("--series: " RENAMING " needs a series of its own, because it changes many modules at once");
	return check_series(opt);
}

static int cmd_fix(const struct options *opt)
{
	struct check_request request = opt->request;
	struct analysis run = ANALYSIS_INIT;
	struct fix fix = FIX_INIT;
	struct rename_result renamed = RENAME_RESULT_INIT;
	int status = EXIT_FAILED;

	if (check_options(opt))
		return EXIT_FAILED;
	request.fixing = true;
	if (analysis_run(&run, &request))
		goto cleanup;
	if (is_asked_for(opt, RENAMING) && rename_names(opt, &run, &fix, &renamed))
		goto cleanup;
	if (fix_findings(opt, &run, &fix))
		goto cleanup;
	show_fix(&run, &fix);
	status = finish(opt, &run, &fix, &renamed);
cleanup:
	rename_release(&renamed);
	fix_release(&fix);
	analysis_release(&run);
	return status;
}

const struct subcommand fix_command = {
	.name = "fix",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Write a patch that fixes what check finds, or apply it",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_FIX,
	.run = cmd_fix,
};
