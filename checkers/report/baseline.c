// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads an earlier JSON report, and leaves out the findings that are in it; for
 * --baseline.
 */
#include "report/baseline.h"

#include <errno.h>
#include <sys/stat.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"
#include "report/formats.h"
#include "report/json.h"
#include "report/json-read.h"
#include "tree/tree.h"

struct entry {
	const char *fingerprint, *rule, *file;
	json_t *json;		/* the finding; the baseline's */
	bool found;		/* is still there, of whatever level */
	bool shown;		/* in a report without a baseline */
	bool gone;
};

struct baseline {
	char *path;
	json_t *json;		/* NULL: there was no file */
	struct entry *list;	/* ordered by fingerprint */
	size_t nr;
	size_t known, gone;
};

/* --- reading it --- */

static int by_fingerprint(const void *va, const void *vb)
{
	const struct entry *a = va, *b = vb;

	return strcmp(a->fingerprint, b->fingerprint);
}

static int take_findings(struct baseline *b)
{
	json_t *findings = json_object_get(b->json, "findings");
	const char *tool = json_string_in(json_object_get(b->json, "tool"), "name");
	size_t i;

	if (!tool || strcmp(tool, "dmacheck") || !json_is_array(findings))
		return error("the baseline %s is not a report of dmacheck in JSON (check --format json)",
			     b->path);
	b->nr = json_array_size(findings);
	b->list = xcalloc(b->nr, sizeof(*b->list));
	for (i = 0; i < b->nr; i++) {
		json_t *f = json_array_get(findings, i);
		struct entry *e = &b->list[i];

		*e = (struct entry){
			.fingerprint = json_string_in(f, "fingerprint"),
			.rule = json_string_in(f, "rule"),
			.file = json_string_in(f, "file"),
			.json = f,
		};
		if (!e->fingerprint || !e->rule || !e->file)
			return error("the baseline %s is not a report of dmacheck: its finding %zu has no %s",
				     b->path, i + 1, !e->fingerprint ?
				     "fingerprint" : !e->rule ? "rule" :
				     "file");
	}
	if (b->nr)
		qsort(b->list, b->nr, sizeof(*b->list), by_fingerprint);
	return 0;
}

struct baseline *baseline_read(const char *path, bool may_be_absent)
{
	struct baseline *b = xcalloc(1, sizeof(*b));
	bool absent = false;

	b->path = xstrdup(path);
	b->json = json_read(path, "the baseline", may_be_absent ? &absent : NULL);
	if (absent || (b->json && !take_findings(b)))
		return b;
	baseline_free(b);
	return NULL;
}

void baseline_free(struct baseline *b)
{
	if (!b)
		return;
	json_decref(b->json);
	free(b->list);
	free(b->path);
	free(b);
}

/* --- comparing --- */

/* The first of those with that fingerprint, or NULL. */
static struct entry *find(const struct baseline *b, const char *fingerprint)
{
	size_t low = 0, high = b->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(b->list[middle].fingerprint, fingerprint) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < b->nr && !strcmp(b->list[low].fingerprint, fingerprint))
		return &b->list[low];
	return NULL;
}

bool baseline_has(const struct baseline *b, const struct finding *f)
{
	return find(b, f->fingerprint) != NULL;
}

static void mark_found(struct baseline *b, const struct report *report)
{
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		struct entry *e = find(b, f->fingerprint);

		if (!e)
			continue;
		b->known += f->level >= report->level;
		for (; e < b->list + b->nr &&
		       !strcmp(e->fingerprint, f->fingerprint); e++) {
			e->found = true;
			e->shown = f->level >= report->level;
		}
	}
}

static bool is_listed(const char *id, const struct baseline_scope *scope)
{
	size_t i;

	for (i = 0; i < scope->nr_rules; i++)
		if (!strcmp(scope->rules[i], id))
			return true;
	return false;
}

static bool could_be_found(const struct entry *e,
			   const struct coverage *coverage,
			   const struct baseline_scope *scope)
{
	const json_t *trace = json_object_get(e->json, "trace");
	size_t i;

	if (!is_listed(e->rule, scope) ||
	    !path_below_any(e->file, scope->paths, scope->nr_paths) ||
	    !coverage_is_whole(coverage, e->rule, e->file))
		return false;
	for (i = 0; i < json_array_size(trace); i++) {
		const char *file = json_string_in(json_array_get(trace, i), "file");

		if (file && !coverage_is_whole(coverage, e->rule, file))
			return false;
	}
	return true;
}

/* Text of a file that anybody may have written, for a line of ours. */
static char *printable(const char *text)
{
	char *copy, *p;

	if (!text)
		text = "?";
	copy = xstrndup(text, strnlen(text, 200));
	for (p = copy; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = '?';
	return copy;
}

static void compare_trees(const struct baseline *b, const struct tree *tree)
{
	const json_t *object = json_object_get(b->json, "tree");
	const char *version = json_string_in(object, "version");
	const char *arch = json_string_in(object, "arch");
	char *for_version, *for_arch;

	if (!b->json || (version && arch && !strcmp(version, tree->version) &&
			 !strcmp(arch, tree->arch)))
		return;
	for_version = printable(version);
	for_arch = printable(arch);
	note("the baseline %s was made for Linux %s (%s), this is %s (%s)",
	     b->path, for_version, for_arch, tree->version, tree->arch);
	free(for_version);
	free(for_arch);
}

void baseline_compare(struct baseline *b, const struct report *report,
		      const struct baseline_scope *scope)
{
	size_t i;

	compare_trees(b, report->tree);
	mark_found(b, report);
	for (i = 0; i < b->nr; i++) {
		struct entry *e = &b->list[i];

		e->gone = !e->found && could_be_found(e, report->coverage, scope);
		b->gone += e->gone;
	}
}

size_t baseline_known(const struct baseline *b)
{
	return b->known;
}

size_t baseline_gone(const struct baseline *b)
{
	return b->gone;
}

void baseline_summary(const struct baseline *b)
{
	size_t i;

	note("baseline: %zu known, %zu gone%s", b->known, b->gone,
	     b->gone && diag_verbosity <= 0 ? " (-v names each)" : "");
	for (i = 0; diag_verbosity > 0 && i < b->nr; i++) {
		const struct entry *e = &b->list[i];
		char *file = printable(e->file), *rule = printable(e->rule);
		char *message = printable(json_string_in(e->json, "message"));

		if (e->gone)
			verbose("gone: %s: %s [%s]", file, message, rule);
		free(file);
		free(rule);
		free(message);
	}
}

/* --- writing it --- */

static json_int_t number_in(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* As findings_finish() orders them. */
static int by_place(const void *va, const void *vb)
{
	const json_t *a = *(json_t *const *)va, *b = *(json_t *const *)vb;
	const char *file_a = json_string_in(a, "file"), *rule_a = json_string_in(a, "rule");
	const char *file_b = json_string_in(b, "file"), *rule_b = json_string_in(b, "rule");
	int ret = strcmp(file_a ? file_a : "", file_b ? file_b : "");
	json_int_t delta = 0;

	if (!ret)
		delta = number_in(a, "line") - number_in(b, "line");
	if (!ret && !delta)
		delta = number_in(a, "column") - number_in(b, "column");
	if (!ret && delta)
		ret = delta < 0 ? -1 : 1;
	return ret ? ret : strcmp(rule_a ? rule_a : "", rule_b ? rule_b : "");
}

/* The report's findings, and those of the baseline that are to stay. */
static json_t *all_findings(const struct baseline *b, json_t *report)
{
	json_t *old = json_object_get(report, "findings");
	json_t *new = json_array(), **list;
	size_t i, nr = 0;

	list = xcalloc(json_array_size(old) + b->nr, sizeof(json_t *));
	for (i = 0; i < json_array_size(old); i++)
		list[nr++] = json_array_get(old, i);
	for (i = 0; i < b->nr; i++)
		if (!b->list[i].shown && !b->list[i].gone)
			list[nr++] = b->list[i].json;
	if (nr)
		qsort(list, nr, sizeof(json_t *), by_place);
	for (i = 0; i < nr; i++)
		if (json_array_append(new, list[i]))
			die("out of memory");
	free(list);
	return new;
}

int baseline_update(const struct baseline *b, const struct report *report)
{
	struct report whole = *report;
	struct newfile file;
	json_t *json, *findings;
	size_t kept, nr;

	whole.baseline = NULL;
	json = json_report(&whole, false);
	nr = json_array_size(json_object_get(json, "findings"));
	findings = all_findings(b, json);
	kept = json_array_size(findings) - nr;
	if (json_object_set_new(json, "findings", findings))
		die("out of memory");
	if (newfile_open(&file, b->path)) {
		json_decref(json);
		return -1;
	}
	if (json_write(json, file.stream)) {
		error_errno("cannot write %s", b->path);
		newfile_cancel(&file);
		return -1;
	}
	if (newfile_commit(&file))
		return -1;
	note("baseline: %zu finding%s written to %s, %zu more left in it",
	     nr, nr == 1 ? "" : "s", b->path, kept);
	return 0;
}
