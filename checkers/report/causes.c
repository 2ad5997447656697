// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings that have one cause: from the findings of a report, for the formats
 * and the summary.
 */
#include "report/causes.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "report/formats.h"

/* Findings with an equal string have one cause. */
static char *same_call(const struct finding *f)
{
	return xstrfmt("%s\n%u\n%u\n%s", f->loc.file, f->loc.line,
		       f->loc.column, f->change ? f->change : "");
}

static char *same_mistake(const struct finding *f)
{
	const struct location *from = f->nr_trace > 1 ? &f->trace[0].loc : NULL;

	return xstrfmt("%s\n%s\n%s\n%s\n%s\n%u\n%u\n%s", f->rule, f->module,
		       f->loc.file, f->message, from ? from->file : "",
		       from ? from->line : 0, from ? from->column : 0,
		       f->change ? f->change : "");
}

static size_t find_leader(const size_t *leader, size_t i)
{
	while (leader[i] != i)
		i = leader[i];
	return i;
}

/* What leads `a` and what leads `b` are one now. */
static void unite(size_t *leader, const struct report *report, size_t a,
		  size_t b)
{
	const struct finding *list = report->findings->list;
	size_t first, second;

	a = find_leader(leader, a);
	b = find_leader(leader, b);
	first = a < b ? a : b;
	second = a < b ? b : a;
	if (list[second].level > list[first].level)
		leader[first] = second;
	else
		leader[second] = first;
}

/* `first` has, for each string of `pool`, the finding that it came from. */
static void join_by(struct causes *causes, const struct report *report,
		    char *(*key)(const struct finding *f))
{
	struct intern_pool pool = INTERN_POOL_INIT;
	size_t *first = xcalloc(report->findings->nr, sizeof(*first)), i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		uint32_t known = pool.nr, id;
		char *text;

		if (!report_shows(report, f))
			continue;
		text = key(f);
		id = intern(&pool, text);
		free(text);
		if (id == known)
			first[id] = i;
		else
			unite(causes->leader, report, first[id], i);
	}
	intern_release(&pool);
	free(first);
}

void causes_find(struct causes *causes, const struct report *report)
{
	size_t i;

	causes->nr = 0;
	causes->leader = xcalloc(report->findings->nr + 1,
				 sizeof(*causes->leader));
	for (i = 0; i < report->findings->nr; i++)
		causes->leader[i] = i;
	join_by(causes, report, same_call);
	join_by(causes, report, same_mistake);
	for (i = 0; i < report->findings->nr; i++) {
		causes->leader[i] = find_leader(causes->leader, i);
		causes->nr += causes->leader[i] == i &&
			report_shows(report, &report->findings->list[i]);
	}
}

void causes_release(struct causes *causes)
{
	free(causes->leader);
	causes->leader = NULL;
}
