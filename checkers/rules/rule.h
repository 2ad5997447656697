/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_RULE_H
#define RULES_RULE_H
#include "lib/compat.h"
#include "rules/finding.h"
/*
 * A rule is one file in rules/ and one line in rules/rules.def. The file
 * exports one object, a struct rule; `dmacheck rules`, `dmacheck explain` and
 * the tests read it from there.
 */
struct flow;
struct tree;
struct policy;

/* What a rule gets to read, and where its findings go. */
struct rule_run {
	const struct tree *tree;
	const struct policy *policy;
	struct flow *flow;
	struct findings *findings;
};

struct rule {
	const char *id;		/* "missing-require-coherent" */
	enum level level;	/* of its findings, where policy says no other */
	const char *summary;	/* one line, no full stop */
	/*
	 * For `dmacheck explain`: what is wrong, when it may be right, what
	 * to do, and the kernel document or commit that says so. Plain text,
	 * wrapped at 76 columns, paragraphs separated by an empty line.
	 */
	const char *explanation;
	/*
	 * Attribute without which the rule has nothing to look for; a tree
	 * that lacks it is said to, once. NULL if it needs none.
	 */
	const char *needs_attr;
	void (*check)(struct rule_run *run);
};

/* All rules, in the order of rules.def; *nr is their number. */
const struct rule *const *rules_all(size_t *nr);

/* The rule with that id, or NULL. */
const struct rule *rule_find(const char *id);

#endif
