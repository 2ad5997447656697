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
		kind, xstrdup(file), xstrdup(reason), false
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
		if (coverage->gaps[i].kind != GAP_OTHERS &&
		    path_below(file, coverage->gaps[i].file))
			return false;
	return true;
}

void coverage_limit(struct coverage *coverage, const char *const *paths,
		    size_t nr)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++) {
		struct gap *gap = &coverage->gaps[i];

		gap->outside = strcmp(gap->file, ".") &&
			!path_below_any(gap->file, paths, nr);
	}
}

size_t coverage_nr_unread(const struct coverage *coverage)
{
	const char *last = "";
	size_t i, nr = 0;

	for (i = 0; i < coverage->nr_gaps; i++) {
		const struct gap *gap = &coverage->gaps[i];

		if (gap->kind != GAP_UNREAD || gap->outside ||
		    !strcmp(gap->file, ".") || !strcmp(gap->file, last))
			continue;
		last = gap->file;
		nr++;
	}
	return nr;
}

enum coverage_verdict coverage_verdict(const struct coverage *coverage)
{
	size_t unread = coverage_nr_unread(coverage);

	if (unread && !coverage->files_analysed)
		return VERDICT_NONE;
	return unread || coverage->unseen.nr || coverage->nr_lost ?
		VERDICT_PARTIAL : VERDICT_COMPLETE;
}

static int gaps_by_file(const void *va, const void *vb)
{
	const struct gap *b = vb;

	return compare_gap(va, b->file, b->reason);
}

void coverage_rewrite(struct coverage *coverage,
		      char *(*rewrite)(const void *data, const char *text),
		      const void *data)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++) {
		struct gap old = coverage->gaps[i];

		coverage->gaps[i].file = rewrite(data, old.file);
		coverage->gaps[i].reason = rewrite(data, old.reason);
		free(old.file);
		free(old.reason);
	}
	for (i = 0; i < coverage->unseen.nr; i++) {
		char *old = coverage->unseen.v[i];

		coverage->unseen.v[i] = rewrite(data, old);
		free(old);
	}
	if (coverage->nr_gaps)
		qsort(coverage->gaps, coverage->nr_gaps,
		      sizeof(*coverage->gaps), gaps_by_file);
}

void coverage_release(struct coverage *coverage)
{
	size_t i;

	for (i = 0; i < coverage->nr_gaps; i++) {
		free(coverage->gaps[i].file);
		free(coverage->gaps[i].reason);
	}
	free(coverage->gaps);
	free(coverage->lost_rules);
	strvec_release(&coverage->unseen);
	*coverage = (struct coverage)COVERAGE_INIT;
}
