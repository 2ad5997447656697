/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H
#include "lib/compat.h"
/*
 * Tables at the end of a run, for people; on stderr, as the summary.
 */
struct flow;
struct report;

/* Findings by rule and subsystem: how many, fixable, known from the baseline. */
void table_of_findings(const struct report *report);

/*
 * Mappings of user memory by subsystem, in the files below `paths` (none: all):
 * with DMA_ATTR_REQUIRE_COHERENT, without, and those that may bounce.
 */
void table_of_mappings(const struct report *report, struct flow *flow,
		       const char *const *paths, size_t nr_paths);

#endif
