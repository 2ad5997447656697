// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls that are in the text and not in the facts: what clang cannot make
 * sense of, as a call with the arguments that the function had in another
 * kernel, it leaves out. For read.c.
 */
#include "analysis/unseen.h"

#include "analysis/analysis.h"
#include "facts/program.h"
#include "facts/view.h"
#include "lib/alloc.h"
#include "lib/quote.h"
#include "lib/tokens.h"
#include "tree/index.h"

static const struct unit *unit_of(const struct program *program,
				  const char *file)
{
	size_t i;

	for (i = 0; i < program->nr_units; i++)
		if (!strcmp(program->units[i]->file, file))
			return program->units[i];
	return NULL;
}

static void add_unseen(struct coverage *coverage, const char *name,
		       const char *file)
{
	char *shown = quoted_path(file);
	char *text = xstrfmt("%s() in %s", name, shown);

	if (!strvec_has(&coverage->unseen, text))
		strvec_push(&coverage->unseen, text);
	free(text);
	free(shown);
}

/* Names that a whole file's facts do not have, wherever it mentions them. */
static void find_absent(struct analysis *run, const struct lexicon *lexicon,
			const struct intern_pool *files,
			const struct intern_pool *names)
{
	struct index index = INDEX_INIT;
	size_t i;

	index_find(&index, lexicon, names);
	for (i = 0; i < index.nr; i++) {
		const struct index_hit *hit = &index.hits[i];
		const char *file = intern_str(&index.files, hit->file);
		const char *name = intern_str(names, hit->name);
		const struct unit *unit;

		if (!(hit->kinds & INDEX_CALL) || !intern_has(files, file))
			continue;
		unit = unit_of(&run->result.program, file);
		if (!unit || !intern_has(&unit->facts.strings, name))
			add_unseen(&run->result.coverage, name, file);
	}
	index_release(&index);
}

/* --- what clang dropped --- */

struct dropped {
	struct analysis *run;
	const struct unit *unit;
	const struct intern_pool *names;
	struct tokens tokens;
	bool *told;		/* of each token: the first error is enough */
};

/* Whether the facts have that call, in that line. */
static bool has_call(const struct unit *unit, const char *name,
		     unsigned int line)
{
	const struct fact_set *set = &unit->facts;
	uint32_t i;

	for (i = 0; i < set->nr_ops; i++)
		if (set->ops[i].kind == OP_CALL && set->ops[i].line == line &&
		    !strcmp(facts_str(set, set->ops[i].spelling), name))
			return true;
	return false;
}

/* The arguments between the parenthesis `open` and its partner. */
static unsigned int count_arguments(const struct tokens *all, size_t open)
{
	size_t end = tokens_behind(all, open) - 1, i = open + 1;
	unsigned int nr = i < end;

	while (i < end) {
		nr += token_is(all, i, ",");
		i = token_is(all, i, "(") || token_is(all, i, "[") ||
			token_is(all, i, "{") ? tokens_behind(all, i) : i + 1;
	}
	return nr;
}

/* clang's "expected 4, have 5", "expected single argument 'x', have 2". */
static bool read_numbers(const char *message, unsigned int *takes,
			 unsigned int *given)
{
	const char *expected = strstr(message, "expected "), *have;

	have = expected ? strstr(expected, ", have ") : NULL;
	if (!have || !strstr(message, "arguments to function call"))
		return false;
	*takes = 1;
	if (!strstr(expected, "single argument"))
		*takes = (unsigned int)strtoul(expected +
					       strcspn(expected, "0123456789"),
					       NULL, 10);
	*given = (unsigned int)strtoul(have + strlen(", have "), NULL, 10);
	return true;
}

static void add_dropped(const struct dropped *d, size_t at, const char *name,
			const char *message)
{
	struct coverage *coverage = &d->run->result.coverage;
	unsigned int takes, given, line = d->tokens.list[at].line;
	char *reason;

	if (read_numbers(message, &takes, &given) &&
	    given == count_arguments(&d->tokens, at + 1))
		reason = xstrfmt("a call is not analysed, as this kernel's %s() takes %u argument%s, not %u: line %u",
				 name, takes, takes == 1 ? "" : "s", given, line);
	else
		reason = xstrfmt("a call of %s() is not analysed, as clang found an error there: line %u: %s",
				 name, line, message);
	coverage_miss(coverage, GAP_PARTIAL, d->unit->file, reason);
	add_unseen(coverage, name, d->unit->file);
	free(reason);
}

static bool ends_statement(const struct tokens *all, size_t i)
{
	return token_is(all, i, ";") || token_is(all, i, "{") ||
		token_is(all, i, "}");
}

/* The calls in the statements of that line, which has an error. */
static void look_around(const struct dropped *d, unsigned int line,
			const char *message)
{
	const struct tokens *all = &d->tokens;
	size_t from = 0, to, i;

	while (from < all->nr && all->list[from].line < line)
		from++;
	for (to = from; to < all->nr && all->list[to].line == line; to++)
		;
	while (from && from < all->nr && !ends_statement(all, from - 1))
		from--;
	while (to && to < all->nr && !ends_statement(all, to - 1))
		to++;
	for (i = from; i < to; i++) {
		const struct token *t = &all->list[i];
		char *name;

		if (d->told[i] || t->kind != TOKEN_WORD ||
		    !token_is(all, i + 1, "("))
			continue;
		name = xstrndup(t->p, t->len);
		if (intern_has(d->names, name) &&
		    !has_call(d->unit, name, t->line)) {
			add_dropped(d, i, name, message);
			d->told[i] = true;
		}
		free(name);
	}
}

/* "FILE:LINE: MESSAGE", a line each; of the file itself. */
static void look_at_errors(const struct dropped *d, const char *said)
{
	size_t len = strlen(d->unit->file);

	while (*said) {
		size_t end = strcspn(said, "\n");
		char *error = xstrndup(said, end), *message;
		unsigned long line;

		said += end + (said[end] == '\n');
		if (!strncmp(error, d->unit->file, len) && error[len] == ':') {
			line = strtoul(error + len + 1, &message, 10);
			if (*message == ':')
				look_around(d, (unsigned int)line,
					    message + 1 + (message[1] == ' '));
		}
		free(error);
	}
}

static bool is_unread(const struct coverage *coverage, const char *file)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++)
		if (coverage->gaps[i].kind == GAP_UNREAD &&
		    !strcmp(coverage->gaps[i].file, file))
			return true;
	return false;
}

static void find_dropped(struct analysis *run, const char *file,
			 const struct intern_pool *names)
{
	struct dropped d = { .run = run, .names = names };
	char *text;

	d.unit = unit_of(&run->result.program, file);
	if (is_unread(&run->result.coverage, file))
		return;
	text = d.unit && d.unit->said ? tree_read(&run->tree, file, NULL) : NULL;
	if (!text)
		return;
	d.tokens = tokens_read(text);
	d.told = xcalloc(d.tokens.nr, sizeof(*d.told));
	look_at_errors(&d, d.unit->said);
	tokens_release(&d.tokens);
	free(d.told);
	free(text);
}

void unseen_find(struct analysis *run, const struct lexicon *lexicon,
		 const struct intern_pool *files, const struct intern_pool *names)
{
	uint32_t i;

	if (!files->nr)
		return;
	find_absent(run, lexicon, files, names);
	for (i = 0; i < files->nr; i++)
		find_dropped(run, intern_str(files, i), names);
}
