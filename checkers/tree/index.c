// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks up in a lexicon which files use given identifiers, and how; for the rounds
 * of an analysis.
 */
#include "tree/index.h"

#include <stdatomic.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "tree/lexicon.h"

#define FILTER_BITS	16

/* A hash table of the names. */
struct slot {
	lexer_word word;
	uint32_t name;		/* INTERN_NONE: empty */
};

struct search {
	const struct lexicon *lexicon;
	struct slot *slots;	/* hash table, open addressing */
	uint32_t mask;		/* number of slots - 1 */
	uint64_t filter[(1U << FILTER_BITS) / 64];
	struct index_hit **hits;	/* of each file */
	uint32_t *nr;
	atomic_size_t next;
};

static void unreadable(struct index *index, const char *file,
		       const char *reason)
{
	index->unreadable = xrealloc(index->unreadable,
				     (index->nr_unreadable + 1) *
				     sizeof(*index->unreadable));
	index->unreadable[index->nr_unreadable++] = (struct index_unreadable){
		.file = xstrdup(file), .reason = xstrdup(reason),
	};
}

static int unreadable_by_file(const void *a, const void *b)
{
	return strcmp(((const struct index_unreadable *)a)->file,
		      ((const struct index_unreadable *)b)->file);
}

static int hits_by_name(const void *a, const void *b)
{
	uint32_t x = ((const struct index_hit *)a)->name;
	uint32_t y = ((const struct index_hit *)b)->name;

	return x < y ? -1 : x > y;
}

static inline uint64_t filter_bit(lexer_word word)
{
	return word >> 8 & ((1U << FILTER_BITS) - 1);
}

static void add_names(struct search *s, const struct intern_pool *names)
{
	uint32_t size = 64, i, at;

	while (size < names->nr * 4)
		size *= 2;
	s->mask = size - 1;
	s->slots = xcalloc(size, sizeof(*s->slots));
	for (i = 0; i < size; i++)
		s->slots[i].name = INTERN_NONE;
	for (i = 0; i < names->nr; i++) {
		const char *name = intern_str(names, i);
		lexer_word word = lexer_hash(name, strlen(name));
		uint64_t bit = filter_bit(word);

		s->filter[bit / 64] |= UINT64_C(1) << (bit & 63);
		for (at = (uint32_t)(word >> 24) & s->mask;
		     s->slots[at].name != INTERN_NONE;
		     at = (at + 1) & s->mask)
			;
		s->slots[at] = (struct slot){ word, i };
	}
}

static uint32_t look_up(const struct search *s, lexer_word word)
{
	uint32_t at;

	for (at = (uint32_t)(word >> 24) & s->mask;
	     s->slots[at].name != INTERN_NONE; at = (at + 1) & s->mask)
		if (s->slots[at].word == word)
			return s->slots[at].name;
	return INTERN_NONE;
}

static void search_file(struct search *s, size_t nr)
{
	const struct lexicon_file *f = &s->lexicon->files[nr];
	struct index_hit *hits = NULL;
	uint32_t alloc = 0, found = 0, i;

	if (f->left_out)
		return;
	for (i = 0; i < f->nr_words; i++) {
		uint64_t bit = filter_bit(f->words[i]);
		uint32_t name;

		if (!(s->filter[bit / 64] & UINT64_C(1) << (bit & 63)))
			continue;
		name = look_up(s, f->words[i] & ~LEXER_KINDS);
		if (name == INTERN_NONE)
			continue;
		ALLOC_GROW(hits, found + 1, alloc);
		hits[found++] = (struct index_hit){
			.name = name,
			.kinds = (unsigned int)(f->words[i] & LEXER_KINDS),
		};
	}
	if (found)
		qsort(hits, found, sizeof(*hits), hits_by_name);
	s->hits[nr] = hits;
	s->nr[nr] = found;
}

#define CHUNK 64

static void *search_files(void *data)
{
	struct search *s = data;
	size_t i, end;

	while ((i = atomic_fetch_add(&s->next, CHUNK)) < s->lexicon->nr) {
		end = i + CHUNK < s->lexicon->nr ? i + CHUNK : s->lexicon->nr;
		for (; i < end; i++)
			search_file(s, i);
	}
	return NULL;
}

static void take_file(struct index *index, const struct search *s, size_t nr)
{
	const struct lexicon_file *f = &s->lexicon->files[nr];
	uint32_t file, i;

	if (f->file->failed) {
		unreadable(index, f->file->path, diag_strerror(f->file->failed));
		return;
	}
	if (f->left_out)
		return;
	file = intern(&index->files, f->file->path);
	ALLOC_GROW(index->hits, index->nr + s->nr[nr], index->alloc);
	for (i = 0; i < s->nr[nr]; i++) {
		index->hits[index->nr] = s->hits[nr][i];
		index->hits[index->nr++].file = file;
	}
}

void index_find(struct index *index, const struct lexicon *lexicon,
		const struct intern_pool *names)
{
	struct search *s = xcalloc(1, sizeof(*s));
	const struct walk *walk = &lexicon->walk;
	size_t i;

	if (index->nr || index->files.nr || index->nr_unreadable)
		BUG("an index is filled twice");
	s->lexicon = lexicon;
	s->hits = xcalloc(lexicon->nr, sizeof(*s->hits));
	s->nr = xcalloc(lexicon->nr, sizeof(*s->nr));
	add_names(s, names);
	walk_parallel(lexicon->jobs, lexicon->nr / CHUNK, search_files, s);
	for (i = 0; i < lexicon->nr; i++) {
		take_file(index, s, i);
		free(s->hits[i]);
	}
	for (i = 0; i < walk->nr_unreadable; i++)
		unreadable(index, walk->unreadable[i].path,
			   walk->unreadable[i].reason);
	if (index->nr_unreadable)
		qsort(index->unreadable, index->nr_unreadable,
		      sizeof(*index->unreadable), unreadable_by_file);
	free(s->hits);
	free(s->nr);
	free(s->slots);
	free(s);
}

void index_release(struct index *index)
{
	size_t i;

	for (i = 0; i < index->nr_unreadable; i++) {
		free(index->unreadable[i].file);
		free(index->unreadable[i].reason);
	}
	free(index->unreadable);
	free(index->hits);
	intern_release(&index->files);
	*index = (struct index)INDEX_INIT;
}
