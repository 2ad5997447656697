// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings as bytes: what a rule that runs in a process of its own sends to
 * analysis/.
 */
#include "findings/saved.h"

static void save_or_null(struct strbuf *sb, const char *text)
{
	buffer_u32(sb, text != NULL);
	buffer_str(sb, text);
}

static void save_location(struct strbuf *sb, const struct location *loc)
{
	buffer_str(sb, loc->file);
	buffer_u32(sb, loc->line);
	buffer_u32(sb, loc->column);
	save_or_null(sb, loc->function);
}

static void save_step(struct strbuf *sb, const struct trace_step *step)
{
	save_location(sb, &step->loc);
	buffer_u32(sb, step->move.kind);
	save_or_null(sb, step->move.module);
	save_or_null(sb, step->move.callee);
	save_or_null(sb, step->move.from);
	save_or_null(sb, step->move.to);
	buffer_str(sb, step->message);
}

void findings_save(struct strbuf *sb, const struct findings *findings,
		   size_t from)
{
	size_t i, j;

	buffer_u32(sb, (uint32_t)(findings->nr - from));
	for (i = from; i < findings->nr; i++) {
		const struct finding *f = &findings->list[i];

		buffer_u32(sb, f->level);
		save_location(sb, &f->loc);
		buffer_str(sb, f->module);
		buffer_str(sb, f->message);
		buffer_u32(sb, f->fixable);
		buffer_u32(sb, (uint32_t)f->nr_trace);
		for (j = 0; j < f->nr_trace; j++)
			save_step(sb, &f->trace[j]);
	}
}

static char *load_or_null(struct reader *r)
{
	uint32_t given = reader_u32(r);
	char *text = reader_str(r);

	if (given)
		return text;
	free(text);
	return NULL;
}

static struct location load_location(struct reader *r)
{
	struct location loc = { .file = reader_str(r) };

	loc.line = reader_u32(r);
	loc.column = reader_u32(r);
	loc.function = load_or_null(r);
	return loc;
}

static void release_location(struct location *loc)
{
	free(loc->file);
	free(loc->function);
}

static void load_step(struct finding *f, struct reader *r)
{
	struct trace_step step = { .loc = load_location(r) };

	step.move.kind = (enum move_kind)reader_u32(r);
	step.move.module = load_or_null(r);
	step.move.callee = load_or_null(r);
	step.move.from = load_or_null(r);
	step.move.to = load_or_null(r);
	step.message = reader_str(r);
	finding_add_step(f, &step);
	trace_step_release(&step);
}

int findings_load(struct findings *findings, struct reader *r,
		  const char *rule)
{
	uint32_t nr, steps;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		uint32_t level = reader_u32(r);
		struct location loc = load_location(r);
		char *module = reader_str(r), *message = reader_str(r);
		struct finding *f = findings_add(findings, rule,
						 (enum level)level, &loc,
						 module, message);

		f->fixable = reader_u32(r);
		for (steps = reader_u32(r); steps && !r->bad; steps--)
			load_step(f, r);
		free(module);
		free(message);
		release_location(&loc);
	}
	return r->bad ? -1 : 0;
}
