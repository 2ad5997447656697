// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings as bytes: what a rule that runs in a process of its own sends to
 * analysis/.
 */
#include "findings/saved.h"

static void save_location(struct strbuf *sb, const struct location *loc)
{
	buffer_str(sb, loc->file);
	buffer_u32(sb, loc->line);
	buffer_u32(sb, loc->column);
	buffer_u32(sb, loc->function != NULL);
	buffer_str(sb, loc->function);
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
		for (j = 0; j < f->nr_trace; j++) {
			save_location(sb, &f->trace[j].loc);
			buffer_str(sb, f->trace[j].message);
		}
	}
}

static struct location load_location(struct reader *r)
{
	struct location loc = { .file = reader_str(r) };

	loc.line = reader_u32(r);
	loc.column = reader_u32(r);
	if (reader_u32(r)) {
		loc.function = reader_str(r);
	} else {
		free(reader_str(r));
	}
	return loc;
}

static void release_location(struct location *loc)
{
	free(loc->file);
	free(loc->function);
}

static void load_step(struct finding *f, struct reader *r)
{
	struct location loc = load_location(r);
	char *message = reader_str(r);

	finding_step(f, &loc, "%s", message);
	free(message);
	release_location(&loc);
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
