// SPDX-License-Identifier: GPL-2.0-only
/*
 * Computes which of the kernel's files an external module depends on, from the
 * facts of the module and the index; for the rounds of read.c.
 */
#include "analysis/module-scope.h"

#include "facts/program.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "compile/compile-db.h"
#include "tree/index.h"
#include "tree/lexicon.h"
#include "tree/module.h"

/* --- what the module calls --- */

static void take_set(struct module_scope *s, const struct fact_set *set, bool header)
{
	uint32_t i;

	for (i = 0; i < set->nr_places; i++) {
		const char *name = facts_str(set, set->places[i].name);

		if (set->places[i].kind == PLACE_FUNCTION &&
		    !strchr(name, ':'))
			intern(&s->used, name);
	}
	for (i = 0; i < set->nr_functions && !header; i++)
		if (!(set->functions[i].flags & (FUNCTION_STATIC |
						 FUNCTION_FILE)))
			intern(&s->defined,
			       facts_str(set, set->functions[i].name));
}

/* New units stand anywhere in the order of files: go through all again. */
static void take_units(struct module_scope *s, const struct program *program)
{
	size_t i, n;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		if (!module_has(s->tree, unit->file))
			continue;
		for (n = 0; n < unit->nr_modules; n++)
			intern(&s->modules, unit->modules[n]);
		take_set(s, &unit->facts, false);
		for (n = 0; n < unit->nr_header_sets; n++)
			take_set(s, &program->header_sets[unit->header_sets[n]]->facts,
				 true);
	}
}

static void find_exporters(struct module_scope *s)
{
	struct index index = INDEX_INIT;
	size_t i;

	if (s->used.nr)
		index_find(&index, s->lexicon, &s->used);
	for (i = 0; i < index.nr; i++) {
		const char *file = intern_str(&index.files,
					      index.hits[i].file);
		const char *name = intern_str(&s->used, index.hits[i].name);

		if ((index.hits[i].kinds & INDEX_EXPORT) &&
		    !module_has(s->tree, file) &&
		    intern_find(&s->defined, name) == INTERN_NONE &&
		    !api_function(s->api, name))
			intern(&s->files, file);
	}
	index_release(&index);
}

/* --- what passes user memory to it --- */

struct word_list {
	lexer_word *list;
	size_t nr, alloc;
};

static int by_word(const void *a, const void *b)
{
	lexer_word x = *(const lexer_word *)a, y = *(const lexer_word *)b;

	return x < y ? -1 : x > y;
}

static void add_source_function(const struct api_function *function, void *data)
{
	struct word_list *words = data;

	ALLOC_GROW(words->list, words->nr + 1, words->alloc);
	words->list[words->nr++] = lexer_hash(function->name,
					      strlen(function->name));
}

static bool list_has_word(const struct word_list *words, lexer_word word)
{
	word &= ~LEXER_KINDS;
	return words->nr && bsearch(&word, words->list, words->nr,
				    sizeof(word), by_word);
}

static void sort(struct word_list *words)
{
	if (words->nr)
		qsort(words->list, words->nr, sizeof(*words->list), by_word);
}

static void add_word(struct word_list *words, lexer_word word)
{
	ALLOC_GROW(words->list, words->nr + 1, words->alloc);
	words->list[words->nr++] = word & ~LEXER_KINDS;
}

/* Functions called by those that the module calls, except the sources. */
static void find_called(const struct module_scope *s, struct word_list *called)
{
	struct word_list sources = { NULL, 0, 0 };
	size_t i;
	uint32_t w;

	api_each(s->api, API_SOURCE, add_source_function, &sources);
	sort(&sources);
	for (i = 0; i < s->lexicon->nr; i++) {
		const struct lexicon_file *f = &s->lexicon->files[i];

		if (intern_find(&s->files, f->file->path) == INTERN_NONE)
			continue;
		for (w = 0; w < f->nr_words; w++)
			if ((f->words[w] & INDEX_CALL) &&
			    !list_has_word(&sources, f->words[w]))
				add_word(called, f->words[w]);
	}
	sort(called);
	free(sources.list);
}

static bool exports_any(const struct lexicon_file *f,
			const struct word_list *called)
{
	uint32_t w;

	for (w = 0; w < f->nr_words; w++)
		if ((f->words[w] & INDEX_EXPORT) &&
		    list_has_word(called, f->words[w]))
			return true;
	return false;
}

static void find_givers(const struct module_scope *s, struct intern_pool *reached)
{
	struct word_list called = { NULL, 0, 0 };
	size_t i;

	find_called(s, &called);
	for (i = 0; i < s->lexicon->nr; i++) {
		const struct lexicon_file *f = &s->lexicon->files[i];
		const char *path = f->file->path;

		if (intern_find(&s->sources, path) != INTERN_NONE &&
		    (intern_find(&s->files, path) != INTERN_NONE ||
		     exports_any(f, &called)))
			intern(reached, path);
	}
	free(called.list);
}

void module_scope_update(struct module_scope *s, const struct program *program,
			 struct intern_pool *reached)
{
	uint32_t used = s->used.nr;

	if (s->nr_units == program->nr_units)
		return;
	s->nr_units = program->nr_units;
	take_units(s, program);
	if (s->used.nr == used)
		return;
	find_exporters(s);
	find_givers(s, reached);
}

/* --- the interface --- */

bool module_scope_has(const struct module_scope *s, const char *file)
{
	return module_has(s->tree, file) ||
		intern_find(&s->files, file) != INTERN_NONE;
}

bool module_scope_answers(const struct module_scope *s, const struct flow_request *request,
			  const char *file)
{
	if (module_has(s->tree, file))
		return true;
	switch (request->kind) {
	case REQUEST_DEFINITION:
		return intern_find(&s->defined, request->name) == INTERN_NONE;
	case REQUEST_CALLERS:
	case REQUEST_TAKERS:
		return module_scope_has(s, file);
	case REQUEST_MEMBER:
	case REQUEST_SYNC:
		return intern_find(&s->modules, request->module) == INTERN_NONE;
	case REQUEST_CALLS:
		break;
	}
	return true;
}

bool module_scope_replaces(const struct module_scope *s, const struct compile_db *compile_db,
			   const char *file)
{
	size_t nr, i;
	const struct compile_command *c = compile_db_find(compile_db, file, &nr);

	if (!nr || module_has(s->tree, file))
		return false;
	for (i = 0; i < nr; i++)
		if (intern_find(&s->modules, c[i].module) == INTERN_NONE)
			return false;
	return true;
}

void module_scope_release(struct module_scope *s)
{
	intern_release(&s->modules);
	intern_release(&s->defined);
	intern_release(&s->used);
	intern_release(&s->files);
	intern_release(&s->sources);
	*s = (struct module_scope)MODULE_SCOPE_INIT;
}
