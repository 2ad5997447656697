// SPDX-License-Identifier: GPL-2.0-only
/*
 * One finding as HTML: a line that opens and shows the picture of the path, the
 * trace with the source around each step, and the fix. From a finding and its
 * excerpts of the source, for html.c.
 */
#include "report/html.h"

#include <stdlib.h>

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/path.h"
#include "lib/run.h"
#include "report/causes.h"
#include "report/formats.h"
#include "report/source.h"

/* Lines of source shown above and below a step. */
#define AROUND 3

/* A place with its message: a step of the trace, or the finding itself. */
struct point {
	const struct location *loc;
	const struct excerpt *source;
	const char *message;
	size_t number;
	bool is_finding;
};

struct points {
	const struct report *report;
	const struct finding *finding;
	struct point *list;
	size_t nr;
};

/* The finding ends the path of the memory; in other traces it comes first. */
static void collect_points(struct points *points)
{
	const struct finding *f = points->finding;
	size_t own = html_path_length(f), i, step = 0;

	points->nr = f->nr_trace + 1;
	points->list = xcalloc(points->nr, sizeof(*points->list));
	for (i = 0; i < points->nr; i++) {
		struct point *p = &points->list[i];

		p->number = i + 1;
		p->is_finding = i == own;
		p->loc = i == own ? &f->loc : &f->trace[step].loc;
		p->source = i == own ? &f->source : &f->trace[step].source;
		p->message = i == own ? f->message : f->trace[step].message;
		step += i != own;
	}
}

/* "drivers/x.c:12", or ":12" if `alone`; a link if --source-url was given. */
static void add_place(struct strbuf *out, const struct report *report,
		      const struct location *loc, bool alone)
{
	const char *url = report->source_url, *p;

	if (url)
		strbuf_addstr(out, "<a href=\"");
	for (p = url; p && *p;) {
		size_t plain = strcspn(p, "{");

		html_text_mem(out, p, plain);
		p += plain;
		if (!strncmp(p, "{file}", 6)) {
			html_url(out, loc->file);
			p += 6;
		} else if (!strncmp(p, "{line}", 6)) {
			strbuf_addf(out, "%u", loc->line);
			p += 6;
		} else if (*p) {
			html_text_mem(out, p++, 1);
		}
	}
	if (url)
		strbuf_addstr(out, "\">");
	if (!alone)
		html_text(out, loc->file);
	strbuf_addf(out, ":%u%s", loc->line, url ? "</a>" : "");
}

static bool same_function(const struct location *a, const struct location *b)
{
	if (!a->function || !b->function)
		return a->function == b->function;
	return !strcmp(a->function, b->function);
}

/* "drivers/x.c:12, :14 in foo()" */
static void add_places(struct strbuf *out, const struct report *report,
		       const struct point *points, size_t nr)
{
	size_t i;

	strbuf_addstr(out, "<p class=\"place\">");
	for (i = 0; i < nr; i++) {
		const struct location *loc = points[i].loc;

		if (i)
			strbuf_addstr(out, ", ");
		add_place(out, report, loc, i > 0);
		if (!loc->function ||
		    (i + 1 < nr && same_function(loc, points[i + 1].loc)))
			continue;
		strbuf_addstr(out, " in ");
		html_text(out, loc->function);
		strbuf_addstr(out, "()");
	}
	strbuf_addstr(out, "</p>\n");
}

static unsigned int first_line(const struct point *p)
{
	return p->loc->line > AROUND ? p->loc->line - AROUND : 1;
}

/* The number of points, from the first, whose source lines meet or overlap. */
static size_t count_together(const struct point *points, size_t nr)
{
	unsigned int low = first_line(points), high = points->loc->line + AROUND;
	size_t n;

	for (n = 1; n < nr; n++) {
		const struct point *p = &points[n];

		if (strcmp(p->loc->file, points->loc->file) ||
		    first_line(p) > high + 1 || p->loc->line + AROUND + 1 < low)
			break;
		if (first_line(p) < low)
			low = first_line(p);
		if (p->loc->line + AROUND > high)
			high = p->loc->line + AROUND;
	}
	return n;
}

/* Add the line; the name at the column is underlined. */
static void add_marked(struct strbuf *out, const char *line, size_t len,
		       unsigned int column)
{
	size_t at = column ? column - 1 : 0, end;

	if (at > len)
		at = len;
	for (end = at; end < len && ctext_in_name(line[end]); end++)
		;
	html_text_mem(out, line, at);
	if (end > at) {
		strbuf_addstr(out, "<u>");
		html_text_mem(out, line + at, end - at);
		strbuf_addstr(out, "</u>");
	}
	html_text_mem(out, line + end, len - end);
}

static void add_line(struct strbuf *out, const struct point *points, size_t nr,
		     unsigned int number)
{
	const struct point *mark = NULL;
	const char *line = NULL;
	size_t len = 0, i;

	for (i = 0; i < nr; i++) {
		if (!line)
			line = source_line(points[i].source, number, &len);
		if (points[i].loc->line == number &&
		    (!mark || points[i].is_finding))
			mark = &points[i];
	}
	if (!line)
		return;
	if (!mark) {
		strbuf_addf(out, "<i>%u</i>", number);
		html_text_mem(out, line, len);
	} else {
		strbuf_addf(out, "<mark%s><i><b>",
			    mark->is_finding ? " class=\"at\"" : "");
		for (i = 0; i < nr; i++)
			if (points[i].loc->line == number)
				strbuf_addf(out, "%zu ", points[i].number);
		strbuf_rtrim(out);
		strbuf_addf(out, "</b> %u</i>", number);
		add_marked(out, line, len, mark->loc->column);
		strbuf_addstr(out, "</mark>");
	}
	strbuf_addch(out, '\n');
}

static void add_source(struct strbuf *out, const struct point *points,
		       size_t nr)
{
	unsigned int low = first_line(points), high = low, i;
	size_t n, before;

	for (n = 0; n < nr; n++) {
		if (first_line(&points[n]) < low)
			low = first_line(&points[n]);
		if (points[n].loc->line + AROUND > high)
			high = points[n].loc->line + AROUND;
	}
	before = out->len;
	strbuf_addstr(out, "<pre class=\"code\">");
	n = out->len;
	for (i = low; i <= high; i++)
		add_line(out, points, nr, i);
	if (out->len == n)
		strbuf_setlen(out, before);
	else
		strbuf_addstr(out, "</pre>\n");
}

/* Add points with a common excerpt: their messages, then the source. */
static void add_piece(struct strbuf *out, const struct points *all,
		      const struct point *points, size_t nr)
{
	const struct finding *f = all->finding;
	size_t i;

	strbuf_addstr(out, "<li>\n");
	for (i = 0; i < nr; i++) {
		const struct point *p = &points[i];

		strbuf_addf(out, "<p id=\"%s-%zu\"><b class=\"n%s\">%zu</b> ",
			    f->fingerprint, p->number,
			    p->is_finding ? " at" : "", p->number);
		html_text(out, p->message);
		strbuf_addstr(out, "</p>\n");
	}
	add_places(out, all->report, points, nr);
	add_source(out, points, nr);
	strbuf_addstr(out, "</li>\n");
}

static void add_trace(struct strbuf *out, const struct report *report,
		      const struct finding *f)
{
	struct points points = { report, f, NULL, 0 };
	size_t i, n;

	collect_points(&points);
	strbuf_addstr(out, "<ol class=\"trace\">\n");
	for (i = 0; i < points.nr; i += n) {
		n = count_together(points.list + i, points.nr - i);
		add_piece(out, &points, points.list + i, n);
	}
	strbuf_addstr(out, "</ol>\n");
	free(points.list);
}

/* Outside of hunks "---" and "+++" begin lines of the header. */
static void add_diff_line(struct strbuf *out, const char *line, size_t len,
			  bool in_hunk)
{
	const char *tag = *line == '@' ? "i" : !in_hunk ? "b" :
		*line == '+' ? "ins" : *line == '-' ? "del" : NULL;
	if (tag)
		strbuf_addf(out, "<%s>", tag);
	html_text_mem(out, line, len);
	if (tag)
		strbuf_addf(out, "</%s>", tag);
	strbuf_addch(out, '\n');
}

/* The run did not make fixes; this command does. */
static void add_fix_command(struct strbuf *out, const struct finding *f)
{
	const char *const argv[] = {
		"dmacheck", "fix", "--rule", f->rule, f->loc.file, NULL
	};
	char *command = run_command_line(argv);

	strbuf_addstr(out, "<p class=\"hint\">There may be a fix: <code>");
	html_text(out, command);
	strbuf_addstr(out, "</code></p>\n");
	free(command);
}

static void add_fix(struct strbuf *out, const struct finding *f)
{
	const char *line = f->fix;
	bool in_hunk = false;

	if (!f->fix) {
		if (f->fixable)
			add_fix_command(out, f);
		return;
	}
	strbuf_addstr(out, "<h3>Fix</h3>\n<pre class=\"diff\">");
	while (*line) {
		size_t len = strcspn(line, "\n");

		in_hunk = *line == '@' || (in_hunk && *line != 'd');
		add_diff_line(out, line, len, in_hunk);
		line += len + (line[len] == '\n');
	}
	strbuf_addstr(out, "</pre>\n");
}

/* Add "key: value"; the value is a link that filters the list. */
static void add_filter(struct strbuf *out, const char *key, const char *value)
{
	strbuf_addf(out, "<dt>%s</dt><dd><a class=\"js\" href=\"#%s=", key, key);
	html_url(out, value);
	strbuf_addstr(out, "\">");
	html_text(out, value);
	strbuf_addstr(out, "</a></dd>\n");
}

/* Links to the other findings that have the same cause. */
static void add_others(struct strbuf *out, const struct report *report,
		       const struct causes *causes, size_t number)
{
	const struct findings *all = report->findings;
	size_t nr = 0, i;

	for (i = 0; i < all->nr; i++) {
		const struct finding *f = &all->list[i];

		if (i == number || !report_shows(report, f) ||
		    causes->leader[i] != causes->leader[number])
			continue;
		strbuf_addf(out, "%s<a href=\"#%s\">", nr++ ? ", " :
			    "<p class=\"hint\">The same cause: ", f->fingerprint);
		html_text(out, path_basename(f->loc.file));
		strbuf_addf(out, ":%u</a>", f->loc.line);
		if (strcmp(f->rule, all->list[number].rule))
			strbuf_addf(out, " (%s)", f->rule);
	}
	if (nr)
		strbuf_addstr(out, "</p>\n");
}

static void add_body(struct strbuf *out, const struct report *report,
		     const struct causes *causes, size_t number)
{
	const struct finding *f = &report->findings->list[number];

	strbuf_addf(out, "<div class=\"body\" id=\"%s\">\n<dl>\n",
		    f->fingerprint);
	add_filter(out, "rule", f->rule);
	strbuf_addf(out, "<dd><a href=\"#about-%s\">what it means</a></dd>\n",
		    f->rule);
	if (*f->module)
		add_filter(out, "module", f->module);
	if (f->holds) {
		strbuf_addstr(out, "<dt>found in</dt><dd>");
		html_text(out, f->holds);
		strbuf_addstr(out, "</dd>\n");
	}
	if (f->change) {
		strbuf_addstr(out, "<dt>change</dt><dd>");
		html_text(out, f->change);
		strbuf_addstr(out, "</dd>\n");
	}
	strbuf_addf(out, "<dt>link</dt><dd><a href=\"#%s\">#%s</a></dd>\n</dl>\n",
		    f->fingerprint, f->fingerprint);
	add_others(out, report, causes, number);
	if (html_path_length(f))
		html_picture(out, f);
	add_trace(out, report, f);
	add_fix(out, f);
	strbuf_addstr(out, "</div>\n");
}

void html_finding(struct strbuf *out, const struct report *report,
		  const struct causes *causes, size_t number)
{
	const struct finding *f = &report->findings->list[number];
	const char *level = level_name(f->level);

	strbuf_addf(out, "<details class=\"f %s\" data-rule=\"%s\" data-level=\"%s\" data-module=\"",
		    level, f->rule, level);
	html_text(out, f->module);
	strbuf_addf(out, "\">\n<summary><b>%s</b> <span class=\"m\">", level);
	html_text(out, f->message);
	strbuf_addstr(out, "</span> <span class=\"p\">");
	html_text(out, f->loc.file);
	strbuf_addf(out, ":%u</span> ", f->loc.line);
	if (f->loc.function) {
		strbuf_addstr(out, "<span class=\"fn\">");
		html_text(out, f->loc.function);
		strbuf_addstr(out, "()</span> ");
	}
	strbuf_addf(out, "<span class=\"r\">%s</span>", f->rule);
	if (f->fix)
		strbuf_addstr(out, " <span class=\"x\">fix</span>");
	strbuf_addstr(out, "</summary>\n");
	add_body(out, report, causes, number);
	strbuf_addstr(out, "</details>\n");
}
