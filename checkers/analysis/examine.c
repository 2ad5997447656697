// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/examine.h"

#include "lib/installed.h"
#include "lib/cache-folder.h"
#include "cli/options.h"
#include "facts/store.h"
#include "knowledge/api.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "rules/common/attr-names.h"
#include "rules/rule.h"
#include "rules/suppression/suppression.h"
#include "tree/lexicon.h"
#include "tree/module.h"

static bool rule_exists(const char *id)
{
	return rule_find(id) != NULL;
}

static int read_knowledge(struct examination *ex)
{
	const struct options *opt = ex->opt;
	char *api = installed_file("kernel-api.conf");
	char *policy = installed_file("policy.conf");
	int ret = -1;

	if (!api || !policy)
		goto cleanup;
	ex->api = api_read(api, opt->apis.list, opt->apis.nr);
	ex->policy = policy_read(policy, opt->policies.list,
				    opt->policies.nr);
	if (ex->api && ex->policy)
		ret = policy_check_rules(ex->policy, rule_exists);
cleanup:
	free(api);
	free(policy);
	return ret;
}

static void add_path(struct examination *ex, char *path)
{
	ex->paths = xrealloc(ex->paths,
			     (ex->nr_paths + 1) * sizeof(*ex->paths));
	ex->paths[ex->nr_paths++] = path;
}

/* More touched files than these are as good as all. */
#define MANY_FILES 1000

static int take_touched(struct examination *ex)
{
	uint32_t i, nr = ex->touched->nr;

	if (nr > MANY_FILES) {
		add_path(ex, xstrdup("."));
		return 0;
	}
	for (i = 0; i < nr; i++)
		add_path(ex, xstrdup(intern_str(ex->touched, i)));
	return 0;
}

/* -M: a module outside of the tree, or, in it, a folder as any other. */
static int open_module(struct examination *ex)
{
	const struct options *opt = ex->opt;

	if (!opt->module)
		return opt->module_objtree ?
			error("--mo DIR goes with -M DIR, the module that was built there") : 0;
	if (module_open(&ex->tree, opt->module, &ex->in_tree))
		return -1;
	if (ex->in_tree && opt->module_objtree)
		return error("--mo DIR: %s lies in the kernel tree, say where that was built with -O DIR",
			     opt->module);
	if (ex->in_tree)
		note("-M %s lies in the kernel tree: it is checked like a PATH",
		     opt->module);
	return 0;
}

static int find_paths(struct examination *ex)
{
	const struct words *arguments = &ex->opt->arguments;
	const char *module = ex->in_tree ? ex->in_tree : ex->tree.module;
	int ret = 0;
	size_t i;

	if (ex->touched)
		return take_touched(ex);
	for (i = 0; i < arguments->nr; i++) {
		char *path = tree_relative(&ex->tree, arguments->list[i]);

		if (!path) {
			ret = -1;
			continue;
		}
		add_path(ex, path);
		if (module && !path_below(path, module))
			ret = error("%s lies outside of -M %s",
				    arguments->list[i], ex->opt->module);
	}
	if (module && !arguments->nr)
		add_path(ex, xstrdup(module));
	return ret;
}

void examine_options(const struct examination *ex,
		     struct analysis_options *options)
{
	*options = (struct analysis_options){
		.tree = &ex->tree,
		.api = ex->api,
		.objtree = ex->opt->objtree,
		.cache = ex->cache,
		.no_cache = ex->opt->no_cache,
		.no_make = ex->opt->no_make,
		.settled = ex->touched != NULL,
		.module_objtree = ex->opt->module_objtree,
		.jobs = ex->opt->jobs,
		.paths = (const char *const *)ex->paths,
		.nr_paths = ex->nr_paths,
		.rules = ex->rules,
		.nr_rules = ex->nr_read,
		.policy = ex->policy,
		.given = ex->given,
		.callers = ex->fixing,
	};
}

bool examine_is_relevant(const struct examination *ex)
{
	struct analysis_options options;

	examine_options(ex, &options);
	return analysis_is_relevant(&options);
}

static int analyse(struct examination *ex)
{
	struct analysis_options options;

	examine_options(ex, &options);
	progress_init(ex->opt->progress);
	return analysis_run(&ex->analysis, &options, &ex->coverage);
}

/* Only rules are asked for that are about what others find. */
static bool about_others(const struct options *opt)
{
	size_t i;

	for (i = 0; i < opt->nr_rules; i++)
		if (!(opt->rules[i]->needs & NEEDS_FINDINGS))
			return false;
	return opt->nr_rules > 0;
}

/* Whether --engine leaves the rule what it needs. */
static bool engine_serves(const struct options *opt, const struct rule *rule)
{
	bool needs_sparse = rule->needs & NEEDS_SPARSE;
	bool needs_clang = rule->needs & (NEEDS_FLOW | NEEDS_CALLS);
	bool served = (!needs_sparse || (opt->engines & ENGINE_SPARSE)) &&
		(!needs_clang || (opt->engines & ENGINE_CLANG));

	if (!served && opt->nr_rules && !about_others(opt))
		note("--rule %s: nothing is found without the engine %s",
		     rule->id, needs_sparse ? "sparse" : "clang");
	return served;
}

static bool any_follows(const struct examination *ex)
{
	size_t i;

	for (i = 0; i < ex->nr_rules; i++)
		if (ex->rules[i]->needs & NEEDS_FLOW)
			return true;
	return false;
}

/* What a few files do not tell. */
#define NEEDS_MORE (NEEDS_TREE | NEEDS_NAMES | NEEDS_SPARSE)

/* Those that --rule names, else all but those that want to be named. */
static void choose_rules(struct examination *ex)
{
	size_t nr, i;
	const struct rule *const *all = rules_all(&nr);
	bool named = ex->opt->nr_rules && !about_others(ex->opt);

	if (named) {
		all = ex->opt->rules;
		nr = ex->opt->nr_rules;
	}
	ex->rules = xcalloc(nr + 1, sizeof(*ex->rules));
	for (i = 0; i < nr; i++)
		if ((named || !all[i]->opt_in) &&
		    (!ex->given || !(all[i]->needs & NEEDS_MORE)) &&
		    engine_serves(ex->opt, all[i]))
			ex->rules[ex->nr_rules++] = all[i];
	ex->nr_read = ex->nr_rules;
	/* It reads whatever maps or unmaps. */
	if (ex->fixing && any_follows(ex))
		ex->rules[ex->nr_read++] = rule_find("unmap-attr-mismatch");
}

/* What the rules need that is no matter of facts. */
static void read_names(struct examination *ex)
{
	size_t i;
	const char *const *paths = (const char *const *)ex->paths;
	const char *cache = ex->opt->no_cache ? NULL : ex->cache;

	for (i = 0; i < ex->nr_rules; i++)
		if (ex->rules[i]->needs & NEEDS_NAMES)
			break;
	if (i == ex->nr_rules)
		return;
	if (ex->touched) {
		ex->names = attr_names_read(&ex->tree, paths, ex->nr_paths,
					    NULL, ex->opt->jobs);
		if (!ex->names->nr)
			return;
		/* Whether a name is a good one may depend on any file. */
		attr_names_free(ex->names);
	}
	ex->names = attr_names_read(&ex->tree, NULL, 0, cache, ex->opt->jobs);
}

/* A rule that has fixable findings among others says which. */
static void mark_fixable(const struct examination *ex, const struct rule *rule,
			 size_t from)
{
	bool can = rule->fixable && (!rule->needs_attr ||
		tree_attr_mask(&ex->tree, rule->needs_attr));
	size_t i;

	for (i = from; can && i < ex->findings.nr; i++)
		ex->findings.list[i].fixable = true;
}

/*
 * Where a change can make a difference: what rules read because of it, and who
 * includes a header of it.
 */
static void find_scanned(const struct examination *ex,
			 struct intern_pool *scanned)
{
	const struct program *program = &ex->analysis.program;
	const struct intern_pool *touched = ex->touched;
	size_t i, j;
	uint32_t n;

	for (n = 0; n < ex->analysis.read.nr; n++)
		intern(scanned, intern_str(&ex->analysis.read, n));
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];
		bool found = intern_find(touched, unit->file) != INTERN_NONE;

		for (j = 0; j < unit->nr_headers && !found; j++)
			found = intern_find(touched,
					    intern_str(&program->names,
						       unit->headers[j])) !=
				INTERN_NONE;
		if (found)
			intern(scanned, unit->file);
	}
}

bool examination_reports(const struct examination *ex, const struct rule *rule)
{
	return !about_others(ex->opt) || (rule->needs & NEEDS_FINDINGS);
}

static bool is_reported(const struct finding *finding, void *data)
{
	return examination_reports(data, rule_find(finding->rule));
}

/* Comments count whatever rules are asked for. */
static void heed_comments(struct examination *ex, struct rule_run *run)
{
	findings_finish(&ex->findings);
	suppress_findings(run);
	findings_keep(&ex->findings, is_reported, ex);
}

static char *shown(const void *tree, const char *text)
{
	return module_shown(tree, text);
}

void examination_show(struct examination *ex)
{
	if (!ex->tree.module)
		return;
	findings_show(&ex->findings);
	ex->suppressed.findings.shown = shown;
	ex->suppressed.findings.data = &ex->tree;
	findings_show(&ex->suppressed.findings);
	coverage_rewrite(&ex->coverage, shown, &ex->tree);
}

static void apply_rules(struct examination *ex)
{
	size_t i;
	struct intern_pool scanned = INTERN_POOL_INIT;
	struct rule_run run = {
		.tree = &ex->tree,
		.api = ex->api,
		.policy = ex->policy,
		.flow = ex->analysis.flow,
		.calls = ex->analysis.calls,
		.program = &ex->analysis.program,
		.scanned = ex->touched ? &scanned : NULL,
		.names = ex->names,
		.sparse = &ex->analysis.sparse,
		.paths = (const char *const *)ex->paths,
		.nr_paths = ex->nr_paths,
		.jobs = ex->opt->jobs,
		.rules = ex->rules,
		.nr_rules = ex->nr_rules,
		.alone = ex->alone,
		.findings = &ex->findings,
		.suppressed = &ex->suppressed,
	};

	if (ex->tree.module) {
		ex->findings.shown = shown;
		ex->findings.data = &ex->tree;
	}
	if (ex->touched)
		find_scanned(ex, &scanned);
	for (i = 0; i < ex->nr_rules; i++) {
		const struct rule *rule = ex->rules[i];
		size_t before = ex->findings.nr;

		if (rule->needs & NEEDS_FINDINGS)
			continue;
		if (rule->needs_attr &&
		    !tree_attr_mask(&ex->tree, rule->needs_attr))
			note("Linux %s does not define %s; the findings of %s say what would apply if it did",
			     ex->tree.version, rule->needs_attr, rule->id);
		run.rule = rule;
		rule->check(&run);
		mark_fixable(ex, rule, before);
	}
	if (!ex->touched)
		findings_keep_below(&ex->findings,
				    (const char *const *)ex->paths,
				    ex->nr_paths);
	heed_comments(ex, &run);
	intern_release(&scanned);
	/* What is to be fixed is to be found again. */
	if (!ex->fixing)
		examination_show(ex);
}

int examine_begin(struct examination *ex, const struct options *opt)
{
	ex->opt = opt;
	if (read_knowledge(ex) ||
	    tree_open_with(&ex->tree, opt->tree, opt->arch, ex->overlay) ||
	    open_module(ex) || find_paths(ex))
		return -1;
	choose_rules(ex);
	return 0;
}

int examine_cache(struct examination *ex)
{
	if (!ex->cache)
		ex->cache = cache_open(ex->opt->cache, ex->opt->no_cache);
	return ex->cache ? 0 : -1;
}

bool examine_was_run(const struct examination *ex)
{
	return !ex->opt->no_cache &&
		lexicon_is_kept(&lexicon_of_sources, &ex->tree, ex->cache);
}

int examine_end(struct examination *ex)
{
	if (examine_cache(ex) || analyse(ex))
		return -1;
	read_names(ex);
	apply_rules(ex);
	return 0;
}

int examine(struct examination *ex, const struct options *opt)
{
	return examine_begin(ex, opt) || examine_end(ex) ? -1 : 0;
}

void examination_leave(struct examination *ex)
{
	store_close(ex->analysis.store);
	ex->analysis.store = NULL;
	cache_close(ex->cache);
	ex->cache = NULL;
}

void examination_release(struct examination *ex)
{
	size_t i;

	findings_release(&ex->findings);
	suppressed_release(&ex->suppressed);
	attr_names_free(ex->names);
	analysis_release(&ex->analysis);
	coverage_release(&ex->coverage);
	cache_close(ex->cache);
	for (i = 0; i < ex->nr_paths; i++)
		free(ex->paths[i]);
	free(ex->paths);
	free(ex->in_tree);
	free(ex->rules);
	tree_release(&ex->tree);
	policy_free(ex->policy);
	api_free(ex->api);
}
