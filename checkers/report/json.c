// SPDX-License-Identifier: GPL-2.0-only
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

/* Paths and source text need not be UTF-8, but JSON must. */
static json_t *text(const char *s)
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

static json_t *number(size_t n)
{
	return json_integer((json_int_t)n);
}

static void set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("out of memory");
}

static void append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		die("out of memory");
}

static void set_place(json_t *object, const struct location *loc)
{
	set(object, "file", text(loc->file));
	set(object, "line", number(loc->line));
	set(object, "column", number(loc->column));
	set(object, "function", text(loc->function));
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
			append(lines, text(copy));
		free(copy);
	}
	set(json, "first_line", number(first));
	set(json, "lines", lines);
	set(object, "source", json);
}

static json_t *trace_json(const struct finding *f, bool whole)
{
	json_t *trace = json_array();
	size_t i;

	for (i = 0; i < f->nr_trace; i++) {
		json_t *step = json_object();

		set_place(step, &f->trace[i].loc);
		set(step, "message", text(f->trace[i].message));
		if (whole)
			set_source(step, &f->trace[i].source, f->trace[i].loc.line);
		append(trace, step);
	}
	return trace;
}

static json_t *finding_json(const struct report *report, size_t i,
			    const struct causes *causes)
{
	const struct finding *list = report->findings->list, *f = &list[i];
	json_t *json = json_object();
	bool whole = causes != NULL;

	set(json, "rule", text(f->rule));
	set(json, "level", text(level_name(f->level)));
	set_place(json, &f->loc);
	set(json, "module", text(f->module));
	set(json, "message", text(f->message));
	set(json, "fingerprint", text(f->fingerprint));
	set(json, "trace", trace_json(f, whole));
	set(json, "fixable", json_boolean(f->fixable));
	if (whole)
		set_source(json, &f->source, f->loc.line);
	if (whole)
		set(json, "cause",
		    text(list[causes->leader[i]].fingerprint));
	if (whole && f->fix)
		set(json, "fix", text(f->fix));
	if (f->change)
		set(json, "change", text(f->change));
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
		set(miss, "file", text(coverage->gaps[i].file));
		set(miss, "reason", text(coverage->gaps[i].reason));
		set(miss, "kind", text(!strcmp(coverage->gaps[i].file, ".") ?
				       "tool" : kinds[coverage->gaps[i].kind]));
		append(missed, miss);
	}
	for (i = 0; i < coverage->nr_lost; i++)
		append(lost, text(coverage->lost_rules[i]));
	set(json, "files_total", number(coverage->files_total));
	set(json, "files_considered", number(coverage->files_considered));
	set(json, "files_analysed", number(coverage->files_analysed));
	set(json, "not_analysed", missed);
	set(json, "verdict", text(verdicts[coverage_verdict(coverage)]));
	if (coverage->nr_lost)
		set(json, "rules_missing", lost);
	else
		json_decref(lost);
	return json;
}

static json_t *baseline_json(const struct baseline *baseline)
{
	json_t *json = json_object();

	set(json, "known", number(baseline_known(baseline)));
	set(json, "gone", number(baseline_gone(baseline)));
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
		set(json, "rule", text(f->rule));
		set(json, "file", text(f->loc.file));
		set(json, "line", number(f->loc.line));
		set(json, "reason", text(suppressed->reasons[i]));
		set(json, "fingerprint", text(f->fingerprint));
		append(list, json);
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
		set(rule, "level", text(level_name(rules[i]->level)));
		set(rule, "summary", text(rules[i]->summary));
		set(rule, "explanation", text(rules[i]->explanation));
		set(json, rules[i]->id, rule);
	}
	return json;
}

json_t *json_report(const struct report *report, bool whole)
{
	json_t *json = json_object(), *tool = json_object();
	json_t *tree = json_object(), *findings = json_array();
	struct causes causes;
	size_t i;

	set(tool, "name", text("dmacheck"));
	set(tool, "version", text(DMACHECK_VERSION));
	set(tree, "version", text(report->tree->version));
	set(tree, "arch", text(report->tree->arch));
	causes_find(&causes, report);
	for (i = 0; i < report->findings->nr; i++)
		if (report_shows(report, &report->findings->list[i]))
			append(findings, finding_json(report, i, whole ?
						      &causes : NULL));
	causes_release(&causes);
	set(json, "schema_version", number(JSON_SCHEMA_VERSION));
	set(json, "tool", tool);
	set(json, "tree", tree);
	set(json, "coverage", coverage_json(report->coverage));
	set(json, "findings", findings);
	if (whole)
		set(json, "rules", rules_json(report));
	if (report->suppressed)
		set(json, "suppressed",
		    suppressed_json(report, report->suppressed));
	if (report->left_out && report->left_out->findings.nr)
		set(json, "hidden_by_tree",
		    suppressed_json(report, report->left_out));
	if (report->baseline)
		set(json, "baseline", baseline_json(report->baseline));
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
		json = json_object();
		line = xstrfmt("%s:%u: %s [%s]", f->loc.file, f->loc.line,
			       f->message, f->rule);
		more = details(f);
		set(json, "tool", text("dmacheck"));
		set(json, "status", text(f->level == LEVEL_ERROR ? "fail" :
					 "warn"));
		set(json, "summary", text(line));
		set(json, "url", json_null());
		set(json, "details", text(more));
		append(list, json);
		free(more);
		free(line);
	}
	return json_write(list, out);
}
