// SPDX-License-Identifier: GPL-2.0-only
/*
 * A run from the request to its findings: what is done in which order, for all
 * commands that need findings.
 */
#include "analysis/analysis.h"

#include "analysis/apply-rules.h"
#include "analysis/kept.h"
#include "analysis/read.h"
#include "facts/store.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/cache-folder.h"
#include "lib/diag.h"
#include "lib/installed.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "rules/common/attr-names.h"
#include "rules/rule.h"
#include "tree/lexicon.h"
#include "tree/module.h"

static bool rule_exists(const char *id)
{
	return rule_find(id) != NULL;
}

static int read_knowledge(struct analysis *run)
{
	const struct check_request *request = &run->request;
	char *api = installed_file("kernel-api.conf");
	char *policy = installed_file("policy.conf");
	struct strvec apis = STRVEC_INIT;
	int ret = -1;

	if (!api || !policy)
		goto cleanup;
	if (run->conf.api)
		strvec_push(&apis, run->conf.api);
	strvec_pushv(&apis, strvec_list(&request->apis), request->apis.nr);
	run->api = api_read(api, strvec_list(&apis), apis.nr);
	run->policy = policy_read(policy, strvec_list(&request->policies),
				  request->policies.nr);
	if (run->api && run->policy)
		ret = policy_check_rules(run->policy, rule_exists);
cleanup:
	strvec_release(&apis);
	free(api);
	free(policy);
	return ret;
}

/* If a change touches more files than these, the whole tree is read. */
#define MANY_FILES 1000

static void take_touched(struct analysis *run)
{
	const struct intern_pool *touched = run->request.touched;
	uint32_t i;

	if (touched->nr > MANY_FILES) {
		strvec_push(&run->paths, ".");
		return;
	}
	for (i = 0; i < touched->nr; i++)
		strvec_push(&run->paths, intern_str(touched, i));
}

/* -M: a module outside of the tree, or a folder in the tree. */
static int open_module(struct analysis *run)
{
	const struct check_request *request = &run->request;

	if (!request->module && request->make_variables.nr)
		return error("--make VAR=VALUE goes with -M DIR, the module whose Makefile needs it");
	if (!request->module)
		return request->module_objtree ?
			error("--mo DIR goes with -M DIR, the module that was built there") : 0;
	if (request->make_variables.nr && request->no_make)
		return error("--make VAR=VALUE is for make, which --no-make forbids");
	if (module_open(&run->tree, request->module, &run->in_tree))
		return -1;
	if (run->in_tree && request->make_variables.nr)
		return error("--make VAR=VALUE: %s lies in the kernel tree, whose make takes no variables from dmacheck",
			     request->module);
	if (run->in_tree && request->module_objtree)
		return error("--mo DIR: %s lies in the kernel tree, say where that was built with -O DIR",
			     request->module);
	if (run->in_tree)
		note("-M %s is in the kernel tree, and is checked as a PATH",
		     request->module);
	return 0;
}

static int find_paths(struct analysis *run)
{
	const struct check_request *request = &run->request;
	const char *module = run->in_tree ? run->in_tree : run->tree.module;
	int ret = 0;
	size_t i;

	for (i = 0; i < request->excludes.nr; i++) {
		char *path = tree_relative(&run->tree, request->excludes.v[i]);

		if (!path)
			return -1;
		strvec_push_nodup(&run->excludes, path);
	}
	if (request->touched) {
		take_touched(run);
		return 0;
	}
	for (i = 0; i < request->nr_paths; i++) {
		char *path = tree_relative(&run->tree, request->paths[i]);

		if (!path) {
			ret = -1;
			continue;
		}
		if (module && !path_below(path, module))
			ret = error("%s lies outside of -M %s",
				    request->paths[i], request->module);
		strvec_push_nodup(&run->paths, path);
	}
	if (module && !request->nr_paths)
		strvec_push(&run->paths, module);
	return ret;
}

int analysis_open(struct analysis *run, const struct check_request *request)
{
	run->request = *request;
	if (tree_open_with(&run->tree, request->tree, request->arch,
			   request->overlay) ||
	    open_module(run) ||
	    (!request->no_config &&
	     tree_conf_read_tree(&run->conf, &run->tree)) ||
	    read_knowledge(run) || find_paths(run))
		return -1;
	choose_rules(run);
	return 0;
}

int analysis_open_cache(struct analysis *run)
{
	if (!run->cache)
		run->cache = cache_open(run->request.cache,
					run->request.no_cache);
	return run->cache ? 0 : -1;
}

/* Read, check and finish. 0, or -1 after an error(). */
static int find_all(struct analysis *run)
{
	struct reading r = READING_INIT(run);
	int ret = reading_open(&r);

	if (!ret)
		ret = reading_follow(&r);
	if (!ret)
		ret = reading_for_rules(&r);
	if (!ret)
		reading_record(&r);
	if (!ret)
		ret = reading_sparse(&r);
	coverage_limit(&run->result.coverage, strvec_list(&run->paths),
		       run->paths.nr);
	reading_close(&r);
	if (ret)
		return -1;
	read_names(run);
	check_rules(run);
	finish_findings(run);
	if (!run->request.given &&
	    !(run->request.touched && run->request.fixing))
		last_run_keep(run);
	if (!run->request.fixing)
		analysis_show(run);
	return 0;
}

int analysis_finish(struct analysis *run)
{
	struct kept kept = KEPT_INIT;
	int ret = analysis_open_cache(run);

	if (!ret && !kept_recall(&kept, run)) {
		ret = find_all(run);
		if (!ret)
			kept_keep(&kept, run);
		kept_release(&kept);
	}
	return ret;
}

int analysis_run(struct analysis *run, const struct check_request *request)
{
	return analysis_open(run, request) || analysis_finish(run) ? -1 : 0;
}

bool analysis_is_relevant(struct analysis *run)
{
	struct reading r = READING_INIT(run);
	bool is_relevant = reading_is_relevant(&r);

	coverage_release(&run->result.coverage);
	reading_close(&r);
	return is_relevant;
}

bool analysis_is_warm(const struct analysis *run)
{
	return !run->request.no_cache &&
		lexicon_is_kept(&lexicon_of_sources, &run->tree, run->cache);
}

static char *shown_path(const void *tree, const char *text)
{
	return module_shown(tree, text);
}

void analysis_show(struct analysis *run)
{
	struct check_result *result = &run->result;

	if (!run->tree.module)
		return;
	findings_show(&result->findings);
	result->suppressed.findings.shown = shown_path;
	result->suppressed.findings.data = &run->tree;
	findings_show(&result->suppressed.findings);
	result->left_out.findings.shown = shown_path;
	result->left_out.findings.data = &run->tree;
	findings_show(&result->left_out.findings);
	coverage_rewrite(&result->coverage, shown_path, &run->tree);
}

void analysis_leave(struct analysis *run)
{
	store_close(run->store);
	run->store = NULL;
	cache_close(run->cache);
	run->cache = NULL;
}

void analysis_release(struct analysis *run)
{
	struct check_result *result = &run->result;

	findings_release(&result->findings);
	suppressed_release(&result->suppressed);
	suppressed_release(&result->left_out);
	coverage_release(&result->coverage);
	attr_names_free(result->names);
	flow_free(result->flow);
	flow_free(result->calls);
	sparse_release(&result->sparse);
	free(run->followed.units);
	program_release(&result->program);
	last_run_release(&run->seen);
	intern_release(&run->read);
	store_close(run->store);
	compile_db_release(&run->compile_db);
	cache_close(run->cache);
	strvec_release(&run->paths);
	strvec_release(&run->excludes);
	free(run->in_tree);
	free(run->rules);
	tree_release(&run->tree);
	tree_conf_release(&run->conf);
	policy_free(run->policy);
	api_free(run->api);
	*run = (struct analysis)ANALYSIS_INIT;
}
