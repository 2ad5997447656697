/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_APPLY_RULES_H
#define ANALYSIS_APPLY_RULES_H
#include "lib/compat.h"

struct analysis;

/*
 * Choose run->rules: those that the request names, else all but those that
 * have to be named, as far as its engines can serve them.
 */
void choose_rules(struct analysis *run);

/* Read the names of attributes in the tree's text, if a rule needs them. */
void read_names(struct analysis *run);

/* Have each rule check what was read; the findings are not in order yet. */
void check_rules(struct analysis *run);

/*
 * Bring the findings in order, drop what was not asked for, and move what
 * comments in the source hide to run->result.suppressed.
 */
void finish_findings(struct analysis *run);

#endif
