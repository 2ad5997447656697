// SPDX-License-Identifier: GPL-2.0-only
#include "commands/analysis.h"

#include "facts/store.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/index.h"

struct file_list {
	const char **list;
	size_t nr, alloc;
};

static void add_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

/* Files that name a source of user memory: where the flow begins. */
static void find_sources(const struct analysis_options *opt,
			 struct index *index, struct file_list *files)
{
	struct intern_pool names = INTERN_POOL_INIT;
	size_t i;

	api_each(opt->api, API_SOURCE, add_name, &names);
	index_scan(index, opt->tree, opt->paths, opt->nr_paths, &names,
		   opt->jobs);
	for (i = 0; i < index->nr; i++) {
		const struct index_hit *hit = &index->hits[i];
		const char *file = intern_str(&index->files, hit->file);

		if (!(hit->kinds & (INDEX_CALL | INDEX_MENTION)) ||
		    (files->nr && files->list[files->nr - 1] == file))
			continue;
		ALLOC_GROW(files->list, files->nr + 1, files->alloc);
		files->list[files->nr++] = file;
	}
	intern_release(&names);
}

static int load_commands(struct analysis *analysis,
			 const struct analysis_options *opt,
			 const struct file_list *files)
{
	struct commands_options options = {
		.objtree = opt->objtree,
		.cache = opt->cache,
		.no_cache = opt->no_cache,
		.jobs = opt->jobs,
		.files = files->list,
		.nr_files = files->nr,
	};

	return commands_load(&analysis->commands, opt->tree, &options);
}

static int load_facts(struct analysis *analysis,
		      const struct analysis_options *opt,
		      const struct file_list *files)
{
	char *pch = path_join(opt->cache, "pch");
	struct program_options options = {
		.tree = opt->tree,
		.api = opt->api,
		.commands = &analysis->commands,
		.store = analysis->store,
		.pch_folder = pch,
		.jobs = opt->jobs,
		.stage = "reading files",
	};

	int ret = path_mkdirs(pch);

	if (!ret)
		ret = program_add(&analysis->program, &options, files->list,
				  files->nr);
	free(pch);
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

static void cover(const struct analysis *analysis, const struct index *index,
		  const struct file_list *files, struct coverage *coverage)
{
	const struct program *program = &analysis->program;
	size_t i;

	coverage->files_total += index->files.nr;
	coverage->files_considered += files->nr;
	coverage->files_analysed += program->nr_analysed;
	for (i = 0; i < index->nr_unreadable; i++)
		coverage_miss(coverage, index->unreadable[i].file,
			      index->unreadable[i].reason);
	for (i = 0; i < program->nr_misses; i++)
		coverage_miss(coverage, program->misses[i].file,
			      program->misses[i].reason);
}

int analysis_run(struct analysis *analysis,
		 const struct analysis_options *options,
		 struct coverage *coverage)
{
	struct index index = INDEX_INIT;
	struct file_list files = { NULL, 0, 0 };
	int ret;

	find_sources(options, &index, &files);
	ret = load_commands(analysis, options, &files);
	if (ret)
		goto cleanup;
	analysis->store = store_open(options->cache);
	if (!analysis->store) {
		ret = -1;
		goto cleanup;
	}
	ret = load_facts(analysis, options, &files);
	if (ret)
		goto cleanup;
	analysis->flow = flow_new(&analysis->program, options->api);
	say_size(analysis->flow);
	cover(analysis, &index, &files, coverage);
cleanup:
	free(files.list);
	index_release(&index);
	return ret;
}

void analysis_release(struct analysis *analysis)
{
	flow_free(analysis->flow);
	program_release(&analysis->program);
	store_close(analysis->store);
	commands_release(&analysis->commands);
	*analysis = (struct analysis)ANALYSIS_INIT;
}
