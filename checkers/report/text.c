// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings as compilers print them, with source lines for people who look at a
 * terminal; and as checkpatch --terse prints them.
 */
#include "report/formats.h"

#include <errno.h>

#include "lib/alloc.h"
#include "lib/quote.h"
#include "report/causes.h"
#include "report/snippet.h"
#include "rules/rule.h"

/* The colours of gcc. */
struct colours {
	const char *place, *level[LEVEL_ERROR + 1], *note, *end;
};

static const struct colours coloured = {
	.place = "\033[1m",
	.level = {
		[LEVEL_NOTE] = "\033[1;36m",
		[LEVEL_WARNING] = "\033[1;35m",
		[LEVEL_ERROR] = "\033[1;31m",
	},
	.note = "\033[1;36m",
	.end = "\033[0m",
};

static const struct colours plain = { "", { "", "", "" }, "", "" };

/* What is written to. */
struct page {
	const struct report *report;
	const struct colours *colours;
	struct strbuf out;
	const struct location *last;	/* what was quoted last */
};

static void write_place(struct page *page, const struct location *loc)
{
	strbuf_addstr(&page->out, page->colours->place);
	quote_path(&page->out, loc->file);
	strbuf_addf(&page->out, ":%u:%u:%s ", loc->line, loc->column,
		    page->colours->end);
}

static bool same_place(const struct location *a, const struct location *b)
{
	return a->line == b->line && a->column == b->column &&
		!strcmp(a->file, b->file);
}

static void write_source(struct page *page, const struct excerpt *source,
			 const struct location *loc, const char *colour)
{
	const struct snippet_style style = {
		.width = page->report->style.width,
		.mark = colour,
		.end = page->colours->end,
	};

	if (!page->report->style.source ||
	    (page->last && same_place(page->last, loc)))
		return;
	snippet_add(&page->out, &style, source, loc->line, loc->column);
	page->last = loc;
}

/* "FILE:1:2: LEVEL: " with what follows. */
static void write_head(struct page *page, const struct finding *f)
{
	const char *colour = page->colours->level[f->level];
	const char *end = page->colours->end;

	write_place(page, &f->loc);
	strbuf_addf(&page->out, "%s%s:%s ", colour, level_name(f->level), end);
	strbuf_addstr(&page->out, page->colours->place);
	quote_text(&page->out, f->message);
	strbuf_addf(&page->out, "%s [%s%s%s]\n", end, colour, f->rule, end);
	write_source(page, &f->source, &f->loc, colour);
}

static void write_note(struct page *page, const struct location *loc)
{
	write_place(page, loc);
	strbuf_addf(&page->out, "%snote:%s ", page->colours->note,
		    page->colours->end);
}

/* Whether one of the steps of `f` is that one. */
static bool has_step(const struct finding *f, const struct trace_step *step)
{
	size_t i;

	for (i = 0; i < f->nr_trace; i++)
		if (same_place(&f->trace[i].loc, &step->loc) &&
		    !strcmp(f->trace[i].message, step->message))
			return true;
	return false;
}

/* The steps that `before`, if it is not NULL, does not have. */
static void write_trace(struct page *page, const struct finding *f,
			const struct finding *before)
{
	size_t i;

	for (i = 0; i < f->nr_trace; i++) {
		const struct trace_step *s = &f->trace[i];

		if (before && has_step(before, s))
			continue;
		write_note(page, &s->loc);
		quote_text(&page->out, s->message);
		strbuf_addch(&page->out, '\n');
		write_source(page, &s->source, &s->loc, page->colours->note);
	}
}

/* In which of several reports it is. */
static void write_holds(struct page *page, const struct finding *f)
{
	const char *at = f->holds, *end;

	for (; at && *at; at = *end ? end + 1 : end) {
		char *line;

		end = strchrnul(at, '\n');
		line = xstrndup(at, (size_t)(end - at));
		write_note(page, &f->loc);
		strbuf_addstr(&page->out, "found in ");
		quote_text(&page->out, line);
		strbuf_addch(&page->out, '\n');
		free(line);
	}
}

static int flush_page(struct page *page, FILE *out)
{
	bool ok = fwrite(page->out.buf, 1, page->out.len, out) == page->out.len;

	strbuf_reset(&page->out);
	return ok ? 0 : -1;
}

/* Another finding with the cause of `first`, as a note. */
static void write_other(struct page *page, const struct finding *first,
			const struct finding *f)
{
	write_note(page, &f->loc);
	if (strcmp(f->rule, first->rule) || strcmp(f->message, first->message)) {
		strbuf_addf(&page->out, "also %s: ", level_name(f->level));
		quote_text(&page->out, f->message);
		strbuf_addf(&page->out, " [%s]\n", f->rule);
	} else if (f->loc.function) {
		strbuf_addf(&page->out, "the same in %s()\n", f->loc.function);
	} else {
		strbuf_addstr(&page->out, "the same here\n");
	}
	write_source(page, &f->source, &f->loc, page->colours->note);
	write_trace(page, f, first);
	write_holds(page, f);
}

/* The findings that finding number `leader` stands for. */
static void write_cause(struct page *page, const struct causes *causes,
			size_t leader)
{
	const struct findings *all = page->report->findings;
	size_t i;

	page->last = NULL;
	write_head(page, &all->list[leader]);
	write_trace(page, &all->list[leader], NULL);
	write_holds(page, &all->list[leader]);
	for (i = 0; i < all->nr; i++)
		if (i != leader && causes->leader[i] == leader)
			write_other(page, &all->list[leader], &all->list[i]);
}

static void explain_rule(struct page *page, const char *id)
{
	const struct rule *rule = rule_find(id);
	const char *line, *end;

	if (!rule)
		return;
	strbuf_addf(&page->out, "\n  %s%s%s: %s\n\n", page->colours->place, id,
		    page->colours->end, rule->summary);
	for (line = rule->explanation; *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		strbuf_addf(&page->out, "%s%.*s\n", end > line ? "  " : "",
			    (int)(end - line), line);
	}
	strbuf_addch(&page->out, '\n');
}

/* Below the last finding of a rule. */
static void explain_if_last(struct page *page, size_t number)
{
	const struct findings *all = page->report->findings;
	const char *rule = all->list[number].rule;
	size_t i;

	for (i = number + 1; i < all->nr; i++)
		if (report_shows(page->report, &all->list[i]) &&
		    !strcmp(all->list[i].rule, rule))
			return;
	explain_rule(page, rule);
}

static int write_causes(struct page *page, FILE *out)
{
	const struct findings *all = page->report->findings;
	struct causes causes;
	bool *done = xcalloc(all->nr + 1, sizeof(*done));
	int ret = 0;
	size_t i;

	causes_find(&causes, page->report);
	for (i = 0; i < all->nr && !ret; i++) {
		size_t leader = causes.leader[i];

		if (!report_shows(page->report, &all->list[i]))
			continue;
		if (!done[leader])
			write_cause(page, &causes, leader);
		done[leader] = true;
		if (page->report->explain)
			explain_if_last(page, i);
		ret = flush_page(page, out);
	}
	causes_release(&causes);
	free(done);
	return ret;
}

static int write_findings(struct page *page, FILE *out)
{
	const struct findings *all = page->report->findings;
	int ret = 0;
	size_t i;

	for (i = 0; i < all->nr && !ret; i++) {
		if (!report_shows(page->report, &all->list[i]))
			continue;
		write_head(page, &all->list[i]);
		write_trace(page, &all->list[i], NULL);
		write_holds(page, &all->list[i]);
		if (page->report->explain)
			explain_if_last(page, i);
		ret = flush_page(page, out);
	}
	return ret;
}

int report_text(const struct report *report, FILE *out)
{
	struct page page = {
		.report = report,
		.colours = report->style.colour ? &coloured : &plain,
		.out = STRBUF_INIT,
	};
	int ret = report->style.source ? write_causes(&page, out) :
					 write_findings(&page, out);

	strbuf_release(&page.out);
	return ret;
}

/* checkpatch --terse: "file:line: LEVEL: text". */
int report_terse(const struct report *report, FILE *out)
{
	static const char *const levels[] = {
		[LEVEL_NOTE] = "CHECK",
		[LEVEL_WARNING] = "WARNING",
		[LEVEL_ERROR] = "ERROR",
	};
	struct page page = { .report = report, .out = STRBUF_INIT };
	int ret = 0;
	size_t i;

	for (i = 0; i < report->findings->nr && !ret; i++) {
		const struct finding *f = &report->findings->list[i];

		if (!report_shows(report, f))
			continue;
		quote_path(&page.out, f->loc.file);
		strbuf_addf(&page.out, ":%u: %s: ", f->loc.line,
			    levels[f->level]);
		quote_text(&page.out, f->message);
		strbuf_addf(&page.out, " [%s]\n", f->rule);
		ret = flush_page(&page, out);
	}
	strbuf_release(&page.out);
	return ret;
}
