// SPDX-License-Identifier: GPL-2.0-only
/* Writes findings and coverage as JSON. */
#include "report/formats.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/version.h"
#include "lib/quote.h"
#include "report/baseline.h"
#include "report/causes.h"
#include "report/json.h"
#include "report/source.h"
#include "rules/rule.h"
#include "tree/tree.h"

json_t *js_text(const char *s)
{
	json_t *json = json_string(s ? s : "");
	char *copy, *p;

	if (json)
		return json;
	copy = xstrdup(s);
	for (p = copy; *p; p++)
		if ((unsigned char)*p >= 0x80)
			*p = '?';
	json = json_string(copy);
	free(copy);
	return json;
}

json_t *js_lines(const char *s)
{
	json_t *list = json_array();
	const char *end;

	for (;; s = end + 1) {
		char *line;

		end = strchrnul(s, '\n');
		line = xstrndup(s, (size_t)(end - s));
		js_append(list, js_text(line));
		free(line);
		if (!*end)
			return list;
	}
}

json_t *js_number(size_t n)
{
	return json_integer((json_int_t)n);
}

void js_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("out of memory");
}

void js_append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		die("out of memory");
}

json_t *js_message(const char *s)
{
	json_t *json = json_object();

	js_set(json, "text", js_text(s));
	return json;
}

static void set_place(json_t *object, const struct location *loc)
{
	js_set(object, "file", js_text(loc->file));
	js_set(object, "line", js_number(loc->line));
	js_set(object, "column", js_number(loc->column));
	js_set(object, "function", js_text(loc->function));
}

/* How many lines of those that were read are quoted on each side. */
#define JSON_AROUND 2

static void set_source(json_t *object, const struct excerpt *source,
		       unsigned int line)
{
	unsigned int first = line > JSON_AROUND ? line - JSON_AROUND : 1, n;
	json_t *json, *lines;

	if (!source->nr)
		return;
	if (first < source->first)
		first = source->first;
	json = json_object();
	lines = json_array();
	for (n = first; n <= line + JSON_AROUND; n++) {
		size_t len;
		const char *at = source_line(source, n, &len);
		char *copy = at ? xstrndup(at, len) : NULL;

		if (copy)
			js_append(lines, js_text(copy));
		free(copy);
	}
	js_set(json, "first_line", js_number(first));
	js_set(json, "lines", lines);
	js_set(object, "source", json);
}

static json_t *trace_json(const struct finding *f, bool whole)
{
	json_t *trace = json_array();
	size_t i;

	for (i = 0; i < f->nr_trace; i++) {
		json_t *step = json_object();

		set_place(step, &f->trace[i].loc);
		js_set(step, "message", js_text(f->trace[i].message));
		if (whole)
			set_source(step, &f->trace[i].source, f->trace[i].loc.line);
		js_append(trace, step);
	}
	return trace;
}

static json_t *finding_json(const struct report *report, size_t i,
			    const struct causes *causes)
{
	const struct finding *list = report->findings->list, *f = &list[i];
	json_t *json = json_object();
	bool whole = causes != NULL;

	js_set(json, "rule", js_text(f->rule));
	js_set(json, "level", js_text(level_name(f->level)));
	set_place(json, &f->loc);
	js_set(json, "module", js_text(f->module));
	js_set(json, "message", js_text(f->message));
	js_set(json, "fingerprint", js_text(f->fingerprint));
	js_set(json, "trace", trace_json(f, whole));
	js_set(json, "fixable", json_boolean(f->fixable));
	if (whole)
		set_source(json, &f->source, f->loc.line);
	if (whole)
		js_set(json, "cause",
		    js_text(list[causes->leader[i]].fingerprint));
	if (whole && f->fix)
		js_set(json, "fix", js_text(f->fix));
	if (whole && f->no_fix)
		js_set(json, "no_fix", js_text(f->no_fix));
	if (f->change)
		js_set(json, "change", js_text(f->change));
	if (f->holds)
		js_set(json, "holds_in", js_lines(f->holds));
	return json;
}

static json_t *coverage_json(const struct coverage *coverage)
{
	static const char *const kinds[] = {
		[GAP_UNREAD] = "unread",
		[GAP_PARTIAL] = "partial",
		[GAP_OTHERS] = "with another file's command",
	};
	static const char *const verdicts[] = {
		[VERDICT_COMPLETE] = "complete",
		[VERDICT_PARTIAL] = "partial",
		[VERDICT_NONE] = "none",
	};
	json_t *json = json_object(), *missed = json_array();
	json_t *lost = json_array();
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++) {
		json_t *miss;

		if (coverage->gaps[i].outside)
			continue;
		miss = json_object();
		js_set(miss, "file", js_text(coverage->gaps[i].file));
		js_set(miss, "reason", js_text(coverage->gaps[i].reason));
		js_set(miss, "kind", js_text(!strcmp(coverage->gaps[i].file, ".") ?
				       "tool" : kinds[coverage->gaps[i].kind]));
		js_append(missed, miss);
	}
	for (i = 0; i < coverage->nr_lost; i++)
		js_append(lost, js_text(coverage->lost_rules[i]));
	js_set(json, "files_total", js_number(coverage->files_total));
	js_set(json, "files_considered", js_number(coverage->files_considered));
	js_set(json, "files_analysed", js_number(coverage->files_analysed));
	js_set(json, "not_analysed", missed);
	js_set(json, "verdict", js_text(verdicts[coverage_verdict(coverage)]));
	if (coverage->nr_lost)
		js_set(json, "rules_missing", lost);
	else
		json_decref(lost);
	return json;
}

static json_t *baseline_json(const struct baseline *baseline)
{
	json_t *json = json_object();

	js_set(json, "known", js_number(baseline_known(baseline)));
	js_set(json, "gone", js_number(baseline_gone(baseline)));
	return json;
}

static json_t *suppressed_json(const struct report *report,
			       const struct suppressed *suppressed)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < suppressed->findings.nr; i++) {
		const struct finding *f = &suppressed->findings.list[i];
		json_t *json;

		if (f->level < report->level)
			continue;
		json = json_object();
		js_set(json, "rule", js_text(f->rule));
		js_set(json, "file", js_text(f->loc.file));
		js_set(json, "line", js_number(f->loc.line));
		js_set(json, "reason", js_text(suppressed->reasons[i]));
		js_set(json, "fingerprint", js_text(f->fingerprint));
		js_append(list, json);
	}
	return list;
}

/* The rules of these findings, by their ids. */
static json_t *rules_json(const struct report *report)
{
	json_t *json = json_object();
	size_t nr, i, j;
	const struct rule *const *rules = rules_all(&nr);

	for (i = 0; i < nr; i++) {
		json_t *rule;

		for (j = 0; j < report->findings->nr; j++)
			if (report_shows(report, &report->findings->list[j]) &&
			    !strcmp(report->findings->list[j].rule, rules[i]->id))
				break;
		if (j == report->findings->nr)
			continue;
		rule = json_object();
		js_set(rule, "level", js_text(level_name(rules[i]->level)));
		js_set(rule, "summary", js_text(rules[i]->summary));
		js_set(rule, "explanation", js_text(rules[i]->explanation));
		js_set(json, rules[i]->id, rule);
	}
	return json;
}

json_t *json_report(const struct report *report, bool whole)
{
	json_t *json = json_object(), *tool = json_object();
	json_t *tree = json_object(), *findings = json_array();
	struct causes causes;
	size_t i;

	js_set(tool, "name", js_text("dmacheck"));
	js_set(tool, "version", js_text(DMACHECK_VERSION));
	js_set(tree, "version", js_text(report->tree->version));
	js_set(tree, "arch", js_text(report->tree->arch));
	causes_find(&causes, report);
	for (i = 0; i < report->findings->nr; i++)
		if (report_shows(report, &report->findings->list[i]))
			js_append(findings, finding_json(report, i, whole ?
						      &causes : NULL));
	causes_release(&causes);
	js_set(json, "schema_version", js_number(JSON_SCHEMA_VERSION));
	js_set(json, "tool", tool);
	js_set(json, "tree", tree);
	js_set(json, "coverage", coverage_json(report->coverage));
	js_set(json, "findings", findings);
	if (whole)
		js_set(json, "rules", rules_json(report));
	if (report->suppressed)
		js_set(json, "suppressed",
		    suppressed_json(report, report->suppressed));
	if (report->left_out && report->left_out->findings.nr)
		js_set(json, "hidden_by_tree",
		    suppressed_json(report, report->left_out));
	if (report->baseline)
		js_set(json, "baseline", baseline_json(report->baseline));
	return json;
}

int json_write(json_t *json, FILE *out)
{
	char *dumped;
	size_t len;
	int ret;

	dumped = json_dumps(json, JSON_INDENT(2));
	json_decref(json);
	if (!dumped)
		die("out of memory");
	len = strlen(dumped);
	dumped[len++] = '\n';	/* in the place of the NUL */
	ret = fwrite(dumped, 1, len, out) == len ? 0 : -1;
	free(dumped);
	return ret;
}

int report_json(const struct report *report, FILE *out)
{
	return json_write(json_report(report, true), out);
}

/* The trace as text, a line a step. */
static char *details(const struct finding *f)
{
	struct strbuf all = STRBUF_INIT;
	size_t i;

	for (i = 0; i < f->nr_trace; i++) {
		const struct trace_step *s = &f->trace[i];

		quote_path(&all, s->loc.file);
		strbuf_addf(&all, ":%u:%u: %s\n", s->loc.line, s->loc.column,
			    s->message);
	}
	return strbuf_detach(&all, NULL);
}

/*
 * What b4 expects of b4.review-perpatch-check-cmd
 * (docs/maintainer/review.rst of b4): a list, empty if nothing is to be said.
 */
static json_t *check_json(const char *status, const char *summary)
{
	json_t *json = json_object();

	js_set(json, "tool", js_text("dmacheck"));
	js_set(json, "status", js_text(status));
	js_set(json, "summary", js_text(summary));
	js_set(json, "url", json_null());
	return json;
}

/* What is missing from the report as a whole, such as a tool. */
static void add_missing(json_t *list, const struct coverage *coverage)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++) {
		json_t *json;

		if (strcmp(coverage->gaps[i].file, "."))
			continue;
		json = check_json("warn", coverage->gaps[i].reason);
		js_set(json, "details", js_text(""));
		js_append(list, json);
	}
}

int report_b4(const struct report *report, FILE *out)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		json_t *json;
		char *line, *more;

		if (!report_shows(report, f))
			continue;
		line = xstrfmt("%s:%u: %s [%s]", f->loc.file, f->loc.line,
			       f->message, f->rule);
		more = details(f);
		json = check_json(f->level == LEVEL_ERROR ? "fail" : "warn",
				  line);
		js_set(json, "details", js_text(more));
		js_append(list, json);
		free(more);
		free(line);
	}
	add_missing(list, report->coverage);
	return json_write(list, out);
}
