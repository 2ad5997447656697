// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes findings and a coverage of reports in JSON again, and joins them; for
 * `dmacheck merge`.
 */
#include "report/merge-reports.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "report/json.h"
#include "report/json-read.h"
#include "rules/rule.h"

enum { FOUND, SUPPRESSED, LEFT_OUT };

/* One report. */
struct merging {
	struct merged *merged;
	const char *path;
	json_t *json;
	char *label;
};

static const char *text_in(const json_t *object, const char *key)
{
	const char *value = json_string_in(object, key);

	return value ? value : "";
}

/* 0 also for what is no number, or too large for one. */
static unsigned int number_in(const json_t *object, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(object, key));

	return n > 0 && n < INT32_MAX ? (unsigned int)n : 0;
}

static int not_whole(const struct merging *m, const char *what)
{
	return error("%s is not a whole report of dmacheck in JSON: %s", m->path,
		     what);
}

/* --- findings --- */

/* The strings are the JSON's: it is copied by those who take a location. */
static struct location place_in(const json_t *json)
{
	return (struct location){
		.file = (char *)(uintptr_t)text_in(json, "file"),
		.line = number_in(json, "line"),
		.column = number_in(json, "column"),
		.function = (char *)(uintptr_t)json_string_in(json, "function"),
	};
}

static void take_source(struct excerpt *to, const json_t *json)
{
	const json_t *source = json_object_get(json, "source");
	const json_t *lines = json_object_get(source, "lines");
	struct strbuf text = STRBUF_INIT;
	size_t i;

	if (!json_array_size(lines) || !number_in(source, "first_line"))
		return;
	for (i = 0; i < json_array_size(lines); i++) {
		const char *line = json_string_value(json_array_get(lines, i));

		strbuf_addf(&text, "%s\n", line ? line : "");
	}
	*to = (struct excerpt){
		.first = number_in(source, "first_line"),
		.nr = (unsigned int)json_array_size(lines),
		.text = strbuf_detach(&text, NULL),
	};
}

static void take_trace(struct finding *f, const json_t *json)
{
	const json_t *trace = json_object_get(json, "trace");
	size_t i;

	for (i = 0; i < json_array_size(trace); i++) {
		const json_t *step = json_array_get(trace, i);
		struct location loc = place_in(step);

		finding_step(f, &loc, "%s", text_in(step, "message"));
		take_source(&f->trace[f->nr_trace - 1].source, step);
	}
}

static char *copy_of(const json_t *json, const char *key)
{
	const char *text = json_string_in(json, key);

	return text ? xstrdup(text) : NULL;
}

/* A report that was merged says itself where it holds. */
static void add_holds(struct finding *f, const struct merging *m,
		      const json_t *json)
{
	const json_t *list = json_object_get(json, "holds_in");
	struct strbuf holds = STRBUF_INIT;
	size_t i;

	if (f->holds)
		strbuf_addf(&holds, "%s\n", f->holds);
	for (i = 0; i < json_array_size(list); i++) {
		const char *where = json_string_value(json_array_get(list, i));

		strbuf_addf(&holds, "%s%s", i ? "\n" : "", where ? where : "");
	}
	if (!json_array_size(list)) {
		const char *change = json_string_in(json, "change");

		strbuf_addf(&holds, "%s%s%s", m->label, change ? ": " : "",
			    change ? change : "");
	}
	free(f->holds);
	f->holds = strbuf_detach(&holds, NULL);
}

static int take_finding(struct merging *m, const json_t *json,
			struct findings *findings, struct intern_pool *known,
			enum level level)
{
	const char *print = json_string_in(json, "fingerprint");
	const char *id = json_string_in(json, "rule");
	const struct rule *rule = id ? rule_find(id) : NULL;
	struct location loc = place_in(json);
	uint32_t before = known->nr, nr;
	struct finding *f;
	char *key;

	if (!print || !id || !*loc.file)
		return not_whole(m, "a finding has no fingerprint, rule or file");
	if (!rule)
		return error("%s has a finding of the rule '%s', which this dmacheck does not have",
			     m->path, id);
	key = xstrfmt("%s %s", id, print);
	nr = intern(known, key);
	free(key);
	if (known->nr > before) {
		f = findings_add(findings, rule->id, level, &loc,
				 text_in(json, "module"),
				 text_in(json, "message"));
		f->fingerprint = xstrdup(print);
		f->fix = copy_of(json, "fix");
		f->fixable = json_is_true(json_object_get(json, "fixable"));
		take_source(&f->source, json);
		take_trace(f, json);
	}
	f = &findings->list[nr];
	if (level > f->level)
		f->level = level;
	add_holds(f, m, json);
	return 0;
}

static int take_findings(struct merging *m)
{
	const json_t *list = json_object_get(m->json, "findings");
	size_t i;
	int ret = 0;

	if (!json_is_array(list))
		return not_whole(m, "it has no findings");
	for (i = 0; i < json_array_size(list) && !ret; i++) {
		const json_t *json = json_array_get(list, i);
		enum level level;

		if (level_parse(text_in(json, "level"), &level))
			return not_whole(m, "a finding has no level");
		ret = take_finding(m, json, &m->merged->findings,
				   &m->merged->known[FOUND], level);
	}
	return ret;
}

/* Those that are hidden, with the reason. */
static int take_hidden(struct merging *m, const char *key,
		       struct suppressed *hidden, struct intern_pool *known)
{
	const json_t *list = json_object_get(m->json, key);
	size_t i;

	for (i = 0; i < json_array_size(list); i++) {
		const json_t *json = json_array_get(list, i);
		size_t before = hidden->findings.nr;

		if (take_finding(m, json, &hidden->findings, known,
				 LEVEL_ERROR))
			return -1;
		if (hidden->findings.nr == before)
			continue;
		ALLOC_GROW(hidden->reasons, before + 1, hidden->alloc_reasons);
		hidden->reasons[before] = xstrdup(text_in(json, "reason"));
	}
	return 0;
}

/* --- coverage --- */

static void take_gap(struct merging *m, const json_t *json)
{
	const char *kind = text_in(json, "kind");
	char *reason = xstrfmt("%s: %s", m->label, text_in(json, "reason"));

	coverage_miss(&m->merged->coverage,
		      !strcmp(kind, "partial") ? GAP_PARTIAL :
		      !strcmp(kind, "unread") || !strcmp(kind, "tool") ?
		      GAP_UNREAD : GAP_OTHERS,
		      text_in(json, "file"), reason);
	free(reason);
}

/* A gap in one report counts, even where another report has none. */
static int take_coverage(struct merging *m)
{
	struct coverage *all = &m->merged->coverage;
	const json_t *json = json_object_get(m->json, "coverage");
	const json_t *gaps = json_object_get(json, "not_analysed");
	const json_t *lost = json_object_get(json, "rules_missing");
	const char *verdict = json_string_in(json, "verdict");
	char *reason;
	size_t i;

	if (!json_is_array(gaps) || !verdict)
		return not_whole(m, "it does not say what was read");
	all->files_total += number_in(json, "files_total");
	all->files_considered += number_in(json, "files_considered");
	all->files_analysed += number_in(json, "files_analysed");
	for (i = 0; i < json_array_size(gaps); i++)
		take_gap(m, json_array_get(gaps, i));
	for (i = 0; i < json_array_size(lost); i++) {
		const char *id = json_string_value(json_array_get(lost, i));
		const struct rule *rule = id ? rule_find(id) : NULL;

		if (rule)
			coverage_lose_rule(all, rule->id);
	}
	if (!strcmp(verdict, "none") ||
	    (strcmp(verdict, "complete") &&
	     coverage_verdict(all) == VERDICT_COMPLETE)) {
		reason = xstrfmt("%s: not everything was read, as its report says",
				 m->label);
		coverage_miss(all, GAP_UNREAD, path_basename(m->path), reason);
		free(reason);
	}
	return 0;
}

/* --- reports --- */

/* "Linux 7.2.0 x86", and the file where that is not enough. */
static void name_report(struct merging *m, const char *version, const char *arch)
{
	struct intern_pool *labels = &m->merged->labels;

	m->label = xstrfmt("Linux %s %s", version, arch);
	if (intern_has(labels, m->label)) {
		free(m->label);
		m->label = xstrfmt("Linux %s %s (%s)", version, arch,
				   path_basename(m->path));
	}
	intern(labels, m->label);
}

/* A report that was merged has a list. */
static void add_each(struct intern_pool *pool, const char *list)
{
	const char *end;

	for (; *list; list = end + 2 * !!*end) {
		end = strstr(list, ", ");
		if (!end)
			end = list + strlen(list);
		intern_mem(pool, list, (size_t)(end - list));
	}
}

static int take_report(struct merging *m)
{
	const json_t *tree = json_object_get(m->json, "tree");
	struct merged *merged = m->merged;

	if (strcmp(text_in(json_object_get(m->json, "tool"), "name"),
		   "dmacheck"))
		return not_whole(m, "it is of another tool");
	if (number_in(m->json, "schema_version") != JSON_SCHEMA_VERSION)
		return error("%s is of a dmacheck that writes JSON in another way (schema_version is not %d)",
			     m->path, JSON_SCHEMA_VERSION);
	if (json_object_get(m->json, "baseline"))
		warning("%s was made with --baseline: what was known is not in it",
			m->path);
	add_each(&merged->versions, text_in(tree, "version"));
	add_each(&merged->archs, text_in(tree, "arch"));
	name_report(m, text_in(tree, "version"), text_in(tree, "arch"));
	return take_coverage(m) || take_findings(m) ||
		take_hidden(m, "suppressed", &merged->suppressed,
			    &merged->known[SUPPRESSED]) ||
		take_hidden(m, "hidden_by_tree", &merged->left_out,
			    &merged->known[LEFT_OUT]) ? -1 : 0;
}

static int by_place(const void *va, const void *vb)
{
	const struct finding *a = va, *b = vb;
	int ret = strcmp(a->loc.file, b->loc.file);

	if (!ret && a->loc.line != b->loc.line)
		ret = a->loc.line < b->loc.line ? -1 : 1;
	if (!ret && a->loc.column != b->loc.column)
		ret = a->loc.column < b->loc.column ? -1 : 1;
	if (!ret)
		ret = strcmp(a->rule, b->rule);
	return ret ? ret : strcmp(a->fingerprint, b->fingerprint);
}

/* "x86, arm64" */
static char *join(const struct intern_pool *pool)
{
	struct strbuf all = STRBUF_INIT;
	uint32_t i;

	for (i = 0; i < pool->nr; i++)
		strbuf_addf(&all, "%s%s", i ? ", " : "", intern_str(pool, i));
	return strbuf_detach(&all, NULL);
}

int merge_reports(struct merged *merged, const char *const *paths, size_t nr)
{
	struct findings *findings = &merged->findings;
	size_t i;
	int ret = 0;

	for (i = 0; i < nr; i++) {
		struct merging m = { .merged = merged, .path = paths[i] };

		/* All that is wrong is said, not only the first. */
		m.json = json_read(paths[i], "the report", NULL);
		if (!m.json || take_report(&m))
			ret = -1;
		json_decref(m.json);
		free(m.label);
	}
	if (findings->nr)
		qsort(findings->list, findings->nr, sizeof(*findings->list),
		      by_place);
	merged->tree.version = join(&merged->versions);
	merged->tree.arch = join(&merged->archs);
	return ret;
}

void merged_release(struct merged *merged)
{
	size_t i;

	findings_release(&merged->findings);
	suppressed_release(&merged->suppressed);
	suppressed_release(&merged->left_out);
	coverage_release(&merged->coverage);
	for (i = 0; i < ARRAY_SIZE(merged->known); i++)
		intern_release(&merged->known[i]);
	intern_release(&merged->labels);
	intern_release(&merged->versions);
	intern_release(&merged->archs);
	free(merged->tree.version);
	free(merged->tree.arch);
}
