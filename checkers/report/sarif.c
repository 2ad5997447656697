// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report as a SARIF 2.1.0 log, for code-scanning services: results with the
 * traces as code flows, the rules, what is suppressed, and what was not analysed.
 */
#include "report/sarif.h"

#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "lib/version.h"
#include "report/baseline.h"
#include "report/causes.h"
#include "report/formats.h"
#include "report/json.h"
#include "report/source.h"
#include "rules/rule.h"
#include "tree/tree.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/*
 * What GitHub's code scanning takes: it refuses a log with more results, and
 * shows so many steps of a code flow. Source lines are left out of a log that
 * would otherwise not stay below 10 MB, compressed.
 */
#define MAX_RESULTS 25000
#define MAX_STEPS 1000
#define MAX_QUOTING 5000

#define QUOTE_AROUND 2

struct sarif {
	const struct report *report;
	struct causes causes;
	json_t *results, *rules, *notifications;
	size_t nr_results, left_out, nr_short;
	bool quotes;		/* source lines are in it */
};

/* --- places --- */

/* As RFC 3986 has it; what is below the root stays relative to it. */
static char *uri_of(const char *file)
{
	struct strbuf uri = STRBUF_INIT;
	const char *p;

	if (*file == '/')
		strbuf_addstr(&uri, "file://");
	for (p = file; *p; p++)
		if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
		    (*p >= '0' && *p <= '9') || strchr("/-._~+,@", *p))
			strbuf_addch(&uri, *p);
		else
			strbuf_addf(&uri, "%%%02X", (unsigned char)*p);
	return strbuf_detach(&uri, NULL);
}

json_t *sarif_artifact(const char *file)
{
	json_t *json = json_object();
	char *uri = uri_of(file);

	js_set(json, "uri", js_text(uri));
	if (*file != '/')
		js_set(json, "uriBaseId", js_text("%SRCROOT%"));
	free(uri);
	return json;
}

/* Characters up to byte column `column`, from 1. */
static unsigned int character(const char *line, size_t len, unsigned int column)
{
	unsigned int n = 1;
	size_t i;

	for (i = 0; i < len && i + 1 < column; i++)
		n += ((unsigned char)line[i + 1] & 0xc0) != 0x80;
	return n;
}

static json_t *region_json(const struct location *loc,
			   const struct excerpt *source)
{
	json_t *json = json_object();
	size_t len = 0, end;
	const char *line = source_line(source, loc->line, &len);
	unsigned int column = loc->column ? loc->column : 1;

	js_set(json, "startLine", js_number(loc->line ? loc->line : 1));
	if (!line || column > len) {
		js_set(json, "startColumn", js_number(column));
		return json;
	}
	js_set(json, "startColumn", js_number(character(line, len, column)));
	for (end = column; end < len && (line[end] == '_' ||
	     (line[end] >= '0' && line[end] <= '9') ||
	     (line[end] >= 'a' && line[end] <= 'z') ||
	     (line[end] >= 'A' && line[end] <= 'Z')); end++)
		;
	js_set(json, "endColumn", js_number(character(line, len,
						      (unsigned int)end + 1)));
	return json;
}

/* The lines around it, or NULL. */
static json_t *context_json(const struct location *loc,
			    const struct excerpt *source)
{
	unsigned int first, last, n;
	struct strbuf lines = STRBUF_INIT;
	json_t *json;
	size_t len;

	first = loc->line > QUOTE_AROUND ? loc->line - QUOTE_AROUND : 1;
	if (!source_line(source, loc->line, &len))
		return NULL;
	if (first < source->first)
		first = source->first;
	for (n = first; n <= loc->line + QUOTE_AROUND; n++) {
		const char *line = source_line(source, n, &len);

		if (!line)
			break;
		strbuf_add(&lines, line, len);
		strbuf_addch(&lines, '\n');
	}
	last = n - 1;
	json = json_object();
	js_set(json, "startLine", js_number(first));
	js_set(json, "endLine", js_number(last));
	js_set(json, "snippet", js_message(lines.buf));
	strbuf_release(&lines);
	return json;
}

static json_t *location_json(const struct sarif *s, const struct location *loc,
			     const struct excerpt *source, const char *message)
{
	json_t *json = json_object(), *physical = json_object(), *context;

	js_set(physical, "artifactLocation", sarif_artifact(loc->file));
	js_set(physical, "region", region_json(loc, source));
	context = s->quotes ? context_json(loc, source) : NULL;
	if (context)
		js_set(physical, "contextRegion", context);
	js_set(json, "physicalLocation", physical);
	if (loc->function && *loc->function) {
		json_t *functions = json_array(), *function = json_object();

		js_set(function, "name", js_text(loc->function));
		js_set(function, "kind", js_text("function"));
		js_append(functions, function);
		js_set(json, "logicalLocations", functions);
	}
	if (message)
		js_set(json, "message", js_message(message));
	return json;
}

/* --- results --- */

static void add_step(json_t *steps, json_t *location)
{
	json_t *step = json_object();

	js_set(step, "location", location);
	js_append(steps, step);
}

/* The trace, and what it leads to. Of one that is too long the middle goes. */
static json_t *flows_json(struct sarif *s, const struct finding *f)
{
	json_t *flows = json_array(), *flow = json_object();
	json_t *threads = json_array(), *thread = json_object();
	json_t *steps = json_array();
	size_t i;

	s->nr_short += f->nr_trace + 1 > MAX_STEPS;
	for (i = 0; i < f->nr_trace; i++) {
		const struct trace_step *step = &f->trace[i];

		if (i >= MAX_STEPS / 2 && f->nr_trace - i >= MAX_STEPS / 2)
			continue;
		add_step(steps, location_json(s, &step->loc, &step->source,
					      step->message));
	}
	add_step(steps, location_json(s, &f->loc, &f->source, f->message));
	js_set(thread, "locations", steps);
	js_append(threads, thread);
	js_set(flow, "threadFlows", threads);
	js_append(flows, flow);
	return flows;
}

/* The number of the rule among those that are listed. */
static size_t rule_index(struct sarif *s, const char *id)
{
	const struct rule *rule = rule_find(id);
	json_t *json, *properties, *tags, *level;
	const char *end;
	char *first;
	size_t i;

	for (i = 0; i < json_array_size(s->rules); i++)
		if (!strcmp(json_string_value(json_object_get(
			    json_array_get(s->rules, i), "id")), id))
			return i;
	json = json_object();
	js_set(json, "id", js_text(id));
	if (rule) {
		end = strstr(rule->explanation, "\n\n");
		first = xstrndup(rule->explanation, end ?
				 (size_t)(end - rule->explanation) :
				 strlen(rule->explanation));
		js_set(json, "shortDescription", js_message(rule->summary));
		js_set(json, "fullDescription", js_message(first));
		js_set(json, "help", js_message(rule->explanation));
		level = json_object();
		js_set(level, "level", js_text(level_name(rule->level)));
		js_set(json, "defaultConfiguration", level);
		free(first);
		tags = json_array();
		js_append(tags, js_text("linux"));
		js_append(tags, js_text("dma"));
		properties = json_object();
		js_set(properties, "tags", tags);
		js_set(properties, "problem.severity",
		       js_text(rule->level == LEVEL_NOTE ? "recommendation" :
			       level_name(rule->level)));
		js_set(json, "properties", properties);
	}
	js_append(s->rules, json);
	return i;
}

static json_t *suppressions_json(const char *kind, const char *why)
{
	json_t *list = json_array(), *json = json_object();

	js_set(json, "kind", js_text(kind));
	js_set(json, "justification", js_text(why));
	js_append(list, json);
	return list;
}

static json_t *properties_json(const struct finding *f, const char *cause)
{
	json_t *json = json_object();

	js_set(json, "module", js_text(f->module));
	js_set(json, "fixable", json_boolean(f->fixable));
	if (cause)
		js_set(json, "cause", js_text(cause));
	if (f->change)
		js_set(json, "change", js_text(f->change));
	if (f->holds)
		js_set(json, "holds_in", js_lines(f->holds));
	return json;
}

/* `kind` and `why`: how it is suppressed, or NULL. */
static void add_result(struct sarif *s, const struct finding *f,
		       const char *cause, const char *kind, const char *why)
{
	json_t *json = json_object(), *places = json_array();
	json_t *prints = json_object();

	js_set(json, "ruleId", js_text(f->rule));
	js_set(json, "ruleIndex", js_number(rule_index(s, f->rule)));
	js_set(json, "level", js_text(level_name(f->level)));
	js_set(json, "message", js_message(f->message));
	js_append(places, location_json(s, &f->loc, &f->source, NULL));
	js_set(json, "locations", places);
	js_set(prints, "dmacheck/v1", js_text(f->fingerprint));
	js_set(json, "partialFingerprints", prints);
	if (f->nr_trace && !kind)
		js_set(json, "codeFlows", flows_json(s, f));
	if (f->fix && !kind)
		js_set(json, "fixes", sarif_fixes(f->fix));
	if (kind)
		js_set(json, "suppressions", suppressions_json(kind, why));
	if (s->report->baseline)
		js_set(json, "baselineState",
		       js_text(baseline_has(s->report->baseline, f) ?
			       "unchanged" : "new"));
	js_set(json, "properties", properties_json(f, cause));
	js_append(s->results, json);
	s->nr_results++;
}

static bool is_known(const struct report *report, const struct finding *f)
{
	return report->baseline && f->level >= report->level &&
		baseline_has(report->baseline, f);
}

static void add_suppressed(struct sarif *s, const struct suppressed *all,
			   const char *kind)
{
	size_t i;

	for (i = 0; all && i < all->findings.nr; i++) {
		const struct finding *f = &all->findings.list[i];

		if (f->level < s->report->level)
			continue;
		if (s->nr_results < MAX_RESULTS)
			add_result(s, f, NULL, kind, all->reasons[i]);
		else
			s->left_out++;
	}
}

/* What the report shows, as it does, then what is suppressed. */
static void add_results(struct sarif *s)
{
	const struct findings *all = s->report->findings;
	size_t i;

	s->quotes = s->causes.nr <= MAX_QUOTING;
	for (i = 0; i < all->nr; i++) {
		const struct finding *f = &all->list[i];

		if (!report_shows(s->report, f))
			continue;
		if (s->nr_results < MAX_RESULTS)
			add_result(s, f, all->list[s->causes.leader[i]].fingerprint,
				   NULL, NULL);
		else
			s->left_out++;
	}
	for (i = 0; i < all->nr; i++) {
		if (!is_known(s->report, &all->list[i]))
			continue;
		if (s->nr_results < MAX_RESULTS)
			add_result(s, &all->list[i], NULL, "external",
				   "the baseline has it");
		else
			s->left_out++;
	}
	add_suppressed(s, s->report->suppressed, "inSource");
	add_suppressed(s, s->report->left_out, "external");
}

/* --- how the run went --- */

static json_t *add_notification(struct sarif *s, const char *id,
				const char *level, const char *message)
{
	json_t *json = json_object(), *descriptor = json_object();

	js_set(descriptor, "id", js_text(id));
	js_set(json, "descriptor", descriptor);
	js_set(json, "level", js_text(level));
	js_set(json, "message", js_message(message));
	js_append(s->notifications, json);
	return json;
}

static void add_gap(struct sarif *s, const struct gap *gap)
{
	json_t *json, *places, *place, *physical;

	if (gap->outside)
		return;
	json = add_notification(s, "not-analysed", gap->kind == GAP_UNREAD ?
				"warning" : "note", gap->reason);
	if (!strcmp(gap->file, "."))
		return;
	physical = json_object();
	js_set(physical, "artifactLocation", sarif_artifact(gap->file));
	place = json_object();
	js_set(place, "physicalLocation", physical);
	places = json_array();
	js_append(places, place);
	js_set(json, "locations", places);
}

static void add_gaps(struct sarif *s)
{
	const struct coverage *c = s->report->coverage;
	size_t i;

	for (i = 0; i < c->nr_gaps; i++)
		add_gap(s, &c->gaps[i]);
	for (i = 0; i < c->unseen.nr; i++) {
		char *text = xstrfmt("call not seen: %s", c->unseen.v[i]);

		add_notification(s, "call-not-seen", "warning", text);
		free(text);
	}
	for (i = 0; i < c->nr_lost; i++) {
		json_t *rule = json_object(), *json;

		json = add_notification(s, "rule-not-checked", "error",
					"this rule was not checked");
		js_set(rule, "id", js_text(c->lost_rules[i]));
		js_set(json, "associatedRule", rule);
	}
}

static void add_cut(struct sarif *s, const char *fmt, size_t nr)
{
	char *text = xstrfmt("%zu %s", nr, fmt);

	if (nr)
		add_notification(s, "left-out", "warning", text);
	free(text);
}

static json_t *invocations_json(struct sarif *s)
{
	json_t *list = json_array(), *json = json_object();

	s->notifications = json_array();
	add_gaps(s);
	add_cut(s, "results are left out: code scanning takes 25000", s->left_out);
	add_cut(s, "code flows lack their middle: code scanning shows 1000 steps",
		s->nr_short);
	if (!s->quotes)
		add_notification(s, "left-out", "note",
				 "source lines are left out: there are too many results");
	js_set(json, "executionSuccessful",
	       json_boolean(report_status(s->report) != EXIT_FAILED));
	js_set(json, "toolExecutionNotifications", s->notifications);
	js_append(list, json);
	return list;
}

/* --- the log --- */

static json_t *tool_json(const struct sarif *s)
{
	json_t *tool = json_object(), *driver = json_object();

	js_set(driver, "name", js_text("dmacheck"));
	js_set(driver, "version", js_text(DMACHECK_VERSION));
	js_set(driver, "rules", s->rules);
	js_set(tool, "driver", driver);
	return tool;
}

static json_t *bases_json(void)
{
	json_t *bases = json_object(), *root = json_object();

	js_set(root, "description",
	       js_message("the top folder of the kernel source tree"));
	js_set(bases, "%SRCROOT%", root);
	return bases;
}

static json_t *run_json(struct sarif *s)
{
	const struct tree *tree = s->report->tree;
	json_t *run = json_object(), *details = json_object();
	json_t *properties = json_object();
	char *category = xstrfmt("dmacheck/%s/", tree->arch);

	js_set(run, "tool", tool_json(s));
	js_set(details, "id", js_text(category));
	js_set(run, "automationDetails", details);
	js_set(run, "invocations", invocations_json(s));
	js_set(run, "originalUriBaseIds", bases_json());
	js_set(run, "columnKind", js_text("unicodeCodePoints"));
	js_set(run, "results", s->results);
	js_set(properties, "linux", js_text(tree->version));
	js_set(properties, "arch", js_text(tree->arch));
	js_set(run, "properties", properties);
	free(category);
	return run;
}

int report_sarif(const struct report *report, FILE *out)
{
	struct sarif s = { .report = report, .results = json_array(),
		.rules = json_array() };
	json_t *log = json_object(), *runs = json_array();

	causes_find(&s.causes, report);
	add_results(&s);
	js_set(log, "$schema", js_text(SCHEMA));
	js_set(log, "version", js_text("2.1.0"));
	js_append(runs, run_json(&s));
	js_set(log, "runs", runs);
	causes_release(&s.causes);
	return json_write(log, out);
}
