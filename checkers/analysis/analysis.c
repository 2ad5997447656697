// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/analysis.h"

#include "analysis/last-run.h"
#include "analysis/frontier.h"
#include "analysis/readers.h"
#include "analysis/sparse-stage.h"
#include "analysis/module-scope.h"
#include "analysis/requests.h"
#include "facts/store.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/index.h"
#include "tree/lexicon.h"
#include "tree/module.h"

/* Each round takes the flow one call or field further; few go beyond six. */
#define MAX_ROUNDS 12

/* One analysis under way. */
struct run {
	struct analysis *analysis;
	const struct analysis_options *opt;
	struct coverage *coverage;
	struct intern_pool files;	/* all that were considered so far */
	/*
	 * Those that call a header's function which maps user memory: nothing
	 * else in them need name what the rules read.
	 */
	struct intern_pool takers;
	struct lexicon lexicon;
	struct frontier frontier;
	struct intern_pool names;	/* that rules asked for */
	struct module_scope scope;		/* for a module outside of the tree */
	char *pch;
};

static bool any_needs(const struct run *run, enum rule_needs needs)
{
	size_t i;

	for (i = 0; i < run->opt->nr_rules; i++)
		if (run->opt->rules[i]->needs & needs)
			return true;
	return false;
}

static void add_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

static size_t count_files(const struct analysis_options *opt,
			  const struct index *index)
{
	size_t nr = 0;
	uint32_t i;

	for (i = 0; i < index->files.nr; i++)
		nr += path_below_any(intern_str(&index->files, i), opt->paths,
				     opt->nr_paths);
	return nr;
}

/* For a module those of the tree that it has to do with are found later. */
static void add_source(struct run *run, const char *file)
{
	bool other = run->opt->tree->module &&
		!module_has(run->opt->tree, file);

	intern(other ? &run->scope.sources : &run->files, file);
}

/* Files that name a source of user memory: where the flow begins. */
static void find_sources(struct run *run)
{
	const struct analysis_options *opt = run->opt;
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	api_each(opt->api, API_SOURCE, add_name, &names);
	/* All of them: memory that is mapped below a PATH may come from afar. */
	index_find(&index, &run->lexicon, &names);
	for (i = 0; any_needs(run, NEEDS_FLOW) && i < index.nr; i++)
		if (index.hits[i].kinds & (INDEX_CALL | INDEX_MENTION))
			add_source(run, intern_str(&index.files,
						   index.hits[i].file));
	run->coverage->files_total += count_files(opt, &index);
	for (i = 0; i < index.nr_unreadable; i++)
		coverage_miss(run->coverage, GAP_UNREAD, index.unreadable[i].file,
			      index.unreadable[i].reason);
	index_release(&index);
	intern_release(&names);
}

/* The files from number `first` on. */
static const char **list_files(const struct run *run, uint32_t first,
			       size_t *nr)
{
	const char **list;
	size_t i;

	*nr = run->files.nr - first;
	list = xcalloc(*nr, sizeof(*list));
	for (i = 0; i < *nr; i++)
		list[i] = intern_str(&run->files, first + (uint32_t)i);
	return list;
}

static const struct compile_db *compile_db_of(const struct run *run)
{
	return run->opt->given ? run->opt->given : &run->analysis->compile_db;
}

/* Files of the module that the tree has under the same name. */
static size_t drop_replaced(const struct run *run, const char **list, size_t nr)
{
	size_t i, kept = 0;

	for (i = 0; i < nr; i++)
		if (module_scope_replaces(&run->scope, &run->analysis->compile_db,
					  list[i]))
			verbose("%s: the module takes its place", list[i]);
		else
			list[kept++] = list[i];
	return kept;
}

/* The .c files of the module's folder, but for programs. */
static const char **list_module(const struct run *run, size_t *nr)
{
	const struct lexicon *lexicon = &run->lexicon;
	const char **list = xcalloc(lexicon->nr, sizeof(*list));
	size_t i;

	*nr = 0;
	for (i = 0; i < lexicon->nr; i++) {
		const char *file = lexicon->files[i].file->path;

		if (!lexicon->files[i].left_out &&
		    module_has(run->opt->tree, file))
			list[(*nr)++] = file;
	}
	return list;
}

/*
 * All that the module is built from, found out before any of it is read; a
 * file that nothing is built from counts when the memory leads there.
 */
static int find_module(struct run *run)
{
	const struct analysis_options *opt = run->opt;
	const struct compile_db *compile_db = &run->analysis->compile_db;
	struct compile_db_options options = {
		.objtree = opt->objtree,
		.cache = opt->cache,
		.no_cache = opt->no_cache,
		.no_make = opt->no_make,
		.settled = opt->settled,
		.module_objtree = opt->module_objtree,
		.jobs = opt->jobs,
	};
	const char **list = list_module(run, &options.nr_files);
	size_t i, nr = 0;
	int ret;

	options.files = list;
	ret = compile_db_load(&run->analysis->compile_db, opt->tree, &options);
	free(list);
	for (i = 0; i < compile_db->nr && !ret; i++) {
		const struct compile_command *c = &compile_db->list[i];

		if (c->kind == COMMAND_NEIGHBOUR ||
		    !module_has(opt->tree, c->file))
			continue;
		intern(&run->files, c->file);
		nr++;
	}
	if (!ret && !nr)
		ret = error("the module folder %s: nothing is built there from a .c file: is there an obj-m in its Makefile, and does the kernel's configuration allow for it?",
			    opt->tree->module_dir);
	return ret;
}

static int load(struct run *run, uint32_t first)
{
	const struct analysis_options *opt = run->opt;
	struct compile_db_options options = {
		.objtree = opt->objtree,
		.cache = opt->cache,
		.no_cache = opt->no_cache,
		.no_make = opt->no_make,
		.settled = opt->settled,
		.module_objtree = opt->module_objtree,
		.jobs = opt->jobs,
	};
	struct program_options program = {
		.tree = opt->tree,
		.api = opt->api,
		.compile_db = compile_db_of(run),
		.store = run->analysis->store,
		.pch_folder = run->pch,
		.pch_always = opt->given != NULL,
		.jobs = opt->jobs,
		.stage = "reading files",
	};
	const char **list = list_files(run, first, &options.nr_files);
	int ret = 0;

	options.files = list;
	if (!opt->given)
		ret = compile_db_load(&run->analysis->compile_db, opt->tree,
				      &options);
	if (!ret && opt->tree->module)
		options.nr_files = drop_replaced(run, list,
						 options.nr_files);
	if (!ret)
		ret = program_add(&run->analysis->program, &program, list,
				  options.nr_files);
	free(list);
	return ret;
}

static void solve(struct run *run)
{
	struct analysis *analysis = run->analysis;

	flow_free(analysis->flow);
	analysis->flow = flow_new(&analysis->program, run->opt->api);
}

/*
 * Find out how the flow goes on from the files there are. It is solved only
 * if no earlier run has done so: `solved` says whether it was.
 */
static int go_on(struct run *run, bool *solved)
{
	const struct analysis *analysis = run->analysis;
	uint64_t key = requests_key(&analysis->program, run->opt->api);
	struct strbuf requests = STRBUF_INIT;
	int ret = 0;

	/* There is room for few: they are for whole trees. */
	*solved = run->opt->given ||
		!store_recall(analysis->store, key, &requests);
	if (*solved) {
		solve(run);
		requests_collect(&requests, analysis->flow);
		if (!run->opt->given)
			ret = store_remember(analysis->store, key, &requests);
	}
	if (!ret)
		frontier_find(&run->frontier, &requests, &run->lexicon,
			      compile_db_of(run), run->opt->api,
			      run->opt->tree->module ? &run->scope : NULL,
			      &run->files);
	strbuf_release(&requests);
	return ret;
}

struct mappers {
	struct intern_pool names, of_headers;
};

static void add_mapper(const struct flow_sink *hit, void *data)
{
	struct mappers *m = data;
	size_t len = strlen(hit->loc.file);

	if (!hit->loc.function || hit->handover)
		return;
	intern(&m->names, hit->loc.function);
	if (len > 2 && !strcmp(hit->loc.file + len - 2, ".h"))
		intern(&m->of_headers, hit->loc.function);
}

/* The files that call functions which map user memory. */
static void find_callers(struct run *run)
{
	struct mappers m = { INTERN_POOL_INIT, INTERN_POOL_INIT };
	struct index index = INDEX_INIT;
	size_t i;

	flow_each_sink(run->analysis->flow, 0, add_mapper, &m);
	if (m.names.nr)
		index_find(&index, &run->lexicon, &m.names);
	for (i = 0; i < index.nr; i++) {
		const struct index_hit *hit = &index.hits[i];
		const char *file = intern_str(&index.files, hit->file);
		const char *name = intern_str(&m.names, hit->name);

		if (!(hit->kinds & INDEX_CALL))
			continue;
		intern(&run->files, file);
		if (intern_find(&m.of_headers, name) != INTERN_NONE)
			intern(&run->takers, file);
	}
	index_release(&index);
	intern_release(&m.names);
	intern_release(&m.of_headers);
}

/* From the files, number `first` on, to what the flow reaches from there. */
static int follow_from(struct run *run, uint32_t first)
{
	unsigned int round;
	bool solved = false;

	for (round = 1; round <= MAX_ROUNDS && first < run->files.nr;
	     round++) {
		uint32_t next = run->files.nr;

		verbose("round %u: %u files", round, next - first);
		if (load(run, first))
			return -1;
		if (run->opt->tree->module)
			module_scope_update(&run->scope, &run->analysis->program,
					    &run->files);
		if (go_on(run, &solved))
			return -1;
		first = next;
	}
	if (first < run->files.nr)
		warning("the flow was not followed to its end: %u more files "
			"after %u rounds", run->files.nr - first, MAX_ROUNDS);
	if (!solved)
		solve(run);
	return 0;
}

/* From the sources' files on to what the flow reaches, round by round. */
static int follow(struct run *run)
{
	uint32_t read;

	if (follow_from(run, 0))
		return -1;
	read = run->files.nr;
	if (!run->opt->callers)
		return 0;
	find_callers(run);
	return run->files.nr > read ? follow_from(run, read) : 0;
}

/* What sets an attribute elsewhere matters to a module if it calls that. */
static void drop_unconcerned(const struct run *run, struct intern_pool *files)
{
	struct intern_pool all = *files;
	uint32_t i;

	if (!run->opt->tree->module)
		return;
	*files = (struct intern_pool)INTERN_POOL_INIT;
	for (i = 0; i < all.nr; i++)
		if (module_scope_has(&run->scope, intern_str(&all, i)))
			intern(files, intern_str(&all, i));
	intern_release(&all);
}

/* The files that the other rules read, whose flow nobody follows. */
static int read_for_rules(struct run *run)
{
	const struct analysis_options *opt = run->opt;
	struct intern_pool *read = &run->analysis->read;
	uint32_t first = run->files.nr, i;
	int ret = 0;

	if (opt->tree->module) {
		/* As following the flow does, if there is one to follow. */
		ret = load(run, 0);
		module_scope_update(&run->scope, &run->analysis->program, read);
		first = run->files.nr;
	}

	readers_find(opt->rules, opt->nr_rules, opt->api, &run->lexicon,
		     opt->paths, opt->nr_paths, read);
	drop_unconcerned(run, read);
	for (i = 0; i < run->takers.nr; i++)
		intern(read, intern_str(&run->takers, i));
	for (i = 0; i < read->nr; i++)
		intern(&run->files, intern_str(read, i));
	while (!ret && first < run->files.nr) {
		struct intern_pool callers = INTERN_POOL_INIT;
		uint32_t next = run->files.nr;

		verbose("read for single rules: %u files", next - first);
		ret = load(run, first);
		if (ret)
			break;
		for (i = first; i < next; i++)
			intern(read, intern_str(&run->files, i));
		first = next;
		readers_find_callers(opt->rules, opt->nr_rules,
				     &run->analysis->program, opt->api,
				     opt->policy, &run->lexicon, &callers,
				     &run->names);
		drop_unconcerned(run, &callers);
		for (i = 0; i < callers.nr; i++)
			intern(&run->files, intern_str(&callers, i));
		intern_release(&callers);
	}
	if (!ret)
		run->analysis->calls = flow_new_calls(&run->analysis->program,
						      opt->api, read);
	return ret;
}

/* For those who ask whether a file can matter. */
static int keep_last_run(const struct run *run)
{
	struct last_run last_run = LAST_RUN_INIT;
	int ret;

	last_run_add_pool(&last_run.names, &run->names);
	last_run_add_pool(&last_run.asked, &run->frontier.asked);
	last_run_add_files(&last_run, &run->analysis->program,
			   &run->analysis->compile_db);
	ret = last_run_keep(&last_run, run->analysis->store, run->opt);
	last_run_release(&last_run);
	return ret;
}

static void say_size(const struct flow *flow)
{
	struct flow_size size = flow_size(flow);

	verbose("flow: %zu functions, %zu calls, %zu tainted places, %zu of "
		"them fields", size.functions, size.edges, size.states,
		size.tainted_fields);
	if (diag_verbosity > 1)
		flow_print_fields(flow, stderr);
}

static void cover(const struct run *run)
{
	const struct program *program = &run->analysis->program;
	struct coverage *coverage = run->coverage;
	size_t i;

	coverage->files_considered += run->files.nr;
	coverage->files_analysed += program->nr_analysed;
	for (i = 0; i < program->nr_misses; i++)
		coverage_miss(coverage, program->misses[i].kind,
			      program->misses[i].file,
			      program->misses[i].reason);
}

static void open_lexicon(struct run *run)
{
	const struct analysis_options *opt = run->opt;
	const char **files;
	size_t i;

	if (!opt->given) {
		lexicon_open(&run->lexicon, opt->tree, NULL, 0,
			     opt->no_cache ? NULL : opt->cache, opt->jobs);
		return;
	}
	files = xcalloc(opt->given->nr, sizeof(*files));
	for (i = 0; i < opt->given->nr; i++)
		files[i] = opt->given->list[i].file;
	lexicon_open_files(&run->lexicon, opt->tree, files, opt->given->nr);
	free(files);
}

bool analysis_is_relevant(const struct analysis_options *options)
{
	struct coverage coverage = COVERAGE_INIT;
	struct run run = { .opt = options, .coverage = &coverage };
	bool is_relevant;

	open_lexicon(&run);
	find_sources(&run);
	readers_find(options->rules, options->nr_rules, options->api,
		     &run.lexicon, NULL, 0, &run.files);
	is_relevant = run.files.nr || coverage.nr_gaps;
	coverage_release(&coverage);
	lexicon_close(&run.lexicon);
	intern_release(&run.files);
	return is_relevant;
}

int analysis_run(struct analysis *analysis,
		 const struct analysis_options *options,
		 struct coverage *coverage)
{
	struct run run = {
		.analysis = analysis,
		.opt = options,
		.coverage = coverage,
	};
	int ret = -1;

	run.pch = path_join(options->cache, "pch");
	if (path_mkdirs(run.pch))
		goto cleanup;
	analysis->store = store_open(options->cache);
	if (!analysis->store)
		goto cleanup;
	store_set_overlay(analysis->store, options->tree->overlay);
	open_lexicon(&run);
	run.scope.tree = options->tree;
	run.scope.api = options->api;
	run.scope.lexicon = &run.lexicon;
	find_sources(&run);
	ret = options->tree->module ? find_module(&run) : 0;
	if (!ret && any_needs(&run, NEEDS_FLOW))
		ret = follow(&run);
	if (!ret && any_needs(&run, NEEDS_CALLS))
		ret = read_for_rules(&run);
	if (ret)
		goto cleanup;
	if (analysis->flow)
		say_size(analysis->flow);
	cover(&run);
	if (!options->given)
		ret = keep_last_run(&run);
	if (!ret && any_needs(&run, NEEDS_SPARSE))
		ret = sparse_stage(analysis, options, &run.lexicon, &run.files,
				   coverage);
cleanup:
	frontier_release(&run.frontier);
	intern_release(&run.names);
	module_scope_release(&run.scope);
	lexicon_close(&run.lexicon);
	intern_release(&run.files);
	intern_release(&run.takers);
	free(run.pch);
	return ret;
}

void analysis_release(struct analysis *analysis)
{
	flow_free(analysis->flow);
	flow_free(analysis->calls);
	program_release(&analysis->program);
	sparse_release(&analysis->sparse);
	intern_release(&analysis->read);
	store_close(analysis->store);
	compile_db_release(&analysis->compile_db);
	*analysis = (struct analysis)ANALYSIS_INIT;
}
