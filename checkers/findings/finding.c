// SPDX-License-Identifier: GPL-2.0-only
/*
 * A list of findings: adds them, sorts them, and gives each its fingerprint; for
 * rules, reports and baselines.
 */
#include "findings/finding.h"

#include <inttypes.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/diag.h"
#include "lib/intern.h"

static const char *const level_names[] = {
	[LEVEL_NOTE]	= "note",
	[LEVEL_WARNING]	= "warning",
	[LEVEL_ERROR]	= "error",
};

const char *level_name(enum level level)
{
	return level_names[level];
}

int level_parse(const char *name, enum level *level)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(level_names); i++) {
		if (strcmp(level_names[i], name))
			continue;
		*level = (enum level)i;
		return 0;
	}
	return -1;
}

static struct location location_copy(const struct location *loc)
{
	return (struct location){
		.file = xstrdup(loc->file),
		.line = loc->line,
		.column = loc->column,
		.function = loc->function ? xstrdup(loc->function) : NULL,
	};
}

static void location_release(struct location *loc)
{
	free(loc->file);
	free(loc->function);
}

struct finding *findings_add(struct findings *findings, const char *rule,
			     enum level level, const struct location *loc,
			     const char *module, const char *message)
{
	struct finding *f;

	ALLOC_GROW(findings->list, findings->nr + 1, findings->alloc);
	f = &findings->list[findings->nr++];
	*f = (struct finding){
		.rule = rule,
		.level = level,
		.loc = location_copy(loc),
		.module = xstrdup(module),
		.message = xstrdup(message),
	};
	return f;
}

static char *copy_or_null(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

void finding_add_step(struct finding *finding, const struct trace_step *step)
{
	ALLOC_GROW(finding->trace, finding->nr_trace + 1, finding->alloc_trace);
	finding->trace[finding->nr_trace++] = (struct trace_step){
		.loc = location_copy(&step->loc),
		.move = {
			.kind = step->move.kind,
			.module = copy_or_null(step->move.module),
			.callee = copy_or_null(step->move.callee),
			.from = copy_or_null(step->move.from),
			.to = copy_or_null(step->move.to),
		},
		.message = xstrdup(step->message),
	};
}

void finding_step(struct finding *finding, const struct location *loc,
		  const char *fmt, ...)
{
	struct trace_step step = { .loc = *loc };
	va_list args;

	va_start(args, fmt);
	step.message = xvstrfmt(fmt, args);
	va_end(args);
	finding_add_step(finding, &step);
	free(step.message);
}

void trace_step_release(struct trace_step *step)
{
	location_release(&step->loc);
	free(step->move.module);
	free(step->move.callee);
	free(step->move.from);
	free(step->move.to);
	free(step->source.text);
	free(step->message);
}

static void finding_release(struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_trace; i++)
		trace_step_release(&f->trace[i]);
	free(f->trace);
	location_release(&f->loc);
	free(f->module);
	free(f->message);
	free(f->fingerprint);
	free(f->source.text);
	free(f->change);
	free(f->holds);
	free(f->fix);
	free(f->no_fix);
}

static int compare_number(unsigned int a, unsigned int b)
{
	return (a > b) - (a < b);
}

/* Two findings are one if this is 0. */
static int compare_place(const struct finding *a, const struct finding *b)
{
	int ret = strcmp(a->loc.file, b->loc.file);

	if (!ret)
		ret = compare_number(a->loc.line, b->loc.line);
	if (!ret)
		ret = compare_number(a->loc.column, b->loc.column);
	if (!ret)
		ret = strcmp(a->rule, b->rule);
	return ret;
}

/* Of two that are equal in all else the worse one first: that one stays. */
static int compare(const void *va, const void *vb)
{
	const struct finding *a = va, *b = vb;
	int ret = compare_place(a, b);

	if (!ret)
		ret = strcmp(a->module, b->module);
	if (!ret)
		ret = (int)b->level - (int)a->level;
	if (!ret)
		ret = strcmp(a->message, b->message);
	return ret ? ret : compare_number((unsigned int)a->nr_trace,
					  (unsigned int)b->nr_trace);
}

/* Whether `module` stands in the list "a, b". */
static bool in_list(const char *list, const char *module)
{
	size_t len = strlen(module);
	const char *end;

	for (;; list = end + 2) {
		end = strchrnul(list, ',');
		if ((size_t)(end - list) == len && !memcmp(list, module, len))
			return true;
		if (!*end)
			return false;
	}
}

/* `from` goes into `to`, which stands at the same place. */
static void join(struct finding *to, struct finding *from)
{
	char *modules;

	if (!to->module[0])
		modules = xstrdup(from->module);
	else if (in_list(to->module, from->module))
		modules = xstrdup(to->module);
	else
		modules = xstrfmt("%s, %s", to->module, from->module);
	if (from->level > to->level) {
		struct finding worse = *from;

		*from = *to;
		*to = worse;
	}
	free(to->module);
	to->module = modules;
	finding_release(from);
}

static void replace(char **text,
		    char *(*rewrite)(const void *data, const char *text),
		    const void *data)
{
	char *new = rewrite(data, *text);

	free(*text);
	*text = new;
}

/* The `nth` finding that is equal in all but its line, from 0. */
static uint64_t hash_finding(const struct findings *findings,
			     const struct finding *f, unsigned int nth)
{
	char *text = xstrfmt("%s\n%s\n%s\n%s\n%u", f->rule, f->loc.file,
			     f->loc.function ? f->loc.function : "",
			     f->message, nth);
	uint64_t hash;

	if (findings->shown)
		replace(&text, findings->shown, findings->data);
	hash = XXH64(text, strlen(text), 0);
	free(text);
	return hash;
}

/* Of the findings that are equal in all but their line, each gets a number. */
static void set_fingerprints(struct findings *findings)
{
	unsigned int *numbers = xcalloc(findings->nr, sizeof(*numbers));
	struct intern_pool kinds = INTERN_POOL_INIT;
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		struct finding *f = &findings->list[i];
		char *kind = xstrfmt("%s\n%s\n%s\n%s", f->loc.file, f->rule,
				     f->loc.function ? f->loc.function : "",
				     f->message);
		unsigned int nth = numbers[intern(&kinds, kind)]++;

		free(kind);
		if (!f->fingerprint)
			f->fingerprint = xstrfmt("%016" PRIx64,
						 hash_finding(findings, f, nth));
	}
	intern_release(&kinds);
	free(numbers);
}

void findings_finish(struct findings *findings)
{
	size_t i, nr = 0;

	if (!findings->nr)
		return;
	qsort(findings->list, findings->nr, sizeof(*findings->list), compare);
	for (i = 0; i < findings->nr; i++) {
		struct finding *f = &findings->list[i];

		if (nr && !compare_place(&findings->list[nr - 1], f))
			join(&findings->list[nr - 1], f);
		else
			findings->list[nr++] = *f;
	}
	findings->nr = nr;
	set_fingerprints(findings);
}

void findings_move(struct findings *to, struct findings *from)
{
	if (from->nr) {
		ALLOC_GROW(to->list, to->nr + from->nr, to->alloc);
		memcpy(to->list + to->nr, from->list,
		       from->nr * sizeof(*from->list));
		to->nr += from->nr;
	}
	from->nr = 0;
	findings_release(from);
}

void findings_rename_file(struct findings *findings, const char *from,
			  const char *to)
{
	bool any = false;
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		struct location *loc = &findings->list[i].loc;

		if (strcmp(loc->file, from))
			continue;
		free(loc->file);
		loc->file = xstrdup(to);
		any = true;
	}
	if (!any)
		return;
	for (i = 0; i < findings->nr; i++) {
		free(findings->list[i].fingerprint);
		findings->list[i].fingerprint = NULL;
	}
	set_fingerprints(findings);
}

struct below {
	const char *const *paths;
	size_t nr;
};

static bool is_below(const struct finding *finding, void *data)
{
	const struct below *below = data;

	return path_below_any(finding->loc.file, below->paths, below->nr);
}

void findings_keep_below(struct findings *findings, const char *const *paths,
			 size_t nr)
{
	struct below below = { paths, nr };

	findings_keep(findings, is_below, &below);
}

void findings_keep(struct findings *findings,
		   bool (*wanted)(const struct finding *finding, void *data),
		   void *data)
{
	size_t i, kept = 0;

	for (i = 0; i < findings->nr; i++)
		if (wanted(&findings->list[i], data))
			findings->list[kept++] = findings->list[i];
		else
			finding_release(&findings->list[i]);
	findings->nr = kept;
}

void findings_release(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr; i++)
		finding_release(&findings->list[i]);
	free(findings->list);
	*findings = (struct findings)FINDINGS_INIT;
}

void findings_show(struct findings *findings)
{
	char *(*rewrite)(const void *data, const char *text) = findings->shown;
	const void *data = findings->data;
	size_t i, j;

	for (i = 0; rewrite && i < findings->nr; i++) {
		struct finding *f = &findings->list[i];

		replace(&f->loc.file, rewrite, data);
		replace(&f->message, rewrite, data);
		for (j = 0; j < f->nr_trace; j++) {
			replace(&f->trace[j].loc.file, rewrite, data);
			replace(&f->trace[j].message, rewrite, data);
		}
	}
}
