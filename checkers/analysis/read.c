// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the facts of all relevant files: those that the index finds, then those
 * that the flow or a rule reaches from there, round by round; for analysis.c.
 */
#include "analysis/read.h"

#include "analysis/analysis.h"
#include "analysis/apply-rules.h"
#include "analysis/readers.h"
#include "analysis/requests.h"
#include "analysis/share.h"
#include "analysis/solve.h"
#include "analysis/sparse-stage.h"
#include "analysis/unseen.h"
#include "facts/store.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "lib/quote.h"
#include "rules/rule.h"
#include "tree/index.h"
#include "tree/module.h"

/* Each round follows the flow by one call or field; few need more than six. */
#define MAX_ROUNDS 12

static bool any_needs(const struct reading *r, enum rule_needs needs)
{
	return any_rule_needs(r->run, needs);
}

static void add_api_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

static bool is_asked_for(const struct analysis *run, const char *file)
{
	return path_below_any(file, strvec_list(&run->paths), run->paths.nr);
}

static size_t count_files(const struct analysis *run, const struct index *index)
{
	size_t nr = 0;
	uint32_t i;

	for (i = 0; i < index->files.nr; i++)
		nr += is_asked_for(run, intern_str(&index->files, i));
	return nr;
}

/* For an external module, module-scope.c finds the files of the tree. */
static void add_source_file(struct reading *r, const char *file)
{
	bool other = r->run->tree.module &&
		!module_has(&r->run->tree, file);

	intern(other ? &r->scope.sources : &r->files, file);
}

/* Files that name a source of user memory: there the flow begins. */
static void find_sources(struct reading *r)
{
	struct analysis *run = r->run;
	struct coverage *coverage = &run->result.coverage;
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	api_each(run->api, API_SOURCE, add_api_name, &names);
	/* In the whole tree: memory mapped below a PATH may come from anywhere. */
	index_find(&index, &r->lexicon, &names);
	for (i = 0; any_needs(r, NEEDS_FLOW) && i < index.nr; i++)
		if (index.hits[i].kinds & (INDEX_CALL | INDEX_MENTION))
			add_source_file(r, intern_str(&index.files,
							index.hits[i].file));
	coverage->files_total += count_files(run, &index);
	for (i = 0; i < index.nr_unreadable; i++) {
		const char *file = index.unreadable[i].file;

		coverage_miss(coverage, GAP_UNREAD, file,
			      index.unreadable[i].reason);
		/* An unreadable file may be relevant. */
		if (!is_asked_for(run, file))
			continue;
		coverage->files_considered++;
		coverage->files_total += !intern_has(&index.files, file);
	}
	index_release(&index);
	intern_release(&names);
}

/* The files from number `first` on. */
static const char **list_files(const struct reading *r, uint32_t first,
			       size_t *nr)
{
	const char **list;
	size_t i;

	*nr = r->files.nr - first;
	list = xcalloc(*nr, sizeof(*list));
	for (i = 0; i < *nr; i++)
		list[i] = intern_str(&r->files, first + (uint32_t)i);
	return list;
}

/* The files that map memory: their headers are precompiled. */
static void find_typical(struct intern_pool *files, void *data)
{
	const struct reading *r = data;
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	api_each(r->run->api, API_SOURCE | API_SINK | API_ALLOC, add_api_name,
		 &names);
	index_find(&index, &r->lexicon, &names);
	for (i = 0; i < index.nr; i++)
		if (index.hits[i].kinds & INDEX_CALL)
			intern(files, intern_str(&index.files,
						 index.hits[i].file));
	index_release(&index);
	intern_release(&names);
}

static const struct compile_db *compile_db_of(const struct reading *r)
{
	return r->run->request.given ? r->run->request.given : &r->run->compile_db;
}

/* Drop the tree's own copy of the module. */
static size_t drop_replaced(const struct reading *r, const char **list, size_t nr)
{
	size_t i, kept = 0;

	for (i = 0; i < nr; i++)
		if (module_scope_replaces(&r->scope, &r->run->compile_db,
					  list[i]))
			verbose("%s: replaced by the module", list[i]);
		else
			list[kept++] = list[i];
	return kept;
}

/* The .c files of the module's folder, except programs. */
static const char **list_module(const struct reading *r, size_t *nr)
{
	const struct lexicon *lexicon = &r->lexicon;
	const char **list = xcalloc(lexicon->nr, sizeof(*list));
	size_t i;

	*nr = 0;
	for (i = 0; i < lexicon->nr; i++) {
		const char *file = lexicon->files[i].file->path;

		if (!lexicon->files[i].left_out &&
		    module_has(&r->run->tree, file))
			list[(*nr)++] = file;
	}
	return list;
}

/*
 * Add the files that the module is built from. Other files in its folder are
 * read only if the flow leads there.
 */
static int find_module(struct reading *r)
{
	struct analysis *run = r->run;
	const struct compile_db *compile_db = &run->compile_db;
	struct compile_db_options options = reading_db_options(run);
	const char **list = list_module(r, &options.nr_files);
	size_t i, nr = 0;
	int ret;

	options.files = list;
	ret = compile_db_load(&run->compile_db, &run->tree, &options);
	free(list);
	for (i = 0; i < compile_db->nr && !ret; i++) {
		const struct compile_command *c = &compile_db->list[i];

		if (c->kind == COMMAND_NEIGHBOUR ||
		    c->kind == COMMAND_UNBUILT ||
		    !module_has(&run->tree, c->file))
			continue;
		intern(&r->files, c->file);
		nr++;
	}
	if (!ret && !nr)
		ret = error("the module folder %s: nothing is built there from a .c file: is there an obj-m in its Makefile, and does the kernel's configuration allow for it? Variables that the Makefile needs can be given with --make VAR=VALUE",
			    run->tree.module_dir);
	return ret;
}

static int load(struct reading *r, uint32_t first)
{
	struct analysis *run = r->run;
	struct compile_db_options options = reading_db_options(run);
	struct program_options program = {
		.tree = &run->tree,
		.api = run->api,
		.compile_db = compile_db_of(r),
		.store = run->store,
		.pch_folder = r->pch,
		.pch_always = run->request.given != NULL,
		.typical = run->request.given ? NULL : find_typical,
		.data = r,
		.jobs = run->request.jobs,
		.memory = run->request.memory,
		.stage = "reading files",
		.expected = r->expected,
	};
	const char **list = list_files(r, first, &options.nr_files);
	struct intern_pool own = INTERN_POOL_INIT;
	int ret = 0;

	options.files = list;
	if (!run->request.given)
		ret = compile_db_load(&run->compile_db, &run->tree,
				      &options);
	if (!ret && run->tree.module)
		options.nr_files = drop_replaced(r, list,
						 options.nr_files);
	if (!ret && run->request.share) {
		share_files(run->request.share, &r->lexicon, list,
			    options.nr_files, &own);
		program.share = &own;
	}
	if (!ret)
		ret = program_add(&run->result.program, &program, list,
				  options.nr_files);
	intern_release(&own);
	free(list);
	return ret;
}

/*
 * Find out which files the flow needs next. If an earlier run solved the same
 * facts, its answer is used.
 */
static int go_on(struct reading *r)
{
	struct analysis *run = r->run;
	uint64_t key = requests_key(&run->result.program, run->api);
	struct strbuf requests = STRBUF_INIT;
	int ret = 0;

	/* The store keeps few of these: only those of whole trees. */
	if (!store_recall(run->store, key, &requests)) {
		if (!solve_requests(run, &requests))
			goto cleanup;
		ret = store_remember(run->store, key, &requests);
	}
	if (!ret)
		frontier_find(&r->frontier, &requests, &r->lexicon,
			      compile_db_of(r), run->api,
			      run->tree.module ? &r->scope : NULL, &r->files);
cleanup:
	strbuf_release(&requests);
	return ret;
}

struct mappers {
	struct intern_pool names, of_headers;
};

static void add_mapper(const struct flow_sink *hit, void *data)
{
	struct mappers *m = data;

	if (!hit->loc.function || hit->handover)
		return;
	intern(&m->names, hit->loc.function);
	if (ends_with(hit->loc.file, ".h"))
		intern(&m->of_headers, hit->loc.function);
}

/* The files that call functions which map user memory. */
static void find_callers(struct reading *r)
{
	struct mappers m = { INTERN_POOL_INIT, INTERN_POOL_INIT };
	struct index index = INDEX_INIT;
	size_t i;

	flow_each_sink(r->run->result.flow, 0, add_mapper, &m);
	if (m.names.nr)
		index_find(&index, &r->lexicon, &m.names);
	for (i = 0; i < index.nr; i++) {
		const struct index_hit *hit = &index.hits[i];
		const char *file = intern_str(&index.files, hit->file);
		const char *name = intern_str(&m.names, hit->name);

		if (!(hit->kinds & INDEX_CALL))
			continue;
		intern(&r->files, file);
		if (intern_find(&m.of_headers, name) != INTERN_NONE)
			intern(&r->takers, file);
	}
	index_release(&index);
	intern_release(&m.names);
	intern_release(&m.of_headers);
}

/* Read the files from number `first` on, and those that the flow reaches. */
static int follow_from(struct reading *r, uint32_t first)
{
	unsigned int round;

	for (round = 1; round <= MAX_ROUNDS && first < r->files.nr &&
	     !r->run->flow_is_lost; round++) {
		uint32_t next = r->files.nr;

		verbose("round %u: %u files", round, next - first);
		if (load(r, first))
			return -1;
		/* The next round depends on all of this one. */
		if (r->run->result.program.nr_left)
			return 0;
		if (r->run->tree.module)
			module_scope_update(&r->scope, &r->run->result.program,
					    &r->files);
		/* With one file there is no other to go to. */
		if (!r->run->request.given && go_on(r))
			return -1;
		first = next;
	}
	if (round > MAX_ROUNDS && first < r->files.nr)
		warning("the flow was not followed to its end: %u more files "
			"after %u rounds", r->files.nr - first, MAX_ROUNDS);
	solve_up_to_here(r->run);
	return 0;
}

int reading_follow(struct reading *r)
{
	uint32_t read;

	if (!any_needs(r, NEEDS_FLOW))
		return 0;
	if (follow_from(r, 0))
		return -1;
	read = r->files.nr;
	if (!r->run->request.fixing || r->run->flow_is_lost)
		return 0;
	/* It cannot crash: the child process has solved it. */
	solve_flow(r->run);
	find_callers(r);
	if (r->files.nr == read)
		return 0;
	flow_free(r->run->result.flow);
	r->run->result.flow = NULL;
	return follow_from(r, read);
}

/* An external module needs a file that sets an attribute only if it calls it. */
static void drop_unconcerned(const struct reading *r, struct intern_pool *files)
{
	struct intern_pool all = *files;
	uint32_t i;

	if (!r->run->tree.module)
		return;
	*files = (struct intern_pool)INTERN_POOL_INIT;
	for (i = 0; i < all.nr; i++)
		if (module_scope_has(&r->scope, intern_str(&all, i)))
			intern(files, intern_str(&all, i));
	intern_release(&all);
}

int reading_for_rules(struct reading *r)
{
	struct analysis *run = r->run;
	struct intern_pool *read = &run->read;
	uint32_t first = r->files.nr, i;
	int ret = 0;

	if (!any_needs(r, NEEDS_CALLS))
		return 0;
	if (run->tree.module) {
		/* Following the flow does the same. */
		ret = load(r, 0);
		module_scope_update(&r->scope, &run->result.program, read);
		first = r->files.nr;
	}

	for (i = 0; i < r->readers.nr; i++)
		intern(read, intern_str(&r->readers, i));
	drop_unconcerned(r, read);
	for (i = 0; i < r->takers.nr; i++)
		intern(read, intern_str(&r->takers, i));
	for (i = 0; i < read->nr; i++)
		intern(&r->files, intern_str(read, i));
	while (!ret && first < r->files.nr) {
		struct intern_pool callers = INTERN_POOL_INIT;
		uint32_t next = r->files.nr;

		verbose("read for single rules: %u files", next - first);
		ret = load(r, first);
		if (ret || run->result.program.nr_left)
			break;
		for (i = first; i < next; i++)
			intern(read, intern_str(&r->files, i));
		first = next;
		readers_find_callers(run->rules, run->nr_read,
				     &run->result.program, run->api,
				     run->policy, &r->lexicon, &callers,
				     &r->names);
		drop_unconcerned(r, &callers);
		for (i = 0; i < callers.nr; i++)
			intern(&r->files, intern_str(&callers, i));
		intern_release(&callers);
	}
	return ret;
}

int reading_sparse(struct reading *r)
{
	if (!any_needs(r, NEEDS_SPARSE))
		return 0;
	return sparse_stage(r->run, &r->lexicon, &r->files);
}

/* A file that another one includes was read there. */
static enum gap_kind gap_kind_of(const struct program *program,
				 const struct gap *miss)
{
	return intern_has(&program->names, miss->file) ? GAP_OTHERS : miss->kind;
}

/* Calls that rules look for, in files that were not read or had errors. */
static void find_unseen(struct reading *r, const struct intern_pool *files)
{
	struct analysis *run = r->run;
	struct intern_pool names = INTERN_POOL_INIT;

	if (any_needs(r, NEEDS_FLOW))
		api_each(run->api, API_SOURCE, add_api_name, &names);
	readers_names(run->rules, run->nr_rules, run->api, &names);
	unseen_find(run, &r->lexicon, files, &names);
	intern_release(&names);
}

void reading_record(struct reading *r)
{
	struct analysis *run = r->run;
	const struct program *program = &run->result.program;
	struct coverage *coverage = &run->result.coverage;
	struct intern_pool unread = INTERN_POOL_INIT, gaps = INTERN_POOL_INIT;
	size_t i;

	for (i = 0; i < program->nr_misses; i++) {
		const struct gap *miss = &program->misses[i];
		enum gap_kind kind = gap_kind_of(program, miss);

		coverage_miss(coverage, kind, miss->file, miss->reason);
		if (kind == GAP_UNREAD)
			intern(&unread, miss->file);
		if (kind != GAP_OTHERS && is_asked_for(run, miss->file))
			intern(&gaps, miss->file);
	}
	for (i = 0; i < r->files.nr; i++) {
		const char *file = intern_str(&r->files, (uint32_t)i);

		if (!is_asked_for(run, file))
			continue;
		coverage->files_considered++;
		coverage->files_analysed += !intern_has(&unread, file);
	}
	find_unseen(r, &gaps);
	last_run_saw(run, &r->names, &r->frontier);
	intern_release(&unread);
	intern_release(&gaps);
}

struct compile_db_options reading_db_options(const struct analysis *run)
{
	return (struct compile_db_options){
		.objtree = run->request.objtree,
		.cache = run->cache,
		.no_cache = run->request.no_cache,
		.no_make = run->request.no_make,
		.settled = run->request.touched != NULL,
		.module_objtree = run->request.module_objtree,
		.make_variables = strvec_list(&run->request.make_variables),
		.nr_make_variables = run->request.make_variables.nr,
		.jobs = run->request.jobs,
	};
}

static void open_lexicon(struct reading *r)
{
	const struct analysis *run = r->run;
	const struct compile_db *given = run->request.given;
	const char **files;
	size_t i;

	if (!given) {
		lexicon_open(&r->lexicon, &run->tree, NULL, 0,
			     run->request.no_cache ? NULL : run->cache,
			     run->request.jobs);
		return;
	}
	files = xcalloc(given->nr, sizeof(*files));
	for (i = 0; i < given->nr; i++)
		files[i] = given->list[i].file;
	lexicon_open_files(&r->lexicon, &run->tree, files, given->nr);
	free(files);
}

bool reading_is_relevant(struct reading *r)
{
	const struct analysis *run = r->run;

	open_lexicon(r);
	find_sources(r);
	readers_find(run->rules, run->nr_read, run->api, &r->lexicon, NULL, 0,
		     &r->files);
	return r->files.nr || run->result.coverage.nr_gaps;
}

/* What the rules read, for which nothing need be parsed first. */
static void find_readers(struct reading *r)
{
	const struct analysis *run = r->run;
	uint32_t i;

	if (any_needs(r, NEEDS_CALLS))
		readers_find(run->rules, run->nr_read, run->api, &r->lexicon,
			     strvec_list(&run->paths), run->paths.nr,
			     &r->readers);
	r->expected = r->files.nr;
	if (run->tree.module)
		return;
	for (i = 0; i < r->readers.nr; i++)
		r->expected += !intern_has(&r->files,
					   intern_str(&r->readers, i));
}

int reading_open(struct reading *r)
{
	struct analysis *run = r->run;

	progress_init(run->request.progress);
	r->pch = path_join(run->cache, "pch");
	if (path_mkdirs(r->pch))
		return -1;
	if (!run->store)
		run->store = store_open(run->cache);
	if (!run->store)
		return -1;
	store_set_overlay(run->store, run->tree.overlay);
	open_lexicon(r);
	r->scope.tree = &run->tree;
	r->scope.api = run->api;
	r->scope.lexicon = &r->lexicon;
	find_sources(r);
	if (run->tree.module && find_module(r))
		return -1;
	find_readers(r);
	return 0;
}

void reading_close(struct reading *r)
{
	frontier_release(&r->frontier);
	intern_release(&r->names);
	module_scope_release(&r->scope);
	lexicon_close(&r->lexicon);
	intern_release(&r->files);
	intern_release(&r->takers);
	intern_release(&r->readers);
	free(r->pch);
}
