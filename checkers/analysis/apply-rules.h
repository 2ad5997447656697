/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_APPLY_RULES_H
#define ANALYSIS_APPLY_RULES_H
#include "lib/compat.h"
#include "rules/rule.h"

struct analysis;

/*
 * Choose run->rules: those that the request names, else all but those that
 * have to be named, as far as the chosen engines can check them.
 */
void choose_rules(struct analysis *run);

/* Whether a rule that runs, or fixing, needs that. */
bool any_rule_needs(const struct analysis *run, enum rule_needs needs);

/* Read the names of attributes in the tree's text, if a rule needs them. */
void read_names(struct analysis *run);

/*
 * Have each rule check what was read (check-rules.c). They run in processes of
 * their own, several at once if the request has the jobs: a rule that crashes
 * costs its own findings, and the coverage says so. The findings are not in
 * order yet.
 */
void check_rules(struct analysis *run);

/*
 * Bring the findings in order, drop what was not asked for, and move what
 * comments in the source hide to run->result.suppressed.
 */
void finish_findings(struct analysis *run);

/* What the rules get to read; the strings and lists are the run's. */
struct rule_run rule_run_of(struct analysis *run);

/*
 * Add the files where a change can make a difference: what rules read because
 * of it, and what includes a header of it.
 */
void find_scanned(const struct analysis *run, struct intern_pool *scanned);

#endif
