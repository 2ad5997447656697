// SPDX-License-Identifier: GPL-2.0-only
#include "commands/relevance.h"

#include "commands/footprint.h"
#include "commands/readers.h"
#include "facts/store.h"
#include "knowledge/api.h"
#include "knowledge/retired.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/lexer.h"

struct looking {
	const struct change *change;
	struct tree tree;	/* as it is before, or after */
	struct footprint seen;
	bool names;		/* retired names are looked for, too */
	lexer_word *words;	/* of all names, ordered */
	size_t nr;
	struct lexer lexer;
};

static int by_value(const void *a, const void *b)
{
	lexer_word x = *(const lexer_word *)a, y = *(const lexer_word *)b;

	return x < y ? -1 : x > y;
}

static void hash_names(struct looking *l)
{
	const struct intern_pool *names = &l->seen.names;
	uint32_t i;

	l->words = xcalloc(names->nr, sizeof(*l->words));
	for (i = 0; i < names->nr; i++)
		l->words[l->nr++] = lexer_hash(intern_str(names, i),
					       strlen(intern_str(names, i)));
	if (l->nr)
		qsort(l->words, l->nr, sizeof(*l->words), by_value);
}

/* Whether a DMA attribute, or what is called after one, is named in it. */
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
	const char *dot = strrchr(path_basename(file), '.');

	return dot && (!strcmp(dot, ".c") || !strcmp(dot, ".h"));
}

static bool text_matters(struct looking *l, const char *file)
{
	size_t len, room;
	char *text = tree_read(&l->tree, file, &len);
	bool matters;
	uint32_t i;

	if (!text)
		return false;
	matters = l->names && names_attribute(text);
	if (matters || !is_code(file))
		goto cleanup;
	room = len + LEXER_PADDING;
	text = xrealloc(text, room);
	memset(text + len, 0, LEXER_PADDING);
	lexer_scan(&l->lexer, text, len);
	for (i = 0; i < l->lexer.nr && !matters; i++) {
		lexer_word word = l->lexer.words[i] & ~LEXER_KINDS;

		matters = bsearch(&word, l->words, l->nr, sizeof(word),
				  by_value);
	}
cleanup:
	free(text);
	return matters;
}

/* What is built into which module shows only in what was looked at. */
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

static bool file_matters(struct looking *l, const char *file)
{
	bool matters;

	if (intern_find(&l->seen.files, file) != INTERN_NONE ||
	    is_makefile_of(l, file))
		return true;
	l->tree.overlay = &l->change->before;
	matters = text_matters(l, file);
	l->tree.overlay = &l->change->after;
	return matters || text_matters(l, file);
}

static void add_name(const struct api_function *function, void *data)
{
	intern(data, function->name);
}

int change_matters(const struct change *change, const struct examination *ex)
{
	struct looking l = { .change = change, .tree = ex->tree };
	struct analysis_options options;
	struct store *store = store_open(ex->cache);
	bool known, matters = false;
	size_t i;

	if (!store)
		return -1;
	examine_options(ex, &options);
	known = footprint_recall(&l.seen, store, &options);
	store_close(store);
	for (i = 0; i < ex->nr_rules; i++)
		l.names |= ex->rules[i]->needs & NEEDS_NAMES;
	api_each(ex->api, API_SOURCE, add_name, &l.seen.names);
	readers_names(ex->rules, ex->nr_rules, ex->api, &l.seen.names);
	hash_names(&l);
	lexer_init(&l.lexer);
	for (i = 0; i < change->nr_files && known && !matters; i++) {
		matters = file_matters(&l, change->files[i]);
		if (matters)
			verbose("%s can matter", change->files[i]);
	}
	lexer_release(&l.lexer);
	free(l.words);
	footprint_release(&l.seen);
	return matters || !known;
}
