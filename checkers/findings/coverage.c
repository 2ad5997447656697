// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record of what a run has not read. Files are added by the stage that
 * failed to read them, rules by analysis/; report/ prints it.
 */
#include "findings/coverage.h"

#include "lib/alloc.h"
#include "lib/path.h"

static int compare_gap(const struct gap *gap, const char *file,
		       const char *reason)
{
	int ret = strcmp(gap->file, file);

	return ret ? ret : strcmp(gap->reason, reason);
}

void coverage_miss(struct coverage *coverage, enum gap_kind kind,
		   const char *file, const char *reason)
{
	size_t i = coverage->nr_gaps;
	int order = -1;

	while (i > 0) {
		order = compare_gap(&coverage->gaps[i - 1], file, reason);
		if (order <= 0)
			break;
		i--;
	}
	if (i > 0 && !order)
		return;
	ALLOC_GROW(coverage->gaps, coverage->nr_gaps + 1,
		   coverage->alloc_gaps);
	memmove(coverage->gaps + i + 1, coverage->gaps + i,
		(coverage->nr_gaps - i) * sizeof(*coverage->gaps));
	coverage->nr_gaps++;
	coverage->gaps[i] = (struct gap){
		kind, xstrdup(file), xstrdup(reason)
	};
}

static bool is_lost(const struct coverage *coverage, const char *id)
{
	size_t i;

	for (i = 0; i < coverage->nr_lost; i++)
		if (!strcmp(coverage->lost_rules[i], id))
			return true;
	return false;
}

void coverage_lose_rule(struct coverage *coverage, const char *id)
{
	if (is_lost(coverage, id))
		return;
	ALLOC_GROW(coverage->lost_rules, coverage->nr_lost + 1,
		   coverage->alloc_lost);
	coverage->lost_rules[coverage->nr_lost++] = id;
}

void coverage_crash(struct coverage *coverage, const char *what, int sig)
{
	char *reason = xstrfmt("%s crashed with signal %d (%s): its findings are missing; please report this",
			       what, sig, strsignal(sig));

	coverage_miss(coverage, GAP_UNREAD, ".", reason);
	coverage->nr_crashes++;
	free(reason);
}

/* A gap may also be a folder. */
bool coverage_is_whole(const struct coverage *coverage, const char *rule,
		       const char *file)
{
	size_t i;

	if (is_lost(coverage, rule))
		return false;
	for (i = 0; i < coverage->nr_gaps; i++)
		if (coverage->gaps[i].kind != GAP_NEIGHBOUR &&
		    path_below(file, coverage->gaps[i].file))
			return false;
	return true;
}

static void release_gaps(struct gap *gaps, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		free(gaps[i].file);
		free(gaps[i].reason);
	}
	free(gaps);
}

void coverage_rewrite(struct coverage *coverage,
		      char *(*rewrite)(const void *data, const char *text),
		      const void *data)
{
	struct gap *gaps = coverage->gaps;
	size_t i, nr = coverage->nr_gaps;

	coverage->gaps = NULL;
	coverage->nr_gaps = coverage->alloc_gaps = 0;
	for (i = 0; i < nr; i++) {
		char *file = rewrite(data, gaps[i].file);
		char *reason = rewrite(data, gaps[i].reason);

		/* In order again. */
		coverage_miss(coverage, gaps[i].kind, file, reason);
		free(file);
		free(reason);
	}
	release_gaps(gaps, nr);
}

void coverage_release(struct coverage *coverage)
{
	release_gaps(coverage->gaps, coverage->nr_gaps);
	free(coverage->lost_rules);
	*coverage = (struct coverage)COVERAGE_INIT;
}
