// SPDX-License-Identifier: GPL-2.0-only
#include "commands/analysis.h"
#include "commands/builtin.h"
#include "commands/cache.h"
#include "commands/options.h"
#include "commands/subcommand.h"
#include "knowledge/api.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/progress.h"
#include "rules/attr-names.h"
#include "rules/rule.h"

/* What a check works on, in the order in which it comes to be. */
struct check {
	const struct options *opt;
	struct api *api;
	struct policy *policy;
	struct tree tree;
	char **paths;		/* relative to the tree */
	size_t nr_paths;
	char *cache;
	struct coverage coverage;
	struct analysis analysis;
	struct attr_names *names;
	struct findings findings;
	const struct rule **rules;	/* those to be checked */
	size_t nr_rules;
};

static bool rule_exists(const char *id)
{
	return rule_find(id) != NULL;
}

static int read_knowledge(struct check *check)
{
	const struct options *opt = check->opt;
	char *api = builtin_path("kernel-api.conf");
	char *policy = builtin_path("policy.conf");
	int ret = -1;

	if (!api || !policy)
		goto cleanup;
	check->api = api_read(api, opt->apis.list, opt->apis.nr);
	check->policy = policy_read(policy, opt->policies.list,
				    opt->policies.nr);
	if (check->api && check->policy)
		ret = policy_check_rules(check->policy, rule_exists);
cleanup:
	free(api);
	free(policy);
	return ret;
}

static int find_paths(struct check *check)
{
	const struct words *arguments = &check->opt->arguments;
	int ret = 0;
	size_t i;

	check->paths = xcalloc(arguments->nr, sizeof(*check->paths));
	for (i = 0; i < arguments->nr; i++) {
		char *path = tree_relative(&check->tree, arguments->list[i]);

		if (path)
			check->paths[check->nr_paths++] = path;
		else
			ret = -1;
	}
	return ret;
}

static int analyse(struct check *check)
{
	const struct analysis_options options = {
		.tree = &check->tree,
		.api = check->api,
		.objtree = check->opt->objtree,
		.cache = check->cache,
		.no_cache = check->opt->no_cache,
		.jobs = check->opt->jobs,
		.paths = (const char *const *)check->paths,
		.nr_paths = check->nr_paths,
		.rules = check->rules,
		.nr_rules = check->nr_rules,
		.policy = check->policy,
	};

	progress_init(check->opt->progress);
	return analysis_run(&check->analysis, &options, &check->coverage);
}

/* Whether --engine leaves the rule what it needs. */
static bool engine_serves(const struct options *opt, const struct rule *rule)
{
	bool needs_sparse = rule->needs & NEEDS_SPARSE;
	bool needs_clang = rule->needs & (NEEDS_FLOW | NEEDS_CALLS);
	bool served = (!needs_sparse || (opt->engines & ENGINE_SPARSE)) &&
		(!needs_clang || (opt->engines & ENGINE_CLANG));

	if (!served && opt->nr_rules)
		note("--rule %s: nothing is found without the engine %s",
		     rule->id, needs_sparse ? "sparse" : "clang");
	return served;
}

/* Those that --rule names, else all but those that want to be named. */
static void choose_rules(struct check *check)
{
	size_t nr, i;
	const struct rule *const *all = rules_all(&nr);

	if (check->opt->nr_rules) {
		all = check->opt->rules;
		nr = check->opt->nr_rules;
	}
	check->rules = xcalloc(nr, sizeof(*check->rules));
	for (i = 0; i < nr; i++)
		if ((check->opt->nr_rules || !all[i]->opt_in) &&
		    engine_serves(check->opt, all[i]))
			check->rules[check->nr_rules++] = all[i];
}

/* What the rules need that is no matter of facts. */
static void read_names(struct check *check)
{
	size_t i;

	for (i = 0; i < check->nr_rules; i++)
		if (check->rules[i]->needs & NEEDS_NAMES)
			break;
	if (i < check->nr_rules)
		check->names = attr_names_read(&check->tree,
				check->opt->no_cache ? NULL : check->cache,
				check->opt->jobs);
}

static void apply_rules(struct check *check)
{
	size_t i;
	struct rule_run run = {
		.tree = &check->tree,
		.api = check->api,
		.policy = check->policy,
		.flow = check->analysis.flow,
		.calls = check->analysis.calls,
		.program = &check->analysis.program,
		.names = check->names,
		.sparse = &check->analysis.sparse,
		.paths = (const char *const *)check->paths,
		.nr_paths = check->nr_paths,
		.jobs = check->opt->jobs,
		.findings = &check->findings,
	};

	for (i = 0; i < check->nr_rules; i++) {
		const struct rule *rule = check->rules[i];

		if (rule->needs_attr &&
		    !tree_attr_mask(&check->tree, rule->needs_attr))
			note("Linux %s does not define %s; the findings of %s say what would apply if it did",
			     check->tree.version, rule->needs_attr, rule->id);
		rule->check(&run);
	}
	findings_keep_below(&check->findings,
			    (const char *const *)check->paths,
			    check->nr_paths);
	findings_finish(&check->findings);
}

static int write_report(const struct check *check)
{
	const struct report report = {
		.tree = &check->tree,
		.findings = &check->findings,
		.coverage = &check->coverage,
		.level = check->opt->level,
	};

	if (report_write(&report, check->opt->format, check->opt->output))
		return EXIT_FAILED;
	report_summary(&report);
	return report_count(&report) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static void release(struct check *check)
{
	size_t i;

	findings_release(&check->findings);
	attr_names_free(check->names);
	analysis_release(&check->analysis);
	coverage_release(&check->coverage);
	cache_close(check->cache);
	for (i = 0; i < check->nr_paths; i++)
		free(check->paths[i]);
	free(check->paths);
	free(check->rules);
	tree_release(&check->tree);
	policy_free(check->policy);
	api_free(check->api);
}

static int run(const struct options *opt)
{
	struct check check = {
		.opt = opt,
		.tree = TREE_INIT,
		.coverage = COVERAGE_INIT,
		.analysis = ANALYSIS_INIT,
		.findings = FINDINGS_INIT,
	};
	int status = EXIT_FAILED;

	if (read_knowledge(&check) ||
	    tree_open(&check.tree, opt->tree, opt->arch) ||
	    find_paths(&check) ||
	    report_writable(opt->output))
		goto cleanup;
	choose_rules(&check);
	check.cache = cache_open(opt->cache, opt->no_cache);
	if (!check.cache || analyse(&check))
		goto cleanup;
	read_names(&check);
	apply_rules(&check);
	status = write_report(&check);
cleanup:
	release(&check);
	return status;
}

const struct subcommand check_command = {
	.name = "check",
	.arguments = "[PATH...]",
	.max_arguments = SIZE_MAX,
	.summary = "Find misuse of DMA attributes in a kernel tree, or below PATHs",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS,
	.run = run,
};
