// SPDX-License-Identifier: GPL-2.0-only
/*
 * Chooses the rules of a run and, after they have run, sorts their findings and
 * removes those that comments in the source hide; for analysis.c.
 */
#include "analysis/apply-rules.h"

#include "analysis/analysis.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "rules/rule.h"
#include "rules/suppression/suppression.h"
#include "tree/module.h"

/* --- which --- */

/* Whether all rules of the request work on the findings of others. */
static bool about_others(const struct check_request *request)
{
	size_t i;

	for (i = 0; i < request->nr_rules; i++)
		if (!(request->rules[i]->needs & NEEDS_FINDINGS))
			return false;
	return request->nr_rules > 0;
}

/* Whether --engine allows the engine that the rule needs. */
static bool engines_serve(const struct check_request *request,
			  const struct rule *rule)
{
	bool needs_sparse = rule->needs & NEEDS_SPARSE;
	bool needs_clang = rule->needs & (NEEDS_FLOW | NEEDS_CALLS);
	bool served = (!needs_sparse || (request->engines & ENGINE_SPARSE)) &&
		(!needs_clang || (request->engines & ENGINE_CLANG));

	if (!served && request->nr_rules && !about_others(request))
		note("--rule %s finds nothing without the engine %s",
		     rule->id, needs_sparse ? "sparse" : "clang");
	return served;
}

/* Rules that need more than a few files. */
#define NEEDS_MORE (NEEDS_TREE | NEEDS_NAMES | NEEDS_SPARSE)

void choose_rules(struct analysis *run)
{
	const struct check_request *request = &run->request;
	bool named = request->nr_rules && !about_others(request);
	size_t nr, i;
	const struct rule *const *all = rules_all(&nr);

	if (named) {
		all = request->rules;
		nr = request->nr_rules;
	}
	run->rules = xcalloc(nr + 1, sizeof(*run->rules));
	for (i = 0; i < nr; i++)
		if ((named || !all[i]->opt_in ||
		     strvec_has(&run->conf.on, all[i]->id)) &&
		    (!request->given || !(all[i]->needs & NEEDS_MORE)) &&
		    engines_serve(request, all[i]))
			run->rules[run->nr_rules++] = all[i];
	run->nr_read = run->nr_rules;
	/* It reads all files that map or unmap. */
	if (request->fixing && any_rule_needs(run, NEEDS_FLOW))
		run->rules[run->nr_read++] = rule_find("unmap-attr-mismatch");
}

bool any_rule_needs(const struct analysis *run, enum rule_needs needs)
{
	size_t i;

	for (i = 0; i < run->nr_read; i++)
		if (run->rules[i]->needs & needs)
			return true;
	return false;
}

bool analysis_reports(const struct analysis *run, const struct rule *rule)
{
	return !about_others(&run->request) || (rule->needs & NEEDS_FINDINGS);
}

/* --- what they need besides facts --- */

void read_names(struct analysis *run)
{
	const struct check_request *request = &run->request;
	const char *cache = request->no_cache ? NULL : run->cache;
	struct attr_names **names = &run->result.names;

	if (!any_rule_needs(run, NEEDS_NAMES))
		return;
	if (request->touched) {
		*names = attr_names_read(&run->tree, strvec_list(&run->paths),
					 run->paths.nr, NULL, request->jobs);
		if (!(*names)->nr)
			return;
		/* Whether a name is right may depend on any file. */
		attr_names_free(*names);
	}
	*names = attr_names_read(&run->tree, NULL, 0, cache, request->jobs);
}

void find_scanned(const struct analysis *run, struct intern_pool *scanned)
{
	const struct program *program = &run->result.program;
	const struct intern_pool *touched = run->request.touched;
	size_t i, j;
	uint32_t n;

	for (n = 0; n < run->read.nr; n++)
		intern(scanned, intern_str(&run->read, n));
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];
		bool found = intern_has(touched, unit->file);

		for (j = 0; j < unit->nr_headers && !found; j++)
			found = intern_has(touched,
					   intern_str(&program->names,
						      unit->headers[j]));
		if (found)
			intern(scanned, unit->file);
	}
}

struct rule_run rule_run_of(struct analysis *run)
{
	struct check_result *result = &run->result;

	return (struct rule_run){
		.tree = &run->tree,
		.api = run->api,
		.policy = run->policy,
		.flow = result->flow,
		.calls = result->calls,
		.program = &result->program,
		.names = result->names,
		.sparse = &result->sparse,
		.paths = strvec_list(&run->paths),
		.nr_paths = run->paths.nr,
		.jobs = run->request.jobs,
		.rules = run->rules,
		.nr_rules = run->nr_rules,
		.alone = run->request.alone,
		.findings = &result->findings,
		.suppressed = &result->suppressed,
	};
}

/* --- the findings --- */

static bool is_reported(const struct finding *finding, void *data)
{
	const struct analysis *run = data;

	return analysis_reports(run, rule_find(finding->rule)) &&
		!(run->excludes.nr &&
		  path_below_any(finding->loc.file,
				 strvec_list(&run->excludes),
				 run->excludes.nr));
}

static char *shown(const void *tree, const char *text)
{
	return module_shown(tree, text);
}

void finish_findings(struct analysis *run)
{
	struct findings *findings = &run->result.findings;
	struct rule_run rule_run = rule_run_of(run);

	/* Fingerprints depend on the paths that are shown. */
	if (run->tree.module) {
		findings->shown = shown;
		findings->data = &run->tree;
	}
	if (!run->request.touched)
		findings_keep_below(findings, strvec_list(&run->paths),
				    run->paths.nr);
	/* Comments hide findings with any choice of rules. */
	findings_finish(findings);
	suppress_findings(&rule_run);
	findings_keep(findings, is_reported, run);
	/* For a change, cli/patch.c does it with the new findings only. */
	if (!run->request.touched)
		tree_conf_hide(&run->conf, findings, &run->result.left_out);
}
