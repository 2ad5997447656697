// SPDX-License-Identifier: GPL-2.0-only
/*
 * Source lines around findings and the steps of their traces: from the tree,
 * for the formats that quote them.
 */
#include "report/source.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "tree/tree.h"

struct place {
	const struct location *loc;
	struct excerpt *source;
};

struct places {
	struct place *list;
	size_t nr, alloc;
};

static void add_place(struct places *places, const struct location *loc,
		      struct excerpt *source)
{
	if (source->nr || !loc->line)
		return;
	ALLOC_GROW(places->list, places->nr + 1, places->alloc);
	places->list[places->nr++] = (struct place){ loc, source };
}

static int by_source(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;

	return strcmp(a->loc->file, b->loc->file);
}

/* Where each line begins, and behind the last one where the text ends. */
static size_t *line_starts(const char *text, size_t len, size_t *nr)
{
	size_t *starts = NULL, alloc = 0, at = 0;
	const char *newline;

	*nr = 0;
	while (at < len) {
		ALLOC_GROW(starts, *nr + 2, alloc);
		starts[(*nr)++] = at;
		newline = memchr(text + at, '\n', len - at);
		at = newline ? (size_t)(newline - text) + 1 : len;
	}
	if (starts)
		starts[*nr] = at;
	return starts;
}

/* The line up to a limit, which is not in the middle of a character. */
static void add_line(struct strbuf *out, const char *line, size_t len)
{
	size_t i, from = out->len;

	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		len--;
	if (len > SOURCE_MAX_LINE)
		for (len = SOURCE_MAX_LINE; len &&
		     ((unsigned char)line[len] & 0xc0) == 0x80; len--)
			;
	strbuf_add(out, line, len);
	for (i = from; i < out->len; i++)
		if (!out->buf[i])
			out->buf[i] = '?';
	strbuf_addch(out, '\n');
}

static void take_excerpt(const struct place *place, const char *text,
		 const size_t *starts, size_t nr)
{
	size_t line = place->loc->line, i;
	size_t first = line > SOURCE_AROUND ? line - SOURCE_AROUND : 1;
	size_t last = line + SOURCE_AROUND < nr ? line + SOURCE_AROUND : nr;
	struct strbuf lines = STRBUF_INIT;

	if (line > nr)
		return;
	for (i = first; i <= last; i++)
		add_line(&lines, text + starts[i - 1],
			 starts[i] - starts[i - 1]);
	place->source->first = (unsigned int)first;
	place->source->nr = (unsigned int)(last - first + 1);
	place->source->text = strbuf_detach(&lines, NULL);
}

/* Findings name a module's files relative to its folder. */
static char *read_source(const struct tree *tree, const char *file, size_t *len)
{
	char *path, *text = NULL;

	if (tree->module) {
		path = path_join(tree->module, file);
		text = tree_read(tree, path, len);
		free(path);
	}
	return text ? text : tree_read(tree, file, len);
}

/* All places in one file. */
static void read_excerpts(const struct tree *tree, const struct place *list,
		     size_t nr)
{
	size_t len, nr_lines, i, *starts;
	char *text = read_source(tree, list->loc->file, &len);

	if (!text)
		return;
	starts = line_starts(text, len, &nr_lines);
	for (i = 0; i < nr; i++)
		take_excerpt(&list[i], text, starts, nr_lines);
	free(starts);
	free(text);
}

void source_lines_read(struct findings *findings, const struct tree *tree,
		 enum level level)
{
	struct places all = { NULL, 0, 0 };
	size_t i, j, end;

	for (i = 0; i < findings->nr; i++) {
		struct finding *f = &findings->list[i];

		if (f->level < level)
			continue;
		add_place(&all, &f->loc, &f->source);
		for (j = 0; j < f->nr_trace; j++)
			add_place(&all, &f->trace[j].loc, &f->trace[j].source);
	}
	if (all.nr)
		qsort(all.list, all.nr, sizeof(*all.list), by_source);
	for (i = 0; i < all.nr; i = end) {
		for (end = i + 1; end < all.nr; end++)
			if (by_source(&all.list[i], &all.list[end]))
				break;
		read_excerpts(tree, all.list + i, end - i);
	}
	free(all.list);
}

const char *source_line(const struct excerpt *source, unsigned int line,
			size_t *len)
{
	const char *text = source->text;
	unsigned int at;

	if (line < source->first || line - source->first >= source->nr)
		return NULL;
	for (at = source->first; at < line; at++)
		text = strchr(text, '\n') + 1;
	*len = strcspn(text, "\n");
	return text;
}
