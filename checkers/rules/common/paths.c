// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of ops along the paths of one function, from its blocks, for rules
 * that ask what comes before what.
 */
#include "rules/common/paths.h"

#include <limits.h>

#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "lib/tokens.h"
#include "tree/tree.h"

static const struct block *block_at(const struct scan *s, uint32_t block)
{
	return &s->v.set->blocks[s->v.fn->first_block + block];
}

static uint32_t end_of(const struct scan *s, uint32_t block)
{
	return block + 1 < s->v.fn->nr_blocks ?
		block_at(s, block + 1)->first_op : s->v.fn->nr_ops;
}

static uint32_t block_of(const struct scan *s, uint32_t op)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_blocks; i++)
		if (op >= block_at(s, i)->first_op && op < end_of(s, i))
			return i;
	return NO_BLOCK;
}

/*
 * Where a loop that goes back from block `from` to `head` is left: behind its
 * test, past what steps it.
 */
static void reach_exits(const struct scan *s, uint32_t head, uint32_t from,
			bool *reached)
{
	unsigned int hops;
	int j;

	for (hops = 0; hops < 3 && head != NO_BLOCK && head <= from &&
	     block_at(s, head)->next[1] == NO_BLOCK; hops++)
		head = block_at(s, head)->next[0];
	for (j = 0; head != NO_BLOCK && head <= from && j < 2; j++)
		if (block_at(s, head)->next[j] != NO_BLOCK &&
		    block_at(s, head)->next[j] > from)
			reached[block_at(s, head)->next[j]] = true;
}

uint32_t paths_find(const struct scan *s, uint32_t from,
		    enum path_step (*step)(const struct scan *s, uint32_t op,
					   void *data), void *data)
{
	uint32_t nr = s->v.fn->nr_blocks, block = block_of(s, from), i, j;
	uint32_t found = NO_OP;
	bool *reached;

	if (block == NO_BLOCK)
		return NO_OP;
	/* Blocks come in the order of the text: later ones follow. */
	reached = xcalloc(nr, sizeof(*reached));
	reached[block] = true;
	for (i = block; i < nr && found == NO_OP; i++) {
		enum path_step way = PATH_ON;

		if (!reached[i])
			continue;
		j = i == block ? from + 1 : block_at(s, i)->first_op;
		for (; j < end_of(s, i) && way == PATH_ON; j++)
			way = step(s, j, data);
		if (way == PATH_ENDS_HERE)
			found = j - 1;
		for (j = 0; way == PATH_ON && j < 2; j++) {
			uint32_t next = block_at(s, i)->next[j];

			if (next != NO_BLOCK && next > i)
				reached[next] = true;
			else if (next != NO_BLOCK)
				reach_exits(s, next, i, reached);
		}
	}
	free(reached);
	return found;
}

/* The file that was asked for last, as tokens. */
struct source_tokens {
	char *file, *text;	/* text: NULL if it cannot be read */
	struct tokens all;
};

void source_tokens_free(struct source_tokens *source)
{
	if (!source)
		return;
	if (source->text)
		tokens_release(&source->all);
	free(source->text);
	free(source->file);
	free(source);
}

/* NULL if it cannot be read; good until the next call. */
static const struct tokens *tokens_of(const struct scan *s, const char *file)
{
	struct source_tokens *source = s->run->source;

	if (source && !strcmp(source->file, file))
		return source->text ? &source->all : NULL;
	source_tokens_free(source);
	source = xcalloc(1, sizeof(*source));
	source->file = xstrdup(file);
	source->text = tree_read(s->run->tree, file, NULL);
	if (source->text)
		source->all = tokens_read(source->text);
	s->run->source = source;
	return source->text ? &source->all : NULL;
}

/* The text of the argument that begins at token *i; *i is behind it then. */
static char *argument_at(const struct tokens *all, size_t *i, size_t end)
{
	struct strbuf text = STRBUF_INIT;
	int depth = 0;

	for (; *i < end; (*i)++) {
		if (!depth && token_is(all, *i, ","))
			break;
		depth += token_is(all, *i, "(") || token_is(all, *i, "[");
		depth -= token_is(all, *i, ")") || token_is(all, *i, "]");
		strbuf_add(&text, all->list[*i].p, all->list[*i].len);
	}
	return strbuf_detach(&text, NULL);
}

char *call_text(const struct scan *s, const struct op *op, int arg)
{
	const struct tokens *all = tokens_of(s, view_str(&s->v, op->file));
	char *found = NULL;
	size_t i = 0, end;

	if (!all)
		return NULL;
	while (i < all->nr && (all->list[i].line < op->line ||
			      (all->list[i].line == op->line &&
			       all->list[i].column < op->column)))
		i++;
	if (token_is(all, i, view_str(&s->v, op->spelling)) &&
	    token_is(all, i + 1, "(")) {
		end = tokens_behind(all, i + 1) - 1;
		for (i += 2; i < end && arg >= 0; i++, arg--) {
			free(found);
			found = argument_at(all, &i, end);
		}
		if (arg >= 0) {
			free(found);
			found = NULL;
		}
	}
	return found;
}

unsigned int variable_set_in_text(const struct scan *s, const char *name,
				  unsigned int from, unsigned int to)
{
	const struct tokens *all = tokens_of(s, view_str(&s->v, s->v.fn->file));
	unsigned int nr = 0;
	size_t i;

	if (!all)
		return UINT_MAX;
	for (i = 1; i < all->nr; i++)
		if (all->list[i].line > from && all->list[i].line <= to &&
		    token_is(all, i, name) && token_is(all, i + 1, "=") &&
		    !token_is(all, i + 2, "=") &&
		    !token_is(all, i + 2, "NULL") &&
		    !token_is(all, i - 1, ".") && !token_is(all, i - 1, ">"))
			nr++;
	return nr;
}

unsigned int texts_alike(const char *a, const char *b)
{
	size_t x = strlen(a), y = strlen(b);
	unsigned int n = 0;

	while (x && y && a[x - 1] == b[y - 1]) {
		n += a[x - 1] == '.' || a[x - 1] == '>';
		x--;
		y--;
	}
	return n + (!x && !y);
}
