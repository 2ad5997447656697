// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings as bytes: what a rule that runs in a process of its own sends to
 * analysis/, and what analysis/ keeps of a run.
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

static void save_finding(struct strbuf *sb, const struct finding *f)
{
	size_t i;

	buffer_u32(sb, f->level);
	save_location(sb, &f->loc);
	buffer_str(sb, f->module);
	buffer_str(sb, f->message);
	save_or_null(sb, f->fingerprint);
	buffer_u32(sb, f->fixable | (uint32_t)f->accepted << 1);
	buffer_u32(sb, (uint32_t)f->nr_trace);
	for (i = 0; i < f->nr_trace; i++)
		save_step(sb, &f->trace[i]);
}

void findings_save(struct strbuf *sb, const struct findings *findings,
		   size_t from)
{
	size_t i;

	buffer_u32(sb, (uint32_t)(findings->nr - from));
	for (i = from; i < findings->nr; i++)
		save_finding(sb, &findings->list[i]);
}

void findings_save_all(struct strbuf *sb, const struct findings *findings)
{
	size_t i;

	buffer_u32(sb, (uint32_t)findings->nr);
	for (i = 0; i < findings->nr; i++) {
		buffer_str(sb, findings->list[i].rule);
		save_finding(sb, &findings->list[i]);
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

/* `rule` is its own string. */
static void load_finding(struct findings *findings, struct reader *r,
			 const char *rule)
{
	uint32_t level = reader_u32(r), steps, flags;
	struct location loc = load_location(r);
	char *module = reader_str(r), *message = reader_str(r);
	struct finding *f = findings_add(findings, rule, (enum level)level,
					 &loc, module, message);

	f->fingerprint = load_or_null(r);
	flags = reader_u32(r);
	f->fixable = flags & 1;
	f->accepted = flags & 2;
	for (steps = reader_u32(r); steps && !r->bad; steps--)
		load_step(f, r);
	free(module);
	free(message);
	release_location(&loc);
}

int findings_load(struct findings *findings, struct reader *r,
		  const char *rule)
{
	uint32_t nr;

	for (nr = reader_u32(r); nr && !r->bad; nr--)
		load_finding(findings, r, rule);
	return r->bad ? -1 : 0;
}

int findings_load_all(struct findings *findings, struct reader *r,
		      const char *(*rule_of)(const char *id))
{
	uint32_t nr;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		char *id = reader_str(r);
		const char *rule = rule_of(id);

		free(id);
		if (!rule)
			return -1;
		load_finding(findings, r, rule);
	}
	return r->bad ? -1 : 0;
}
