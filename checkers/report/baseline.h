/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_BASELINE_H
#define REPORT_BASELINE_H
#include "lib/compat.h"
#include "findings/finding.h"
/*
 * What is known already: the findings of an earlier report (--format json),
 * told by their fingerprints. A run then shows only what is new.
 */
struct report;
struct baseline;

/*
 * Read the report in the file `path`. NULL after an error() that says what is
 * wrong with it. One that does not exist is as good as one without findings
 * if it `may_be_absent`. The caller frees it with baseline_free().
 */
struct baseline *baseline_read(const char *path, bool may_be_absent);

void baseline_free(struct baseline *baseline);

/* What a run was asked for. */
struct baseline_scope {
	const char *const *rules;	/* ids of those that it reports */
	size_t nr_rules;
	const char *const *paths;	/* relative to the root; 0: all */
	size_t nr_paths;
};

/*
 * Compare with what was found, `report->findings` of all levels. What is in
 * the baseline and was not found is gone if the run could have found it: it
 * was asked for, and by `report->coverage` its rule has run, and its file and
 * those of its trace were read. A note() says so if the baseline was made for
 * another tree.
 */
void baseline_compare(struct baseline *baseline, const struct report *report,
		      const struct baseline_scope *scope);

/* --- after that --- */

bool baseline_has(const struct baseline *baseline, const struct finding *f);

/* Findings that the report would show if it had no baseline; those gone. */
size_t baseline_known(const struct baseline *baseline);
size_t baseline_gone(const struct baseline *baseline);

/* Say how many these are on stderr; with -v also which are gone. */
void baseline_summary(const struct baseline *baseline);

/*
 * Put the whole report (in JSON; also what the baseline has) into the file
 * that the baseline was read from, and with it what the baseline has, the
 * report does not show, and is not gone. 0; or -1 after an error(), and the
 * file is as it was.
 */
int baseline_update(const struct baseline *baseline,
		    const struct report *report);

#endif
