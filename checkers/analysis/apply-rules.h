/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_APPLY_RULES_H
#define ANALYSIS_APPLY_RULES_H
#include "lib/compat.h"
#include "rules/rule.h"

struct analysis;

/*
 * Choose run->rules: those that the request names, else all except the opt-in
 * ones. Rules that the chosen engines cannot check are left out.
 */
void choose_rules(struct analysis *run);

/* Whether a rule that runs, or fixing, has that need. */
bool any_rule_needs(const struct analysis *run, enum rule_needs needs);

/* Read the names of attributes in the tree's text, if a rule needs them. */
void read_names(struct analysis *run);

/*
 * Run each rule on the program (check-rules.c). They run in child processes, as
 * many at once as the request has jobs: a rule that crashes costs its own
 * findings, and the coverage names it. The findings are not sorted yet.
 */
void check_rules(struct analysis *run);

/*
 * Sort the findings, drop those of rules that were not asked for, and move those
 * that comments in the source hide to run->result.suppressed.
 */
void finish_findings(struct analysis *run);

/* The input of the rules; the run owns its strings and lists. */
struct rule_run rule_run_of(struct analysis *run);

/*
 * Add the files whose findings a change can affect: those that rules read
 * because of it, and those that include a header that it touches.
 */
void find_scanned(const struct analysis *run, struct intern_pool *scanned);

#endif
