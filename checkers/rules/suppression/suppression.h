/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_SUPPRESSION_SUPPRESSION_H
#define RULES_SUPPRESSION_SUPPRESSION_H
#include "lib/compat.h"
#include "findings/suppressed.h"
/*
 * What the source itself says of findings: "dmacheck: RULE: reason" in a
 * comment (comments.h) hides the finding that it covers.
 */
struct rule_run;

/*
 * To be called once all other rules have run and their findings are finished:
 * moves those that a comment hides from run->findings to run->suppressed, and
 * adds what is wrong with the comments. run->findings are finished again. Of
 * `run` it reads the tree, the paths, the rules (those that ran), the program
 * and, where they are not NULL, names and sparse.
 */
void suppress_findings(struct rule_run *run);

#endif
