/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_MERGE_REPORTS_H
#define REPORT_MERGE_REPORTS_H
#include "lib/compat.h"
#include "findings/coverage.h"
#include "findings/finding.h"
#include "findings/suppressed.h"
#include "lib/intern.h"
#include "tree/tree.h"

/*
 * Several reports in JSON as one: of other architectures, configurations, parts or
 * commits. Findings with one fingerprint are one, and finding.holds says in which
 * reports it is.
 */
struct merged {
	struct tree tree;		/* only its version and arch */
	struct findings findings;
	struct suppressed suppressed, left_out;
	struct coverage coverage;	/* the sums; gaps with their report */
	struct intern_pool known[3];	/* "RULE FINGERPRINT", by number in each list */
	struct intern_pool labels;	/* of the reports */
	struct intern_pool versions, archs;
};
#define MERGED_INIT { .tree = TREE_INIT, .findings = FINDINGS_INIT, \
	.suppressed = SUPPRESSED_INIT, .left_out = SUPPRESSED_INIT, \
	.coverage = COVERAGE_INIT }

/*
 * Read the `nr` files and merge them. 0, or -1 after an error() if one of them is no
 * report, or not whole. Release it in both cases.
 */
int merge_reports(struct merged *merged, const char *const *paths, size_t nr);

void merged_release(struct merged *merged);

#endif
