// SPDX-License-Identifier: GPL-2.0-only
/*
 * Judges whether a change can affect the findings, from the record of the last run
 * and the names in the touched files; for `dmacheck patch`.
 */
#include "analysis/relevance.h"

#include "analysis/frontier.h"
#include "analysis/readers.h"
#include "analysis/analysis.h"
#include "change/change.h"
#include "knowledge/api.h"
#include "knowledge/retired.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/lexer.h"

/* A name that makes a file relevant. */
struct relevant_name {
	lexer_word word;
	lexer_word record;	/* another name that the file must have, or 0 */
	unsigned int kinds;	/* 0: any */
	char *module;		/* of the file; NULL: any */
};

struct looking {
	const struct change *change;
	struct tree tree;	/* before or after the change */
	struct last_run seen;
	bool names;		/* retired names are looked for, too */
	struct relevant_name *relevant;	/* ordered by word */
	size_t nr, alloc;
	struct lexer lexer;
};

static int by_word(const void *a, const void *b)
{
	lexer_word x = ((const struct relevant_name *)a)->word;
	lexer_word y = ((const struct relevant_name *)b)->word;

	return x < y ? -1 : x > y;
}

static lexer_word hash(const char *name)
{
	return name ? lexer_hash(name, strlen(name)) : 0;
}

static struct relevant_name *add_relevant(struct looking *l, const char *name)
{
	ALLOC_GROW(l->relevant, l->nr + 1, l->alloc);
	l->relevant[l->nr] = (struct relevant_name){ .word = hash(name) };
	return &l->relevant[l->nr++];
}

static void find_relevant(struct looking *l)
{
	uint32_t i;

	for (i = 0; i < l->seen.names.nr; i++)
		add_relevant(l, intern_str(&l->seen.names, i));
	for (i = 0; i < l->seen.asked.nr; i++) {
		struct frontier_ask ask;

		if (frontier_ask_read(&ask, intern_str(&l->seen.asked, i))) {
			struct relevant_name *w = add_relevant(l, ask.name);

			w->kinds = ask.kinds;
			w->record = hash(ask.record);
			w->module = ask.module;
			ask.module = NULL;
		}
		frontier_ask_release(&ask);
	}
	if (l->nr)
		qsort(l->relevant, l->nr, sizeof(*l->relevant), by_word);
}

static bool lexer_has_word(const struct lexer *lexer, lexer_word word)
{
	uint32_t i;

	for (i = 0; i < lexer->nr; i++)
		if ((lexer->words[i] & ~LEXER_KINDS) == word)
			return true;
	return false;
}

static bool in_module(const struct looking *l, const char *file,
		      const char *module)
{
	char *dir = path_dirname(file), *place;
	bool found;

	place = xstrfmt("%s %s", module, dir);
	found = intern_find(&l->seen.places, place) != INTERN_NONE;
	free(place);
	free(dir);
	return found;
}

static bool word_is_relevant(const struct looking *l, const char *file,
			     lexer_word word)
{
	const struct relevant_name key = { .word = word & ~LEXER_KINDS };
	const struct relevant_name *w = l->nr ? bsearch(&key, l->relevant, l->nr,
						 sizeof(key), by_word) : NULL;
	const struct relevant_name *end = l->relevant + l->nr;

	while (w && w > l->relevant && w[-1].word == key.word)
		w--;
	for (; w && w < end && w->word == key.word; w++) {
		if ((!w->kinds || (word & LEXER_KINDS & w->kinds)) &&
		    (!w->record || lexer_has_word(&l->lexer, w->record)) &&
		    (!w->module || in_module(l, file, w->module)))
			return true;
	}
	return false;
}

/* Whether the text has the name of a DMA attribute, or one that contains it. */
static bool names_attribute(const char *text)
{
	const char *p = text;

	if (strstr(text, "DMA_ATTR_"))
		return true;
	while (*p) {
		size_t len = strspn(p, "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

		if (len && retired_find(p, len))
			return true;
		p += len ? len : 1;
	}
	return false;
}

static bool is_code(const char *file)
{
	return ends_with(file, ".c") || ends_with(file, ".h");
}

static bool text_is_relevant(struct looking *l, const char *file)
{
	size_t len, room;
	char *text = tree_read(&l->tree, file, &len);
	bool is_relevant;
	uint32_t i;

	if (!text)
		return false;
	is_relevant = l->names && names_attribute(text);
	if (is_relevant || !is_code(file))
		goto cleanup;
	room = len + LEXER_PADDING;
	text = xrealloc(text, room);
	memset(text + len, 0, LEXER_PADDING);
	lexer_scan(&l->lexer, text, len);
	for (i = 0; i < l->lexer.nr && !is_relevant; i++)
		is_relevant = word_is_relevant(l, file, l->lexer.words[i]);
cleanup:
	free(text);
	return is_relevant;
}

/* A Makefile counts if a file that the last run read is in its folder. */
static bool is_makefile_of(const struct looking *l, const char *file)
{
	const char *name = path_basename(file);
	char *dir;
	bool found = false;
	uint32_t i;

	if (strcmp(name, "Makefile") && strcmp(name, "Kbuild"))
		return false;
	dir = path_dirname(file);
	for (i = 0; i < l->seen.files.nr && !found; i++)
		found = path_below(intern_str(&l->seen.files, i), dir);
	free(dir);
	return found;
}

static bool file_is_relevant(struct looking *l, const char *file)
{
	bool is_relevant;

	if (intern_find(&l->seen.files, file) != INTERN_NONE ||
	    is_makefile_of(l, file))
		return true;
	l->tree.overlay = &l->change->before;
	is_relevant = text_is_relevant(l, file);
	l->tree.overlay = &l->change->after;
	return is_relevant || text_is_relevant(l, file);
}

static void add_source_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

bool change_is_relevant(const struct change *change, const struct analysis *run)
{
	struct looking l = { .change = change, .tree = run->tree };
	bool known, is_relevant = false;
	size_t i;

	if (!change->files.nr)
		return 0;
	known = last_run_recall(&l.seen, run);
	for (i = 0; i < run->nr_rules; i++)
		l.names |= run->rules[i]->needs & NEEDS_NAMES;
	api_each(run->api, API_SOURCE, add_source_name, &l.seen.names);
	readers_names(run->rules, run->nr_rules, run->api, &l.seen.names);
	find_relevant(&l);
	lexer_init(&l.lexer);
	for (i = 0; i < change->files.nr && known && !is_relevant; i++) {
		const char *file = intern_str(&change->files, (uint32_t)i);

		is_relevant = file_is_relevant(&l, file);
		if (is_relevant)
			verbose("%s is relevant", file);
	}
	lexer_release(&l.lexer);
	while (l.nr)
		free(l.relevant[--l.nr].module);
	free(l.relevant);
	last_run_release(&l.seen);
	return is_relevant || !known;
}
