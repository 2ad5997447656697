// SPDX-License-Identifier: GPL-2.0-only
/*
 * The parts of the HTML report around the list of findings: counts, coverage, and
 * explanations of rules. From the findings and the coverage, for html.c.
 */
#include "report/html.h"

#include <stdlib.h>

#include "lib/alloc.h"
#include "report/formats.h"
#include "report/subsystem.h"
#include "rules/rule.h"
#include "tree/tree.h"

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* --- counts --- */

struct count {
	char *name;
	size_t nr[LEVEL_ERROR + 1], all;
};

struct counts {
	struct count *list;
	size_t nr, alloc;
};
#define COUNTS_INIT { NULL, 0, 0 }

static void count_one(struct counts *counts, const char *name,
		      enum level level)
{
	size_t i;

	for (i = 0; i < counts->nr; i++)
		if (!strcmp(counts->list[i].name, name))
			break;
	if (i == counts->nr) {
		ALLOC_GROW(counts->list, counts->nr + 1, counts->alloc);
		counts->list[counts->nr++] = (struct count){
			.name = xstrdup(name)
		};
	}
	counts->list[i].nr[level]++;
	counts->list[i].all++;
}

static int most_first(const void *va, const void *vb)
{
	const struct count *a = va, *b = vb;

	if (a->all != b->all)
		return a->all < b->all ? 1 : -1;
	return strcmp(a->name, b->name);
}

static void counts_release(struct counts *counts)
{
	size_t i;

	for (i = 0; i < counts->nr; i++)
		free(counts->list[i].name);
	free(counts->list);
}

static void add_bar(struct strbuf *out, const struct count *count, size_t most)
{
	double x = 0;
	int level;

	strbuf_addstr(out, "<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
	for (level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
		double width = 100.0 * (double)count->nr[level] / (double)most;

		if (!count->nr[level])
			continue;
		strbuf_addf(out, "<rect class=\"%s\" x=\"%.1f\" width=\"%.1f\" height=\"8\"/>",
			    level_name((enum level)level), x, width);
		x += width;
	}
	strbuf_addstr(out, "</svg>");
}

static void add_row(struct strbuf *out, const char *key,
		    const struct count *count, size_t most)
{
	strbuf_addf(out, "<tr><th scope=\"row\"><a class=\"js\" href=\"#%s=",
		    key);
	html_url(out, count->name);
	strbuf_addstr(out, "\">");
	html_text(out, count->name);
	strbuf_addstr(out, "</a></th><td>");
	add_bar(out, count, most);
	strbuf_addf(out, "</td><td>%zu</td></tr>\n", count->all);
}

/* The first rows of a table; the others are hidden until it is opened. */
#define FIRST_ROWS 10

/* Add a table of the counts and release them. */
static void add_table(struct strbuf *out, const char *key, const char *title,
		      struct counts *counts)
{
	size_t i, most = 0, first = counts->nr;

	for (i = 0; i < counts->nr; i++)
		if (counts->list[i].all > most)
			most = counts->list[i].all;
	if (first > FIRST_ROWS + 2)
		first = FIRST_ROWS;
	strbuf_addf(out, "<section>\n<h2>%s</h2>\n<table>\n", title);
	for (i = 0; i < counts->nr; i++) {
		if (i == first)
			strbuf_addf(out, "</table>\n<details><summary>%zu more</summary>\n<table>\n",
				    counts->nr - first);
		add_row(out, key, &counts->list[i], most);
	}
	strbuf_addf(out, "</table>\n%s</section>\n",
		    first < counts->nr ? "</details>\n" : "");
	counts_release(counts);
}

void html_facets(struct strbuf *out, const struct report *report)
{
	struct counts levels = COUNTS_INIT, rules = COUNTS_INIT;
	struct counts places = COUNTS_INIT;
	int level;
	size_t i;

	for (level = LEVEL_ERROR; level >= LEVEL_NOTE; level--)
		for (i = 0; i < report->findings->nr; i++) {
			const struct finding *f = &report->findings->list[i];

			if (report_shows(report, f) && (int)f->level == level)
				count_one(&levels, level_name(f->level), f->level);
		}
	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		char *subsystem;

		if (!report_shows(report, f))
			continue;
		subsystem = subsystem_of(f->loc.file);
		count_one(&rules, f->rule, f->level);
		count_one(&places, subsystem, f->level);
		free(subsystem);
	}
	if (!levels.nr)
		return;
	qsort(rules.list, rules.nr, sizeof(*rules.list), most_first);
	qsort(places.list, places.nr, sizeof(*places.list), most_first);
	strbuf_addstr(out, "<aside>\n");
	add_table(out, "level", "By level", &levels);
	add_table(out, "rule", "By rule", &rules);
	add_table(out, "path", "By subsystem", &places);
	strbuf_addstr(out, "</aside>\n");
}

/* --- coverage --- */

static void open_list(struct strbuf *out, const char *what, size_t n)
{
	strbuf_addf(out, "<details><summary>%zu %s</summary>\n<ul>\n", n, what);
}

static void close_list(struct strbuf *out)
{
	strbuf_addstr(out, "</ul>\n</details>\n");
}

static bool is_listed(const struct gap *gap, enum gap_kind kind)
{
	return gap->kind == kind && !gap->outside && strcmp(gap->file, ".");
}

static void add_gaps(struct strbuf *out, const struct coverage *c,
		     enum gap_kind kind, const char *what)
{
	const char *last = "";
	char *title;
	size_t i, n = 0;

	for (i = 0; i < c->nr_gaps; i++) {
		if (!is_listed(&c->gaps[i], kind))
			continue;
		n += strcmp(c->gaps[i].file, last) != 0;
		last = c->gaps[i].file;
	}
	if (!n)
		return;
	title = xstrfmt("file%s %s", plural(n), what);
	open_list(out, title, n);
	free(title);
	for (i = 0; i < c->nr_gaps; i++) {
		if (!is_listed(&c->gaps[i], kind))
			continue;
		strbuf_addstr(out, "<li><code>");
		html_text(out, c->gaps[i].file);
		strbuf_addstr(out, "</code> ");
		html_text(out, c->gaps[i].reason);
		strbuf_addstr(out, "</li>\n");
	}
	close_list(out);
}

static void add_hidden(struct strbuf *out, const struct report *report,
		       const struct suppressed *hidden, const char *what)
{
	size_t i, n = 0;

	for (i = 0; hidden && i < hidden->findings.nr; i++)
		n += hidden->findings.list[i].level >= report->level;
	if (!n)
		return;
	open_list(out, what, n);
	for (i = 0; i < hidden->findings.nr; i++) {
		const struct finding *f = &hidden->findings.list[i];

		if (f->level < report->level)
			continue;
		strbuf_addstr(out, "<li><code>");
		html_text(out, f->loc.file);
		strbuf_addf(out, ":%u</code> %s: ", f->loc.line, f->rule);
		html_text(out, hidden->reasons[i]);
		strbuf_addstr(out, "</li>\n");
	}
	close_list(out);
}

/* Gaps of the whole run, such as a missing engine, and rules that crashed. */
static void add_notices(struct strbuf *out, const struct coverage *c)
{
	size_t i;

	if (coverage_verdict(c) == VERDICT_NONE)
		strbuf_addstr(out, "<p class=\"notice\">Nothing that is relevant could be read: this report says nothing about the tree.</p>\n");
	for (i = 0; i < c->nr_gaps; i++) {
		if (strcmp(c->gaps[i].file, "."))
			continue;
		strbuf_addstr(out, "<p class=\"notice\">");
		html_text(out, c->gaps[i].reason);
		strbuf_addstr(out, "</p>\n");
	}
	for (i = 0; i < c->nr_lost; i++)
		strbuf_addf(out, "<p class=\"notice\">%s was not checked</p>\n",
			    c->lost_rules[i]);
}

static void add_coverage(struct strbuf *out, const struct report *report)
{
	const struct coverage *c = report->coverage;
	size_t i;

	strbuf_addf(out, "<p>%zu file%s asked for, %zu relevant, %zu analysed%s</p>\n",
		    c->files_total, plural(c->files_total),
		    c->files_considered, c->files_analysed,
		    coverage_verdict(c) == VERDICT_COMPLETE ? "" :
		    ": the result is partial");
	add_notices(out, c);
	add_gaps(out, c, GAP_UNREAD, "not read");
	add_gaps(out, c, GAP_PARTIAL, "read only in part");
	add_gaps(out, c, GAP_OTHERS, "read with the compile command of another file");
	if (c->unseen.nr) {
		open_list(out, "relevant calls in what was not read",
			  c->unseen.nr);
		for (i = 0; i < c->unseen.nr; i++) {
			strbuf_addstr(out, "<li><code>");
			html_text(out, c->unseen.v[i]);
			strbuf_addstr(out, "</code></li>\n");
		}
		close_list(out);
	}
	add_hidden(out, report, report->suppressed,
		   "findings hidden by comments");
	add_hidden(out, report, report->left_out,
		   "findings hidden by the tree's .dmacheck.conf");
	if (report->baseline)
		strbuf_addf(out, "<p>%zu known from the baseline %s not shown; %zu of it %s gone</p>\n",
			    baseline_known(report->baseline),
			    baseline_known(report->baseline) == 1 ? "is" : "are",
			    baseline_gone(report->baseline),
			    baseline_gone(report->baseline) == 1 ? "is" : "are");
}

void html_header(struct strbuf *out, const struct report *report)
{
	char *found = report_found(report);

	strbuf_addstr(out, "<header>\n<h1>");
	html_text(out, found);
	strbuf_addstr(out, "</h1>\n<p>dmacheck on Linux ");
	html_text(out, report->tree->version);
	strbuf_addstr(out, ", ");
	html_text(out, report->tree->arch);
	if (report->change) {
		strbuf_addstr(out, ", new with ");
		html_text(out, report->change);
	}
	strbuf_addstr(out, "</p>\n");
	add_coverage(out, report);
	strbuf_addstr(out, "</header>\n");
	free(found);
}

/* --- rules --- */

/* Empty lines separate paragraphs. */
static void add_paragraphs(struct strbuf *out, const char *text)
{
	bool open = false;

	for (; *text; text += *text == '\n') {
		size_t len = strcspn(text, "\n");

		if (open != (len > 0))
			strbuf_addstr(out, len ? "<p>" : "</p>\n");
		else if (len)
			strbuf_addch(out, '\n');
		open = len > 0;
		html_text_mem(out, text, len);
		text += len;
	}
	if (open)
		strbuf_addstr(out, "</p>\n");
}

static bool is_found(const struct report *report, const struct rule *rule)
{
	size_t i;

	for (i = 0; i < report->findings->nr; i++)
		if (report_shows(report, &report->findings->list[i]) &&
		    !strcmp(report->findings->list[i].rule, rule->id))
			return true;
	return false;
}

void html_rules(struct strbuf *out, const struct report *report)
{
	size_t nr, i, before;
	const struct rule *const *rules = rules_all(&nr);

	strbuf_addstr(out, "<section class=\"rules\">\n<h2>The rules</h2>\n");
	before = out->len;
	for (i = 0; i < nr; i++) {
		if (!is_found(report, rules[i]))
			continue;
		strbuf_addf(out, "<details><summary><code>%s</code> ",
			    rules[i]->id);
		html_text(out, rules[i]->summary);
		strbuf_addf(out, "</summary>\n<div id=\"about-%s\">",
			    rules[i]->id);
		add_paragraphs(out, rules[i]->explanation);
		strbuf_addstr(out, "</div></details>\n");
	}
	if (out->len == before)
		strbuf_addstr(out, "<p>None has found anything.</p>\n");
	strbuf_addstr(out, "</section>\n");
}
