// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fix of each finding, as a diff, for reports: from another analysis of the
 * files that the findings stand in.
 */
#include "cli/fixes.h"

#include "analysis/analysis.h"
#include "fix/fix.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/installed.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "rules/rule.h"
#include "tree/module.h"

/* What is to be fixed. */
struct fixes {
	struct findings *findings;
	enum level level;
	struct intern_pool prints, files;
	const struct rule **rules;
	size_t nr_rules, alloc_rules;
};

static bool is_fixable(const struct fixes *x, const struct finding *f)
{
	return f->fixable && !f->fix && f->level >= x->level;
}

static void note_rule(struct fixes *x, const char *id)
{
	size_t i;

	for (i = 0; i < x->nr_rules; i++)
		if (!strcmp(x->rules[i]->id, id))
			return;
	ALLOC_GROW(x->rules, x->nr_rules + 1, x->alloc_rules);
	x->rules[x->nr_rules++] = rule_find(id);
}

static void collect_fixable(struct fixes *x, const struct tree *tree)
{
	size_t i;

	for (i = 0; i < x->findings->nr; i++) {
		const struct finding *f = &x->findings->list[i];
		char *path;

		if (!is_fixable(x, f))
			continue;
		path = path_join(tree->module ? tree->module : ".",
				 f->loc.file);
		intern(&x->files, tree->module ? path : f->loc.file);
		intern(&x->prints, f->fingerprint);
		note_rule(x, f->rule);
		free(path);
	}
}

static bool is_collected(const struct finding *f, void *data)
{
	const struct fixes *x = data;

	return intern_has(&x->prints, f->fingerprint);
}

/* The answers go to the findings with the same fingerprints. */
static void give_answers(struct fixes *x, const struct tree *tree,
		      const struct findings *fixed,
		      struct fix_answer *answers)
{
	size_t i, j;

	for (i = 0; i < x->findings->nr; i++) {
		struct finding *f = &x->findings->list[i];

		if (!is_fixable(x, f))
			continue;
		for (j = 0; j < fixed->nr; j++) {
			if (strcmp(fixed->list[j].fingerprint, f->fingerprint))
				continue;
			f->fix = answers[j].diff;
			answers[j].diff = NULL;
			if (answers[j].why_not)
				f->no_fix = module_shown(tree,
							 answers[j].why_not);
			break;
		}
	}
}

static int ask_fix(struct fixes *x, struct analysis *run,
		      struct coverage *coverage)
{
	char *patches = installed_folder("semantic-patches"), *unusable = NULL;
	const struct fix_options options = {
		.tree = &run->tree,
		.findings = &run->result.findings,
		.level = x->level,
		.flow = run->result.flow,
		.calls = run->result.calls,
		.program = &run->result.program,
		.patches = patches,
		.jobs = run->request.jobs,
	};
	struct fix_answer *answers;
	int ret;
	size_t i;

	findings_keep(&run->result.findings, is_collected, x);
	answers = xcalloc(run->result.findings.nr, sizeof(*answers));
	ret = fix_each(&options, answers, &unusable);
	if (!ret)
		give_answers(x, &run->tree, &run->result.findings, answers);
	if (unusable) {
		char *reason = xstrfmt("no fixes: %s", unusable);

		coverage_miss(coverage, GAP_OTHERS, ".", reason);
		free(reason);
	}
	for (i = 0; i < run->result.findings.nr; i++) {
		free(answers[i].diff);
		free(answers[i].why_not);
	}
	free(answers);
	free(unusable);
	free(patches);
	return ret;
}

/* Its messages have been printed by the first one. */
static int analyse_again(struct analysis *again,
			 const struct check_request *request)
{
	int verbosity = diag_verbosity, ret;

	if (diag_verbosity == 0)
		diag_verbosity = -1;
	ret = analysis_run(again, request);
	diag_verbosity = verbosity;
	return ret;
}

int fixes_find(struct findings *findings, const struct analysis *run,
	       enum level level, struct coverage *coverage)
{
	struct fixes x = { .findings = findings, .level = level };
	struct analysis again = ANALYSIS_INIT;
	struct check_request request = run->request;
	int ret = 0;

	collect_fixable(&x, &run->tree);
	if (x.files.nr) {
		request.touched = &x.files;
		request.rules = x.rules;
		request.nr_rules = x.nr_rules;
		request.fixing = true;
		request.progress = PROGRESS_NEVER;
		ret = analyse_again(&again, &request);
		if (!ret)
			ret = ask_fix(&x, &again, coverage);
	}
	analysis_release(&again);
	intern_release(&x.files);
	intern_release(&x.prints);
	free(x.rules);
	return ret;
}
