// SPDX-License-Identifier: GPL-2.0-only
/* Writes the summary of a run and its coverage to stderr. */
#include "report/report.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/quote.h"
#include "lib/strbuf.h"
#include "report/causes.h"
#include "report/formats.h"
#include "tree/tree.h"

struct tally {
	size_t nr[LEVEL_ERROR + 1];
	size_t all, files, hidden, causes;
};

static struct tally count(const struct report *report)
{
	struct tally t = { 0 };
	struct causes causes;
	const char *file = "";
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];

		if (!report_shows(report, f)) {
			t.hidden += f->level < report->level;
			continue;
		}
		t.nr[f->level]++;
		t.all++;
		t.files += strcmp(file, f->loc.file) != 0;
		file = f->loc.file;
	}
	causes_find(&causes, report);
	t.causes = causes.nr;
	causes_release(&causes);
	return t;
}

char *report_found(const struct report *report)
{
	const struct tally counted = count(report), *t = &counted;
	const char *new = report->baseline ? "new " : "";
	struct strbuf text = STRBUF_INIT;
	int level;

	for (level = LEVEL_ERROR; level >= LEVEL_NOTE; level--)
		if (t->nr[level])
			strbuf_addf(&text, "%s%zu %s%s", text.len ? ", " : "",
				    t->nr[level],
				    level_name((enum level)level),
				    t->nr[level] == 1 ? "" : "s");
	if (text.len)
		strbuf_addf(&text, " in %zu file%s", t->files,
			    t->files == 1 ? "" : "s");
	else if (t->hidden)
		strbuf_addf(&text, "nothing %sfound at level %s or above", new,
			    level_name(report->level));
	else
		strbuf_addf(&text, "nothing %sfound", new);
	if (t->causes < t->all)
		strbuf_addf(&text, " (%zu cause%s)", t->causes,
			    t->causes == 1 ? "" : "s");
	return strbuf_detach(&text, NULL);
}

/* Reasons are one for the summary if they are up to the first ": ". */
static size_t kind_len(const char *reason)
{
	const char *colon = strstr(reason, ": ");

	return colon ? (size_t)(colon - reason) : strlen(reason);
}

static bool same_kind(const char *a, const char *b)
{
	size_t len = kind_len(a);

	return len == kind_len(b) && !memcmp(a, b, len);
}

/* As many names as these are in the line itself. */
#define FEW_FILES 3

/* "3 files: analysed in part: a.c, b.c, c.c": that of gap `i`, and its like. */
static void say_kind(const struct coverage *c, size_t i)
{
	const char *reason = c->gaps[i].reason, *last = "";
	struct strbuf names = STRBUF_INIT;
	size_t j, n = 0;

	for (j = i; j < c->nr_gaps; j++) {
		char *file;

		if (c->gaps[j].outside || !same_kind(c->gaps[j].reason, reason) ||
		    !strcmp(c->gaps[j].file, last))
			continue;
		last = c->gaps[j].file;
		file = quoted_path(last);
		strbuf_addf(&names, "%s%s", n++ ? ", " : ": ", file);
		free(file);
	}
	note("coverage: %zu file%s: %.*s%s", n, n == 1 ? "" : "s",
	     (int)kind_len(reason), reason, diag_verbosity > 0 ? "" :
	     n <= FEW_FILES ? names.buf : " (-v names each)");
	strbuf_release(&names);
}

void report_gaps(const struct coverage *c)
{
	size_t i, j;

	for (i = 0; i < c->nr_gaps; i++) {
		const char *reason = c->gaps[i].reason;

		if (!strcmp(c->gaps[i].file, ".")) {
			note("coverage: %s", reason);
			continue;
		}
		if (c->gaps[i].outside)
			continue;
		for (j = 0; j < i; j++)
			if (!c->gaps[j].outside &&
			    same_kind(c->gaps[j].reason, reason))
				break;
		if (j == i)
			say_kind(c, i);
	}
	for (i = 0; i < c->nr_gaps; i++) {
		char *file = quoted_path(c->gaps[i].file);

		if (strcmp(file, ".") && !c->gaps[i].outside)
			verbose("coverage: %s: %s", file, c->gaps[i].reason);
		free(file);
	}
}

void report_suppressed(const struct suppressed *suppressed, const char *by,
		       enum level level)
{
	size_t i, n = 0;

	for (i = 0; i < suppressed->findings.nr; i++)
		n += suppressed->findings.list[i].level >= level;
	if (n)
		note("%zu finding%s hidden by %s%s", n, n == 1 ? "" : "s", by,
		     diag_verbosity > 0 ? "" : " (-v names each)");
	for (i = 0; i < suppressed->findings.nr; i++) {
		const struct finding *f = &suppressed->findings.list[i];
		char *file = quoted_path(f->loc.file);

		if (f->level >= level)
			verbose("hidden: %s:%u:%u: %s [%s]: %s", file,
				f->loc.line, f->loc.column, f->message,
				f->rule, suppressed->reasons[i]);
		free(file);
	}
}

/* "; partial: 3 of 9 relevant files were not read, ..." */
static char *verdict_text(const struct coverage *c)
{
	struct strbuf sb = STRBUF_INIT;
	size_t unread = coverage_nr_unread(c), i;

	if (coverage_verdict(c) == VERDICT_COMPLETE)
		return xstrdup("");
	strbuf_addstr(&sb, "; partial:");
	if (unread)
		strbuf_addf(&sb, " %zu of %zu relevant files not read", unread,
			    unread > c->files_considered ? unread :
			    c->files_considered);
	for (i = 0; i < c->unseen.nr && (i < 3 || diag_verbosity > 0); i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : unread ?
			    ", calls not seen: " : " calls not seen: ",
			    c->unseen.v[i]);
	if (i < c->unseen.nr)
		strbuf_addf(&sb, " and %zu more (-v names them)",
			    c->unseen.nr - i);
	if (c->nr_lost)
		strbuf_addf(&sb, "%s %zu rule%s not checked",
			    unread || c->unseen.nr ? "," : "", c->nr_lost,
			    c->nr_lost == 1 ? "" : "s");
	return strbuf_detach(&sb, NULL);
}

/* The last line; -q does not hide that a part is missing. */
static void say_verdict(const struct report *report, const char *line)
{
	const struct coverage *c = report->coverage;
	char *verdict = verdict_text(c);

	if (coverage_verdict(c) == VERDICT_NONE)
		error("%s%s: nothing that is relevant could be read", line,
		      verdict);
	else if (*verdict && (diag_verbosity < 0 || report->strict))
		warning("%s%s", line, verdict);
	else
		note("%s%s", line, verdict);
	free(verdict);
}

void report_summary(const struct report *report)
{
	const struct coverage *c = report->coverage;
	struct tally t = count(report);
	char *text = report_found(report), *line;

	report_gaps(c);
	if (report->suppressed)
		report_suppressed(report->suppressed, "comments",
				  report->level);
	if (report->left_out)
		report_suppressed(report->left_out,
				  "the tree's .dmacheck.conf", report->level);
	if (report->change) {
		line = xstrfmt("%s: %s", report->change, text);
		goto verdict;
	}
	if (report->baseline)
		baseline_summary(report->baseline);
	if (t.hidden)
		note("%zu finding%s below level %s %s not shown (--level note shows all)",
		     t.hidden, t.hidden == 1 ? "" : "s",
		     level_name(report->level), t.hidden == 1 ? "is" : "are");
	line = xstrfmt("Linux %s (%s): %s; %zu file%s asked for, %zu relevant, %zu analysed",
	     report->tree->version, report->tree->arch, text, c->files_total,
	     c->files_total == 1 ? "" : "s", c->files_considered,
	     c->files_analysed);
verdict:
	say_verdict(report, line);
	free(line);
	free(text);
}

enum exit_status report_status(const struct report *report)
{
	enum coverage_verdict verdict = coverage_verdict(report->coverage);

	if (report->coverage->nr_crashes || verdict == VERDICT_NONE ||
	    (report->strict && verdict == VERDICT_PARTIAL))
		return EXIT_FAILED;
	return report_count(report) ? EXIT_FINDINGS : EXIT_CLEAN;
}
