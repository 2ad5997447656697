// SPDX-License-Identifier: GPL-2.0-only
/*
 * Selects the files that each rule reads, by the functions and attributes that its
 * `reads` names, from the index; for read.c.
 */
#include "analysis/readers.h"

#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "rules/common/attr-reach.h"
#include "tree/index.h"

/*
 * The kernel's core, which implements the API: rules about its users do not
 * apply there.
 */
static const char *const core[] = { "kernel/dma", "lib/test_dma.c" };

/*
 * A function of kernel-api.conf may be called by a macro's name: that of
 * dma_map_page_attrs() is dma_map_page().
 */
static void add_function(const struct api_function *function, void *data)
{
	static const char suffix[] = "_attrs";
	size_t len = strlen(function->name), n = sizeof(suffix) - 1;

	intern(data, function->name);
	if (len > n && !strcmp(function->name + len - n, suffix))
		intern_mem(data, function->name, len - n);
}

static void add_names(struct intern_pool *pool, const char *const *names)
{
	for (; names && *names; names++)
		intern(pool, *names);
}

static void add_reads(const struct api *api, const struct rule_reads *reads,
		      struct intern_pool *pool)
{
	api_each(api, reads->roles, add_function, pool);
	add_names(pool, reads->names);
	if (reads->reaches)
		intern(pool, reads->reaches);
}

static bool is_core(const char *file)
{
	return path_below_any(file, core, ARRAY_SIZE(core));
}

static size_t folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? (size_t)(slash - file) + 1 : 0;
}

/* Below one of the paths, or in the folder of a path that is a file. */
static bool is_asked_for(const char *file, const char *const *paths,
			 size_t nr_paths)
{
	size_t folder = folder_of(file), i;

	if (path_below_any(file, paths, nr_paths))
		return true;
	for (i = 0; i < nr_paths; i++) {
		const char *path = paths[i], *end = strrchr(path, '/');
		size_t len = strlen(path);

		if (len > 2 && path[len - 2] == '.' && end &&
		    (size_t)(end - path) + 1 == folder &&
		    !strncmp(file, path, folder))
			return true;
	}
	return false;
}

/* A file that sets an attribute is read anywhere: a file below a path may call it. */
static bool is_wanted(const struct rule *rule, const char *file,
		      const char *const *paths, size_t nr_paths)
{
	return !is_core(file) && (rule->reads.reaches ||
				  is_asked_for(file, paths, nr_paths));
}

/* Whether the hits of one file satisfy `reads`. */
static bool requests(const struct rule_reads *reads,
		     const struct intern_pool *names,
		     const struct intern_pool *beside,
		     const struct intern_pool *all,
		     const struct index_hit *hits, size_t nr)
{
	bool named = false, with = !reads->beside;
	size_t i;

	for (i = 0; i < nr; i++) {
		const char *name = intern_str(all, hits[i].name);

		named |= intern_find(names, name) != INTERN_NONE;
		with |= reads->beside &&
			intern_find(beside, name) != INTERN_NONE;
	}
	return named && with;
}

/* The hits of the index that are for one rule. */
static void collect_for_rule(const struct rule *rule, const struct api *api,
			     const struct intern_pool *all, const struct index *index,
			     const char *const *paths, size_t nr_paths,
			     struct intern_pool *files)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct intern_pool beside = INTERN_POOL_INIT;
	size_t i, n;

	add_reads(api, &rule->reads, &names);
	add_names(&beside, rule->reads.beside);
	for (i = 0; i < index->nr; i += n) {
		const char *file = intern_str(&index->files,
					      index->hits[i].file);

		for (n = 1; i + n < index->nr; n++)
			if (index->hits[i + n].file != index->hits[i].file)
				break;
		if (is_wanted(rule, file, paths, nr_paths) &&
		    requests(&rule->reads, &names, &beside, all,
			     &index->hits[i], n))
			intern(files, file);
	}
	intern_release(&names);
	intern_release(&beside);
}

void readers_names(const struct rule *const *rules, size_t nr_rules,
		   const struct api *api, struct intern_pool *names)
{
	size_t i;

	for (i = 0; i < nr_rules; i++) {
		if (!(rules[i]->needs & NEEDS_CALLS))
			continue;
		add_reads(api, &rules[i]->reads, names);
		add_names(names, rules[i]->reads.beside);
	}
}

void readers_find(const struct rule *const *rules, size_t nr_rules,
		  const struct api *api, const struct lexicon *lexicon,
		  const char *const *paths, size_t nr_paths,
		  struct intern_pool *files)
{
	struct intern_pool all = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	readers_names(rules, nr_rules, api, &all);
	if (all.nr)
		index_find(&index, lexicon, &all);
	for (i = 0; i < nr_rules; i++)
		if (rules[i]->needs & NEEDS_CALLS)
			collect_for_rule(rules[i], api, &all, &index, paths, nr_paths,
					 files);
	index_release(&index);
	intern_release(&all);
}

struct search {
	struct intern_pool names, defined;	/* functions: called, to be read */
	struct intern_pool members, folders;	/* fields, and the folders of their files */
	const struct api *api;
};

static void add_reached(const char *name, void *data)
{
	struct search *s = data;

	intern(&s->names, name);
}

static void add_target(const char *name, const char *file, void *data)
{
	struct search *s = data;

	if (!file && !api_function(s->api, name)) {
		intern(&s->names, name);
		intern(&s->defined, name);
	} else if (file) {
		intern(&s->names, name);
		intern(&s->members, name);
		intern_mem(&s->folders, file, folder_of(file));
	}
}

static bool has(const struct intern_pool *pool, const char *text, size_t len)
{
	char *copy = xstrndup(text, len);
	bool found = intern_find(pool, copy) != INTERN_NONE;

	free(copy);
	return found;
}

/* Whether the file calls a function that leads to the attribute, or gets it. */
static bool leads(const struct search *s, const char *file,
		  const struct index_hit *hit)
{
	const char *name = intern_str(&s->names, hit->name);

	if (intern_find(&s->members, name) != INTERN_NONE)
		return (hit->kinds & INDEX_MEMBER) &&
		       has(&s->folders, file, folder_of(file));
	if (intern_find(&s->defined, name) != INTERN_NONE)
		return hit->kinds & INDEX_DEFINITION;
	return hit->kinds & INDEX_CALL;
}

/* The files that call functions which lead to an attribute, or that get it. */
static void find_callers(const struct program *program, const struct api *api,
			 const struct policy *policy, const char *attr,
			 const struct lexicon *lexicon,
			 struct intern_pool *files,
			 struct intern_pool *asked)
{
	struct reach *reach = reach_new(program, api, policy, attr);
	struct search s = { .api = api };
	struct index index = INDEX_INIT;
	uint32_t name;
	size_t i;

	reach_each_name(reach, add_reached, &s);
	reach_each_target(reach, add_target, &s);
	if (s.names.nr)
		index_find(&index, lexicon, &s.names);
	for (name = 0; name < s.names.nr; name++)
		intern(asked, intern_str(&s.names, name));
	for (i = 0; i < index.nr; i++) {
		const char *file = intern_str(&index.files,
					      index.hits[i].file);

		if (!is_core(file) && leads(&s, file, &index.hits[i]))
			intern(files, file);
	}
	index_release(&index);
	intern_release(&s.names);
	intern_release(&s.defined);
	intern_release(&s.members);
	intern_release(&s.folders);
	reach_free(reach);
}

void readers_find_callers(const struct rule *const *rules, size_t nr_rules,
			  const struct program *program,
			  const struct api *api,
			  const struct policy *policy,
			  const struct lexicon *lexicon,
			  struct intern_pool *files,
			  struct intern_pool *asked)
{
	struct intern_pool done = INTERN_POOL_INIT;
	size_t i;

	for (i = 0; i < nr_rules; i++) {
		const char *attr = rules[i]->reads.reaches;

		if (!(rules[i]->needs & NEEDS_CALLS) || !attr ||
		    intern_find(&done, attr) != INTERN_NONE)
			continue;
		intern(&done, attr);
		find_callers(program, api, policy, attr, lexicon, files, asked);
	}
	intern_release(&done);
}
