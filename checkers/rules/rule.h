/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_RULE_H
#define RULES_RULE_H
#include "lib/compat.h"

#include <stdarg.h>

#include "findings/finding.h"
/*
 * A rule is one file in rules/ and one line in rules/rules.def. The file
 * exports one object, a struct rule; `dmacheck rules`, `dmacheck explain` and
 * the tests read it from there.
 */
struct api;
struct attr_names;
struct flow;
struct intern_pool;
struct lifetimes;
struct source_tokens;
struct program;
struct sparse;
struct suppressed;
struct tree;
struct policy;

struct rule;

/* What a rule gets to read, and where its findings go. */
struct rule_run {
	const struct rule *rule;	/* the one that runs; not of NEEDS_FINDINGS */
	const struct tree *tree;
	const struct api *api;
	const struct policy *policy;
	struct flow *flow;	/* NEEDS_FLOW: where user memory goes */
	struct flow *calls;	/* NEEDS_CALLS: all calls of what it reads */
	const struct program *program;	/* NEEDS_CALLS: their facts */
	struct lifetimes *lifetimes;	/* rules/common/lives.h makes them */
	struct source_tokens *source;	/* rules/common/paths.h makes it */
	/* Which files of it are scanned for findings; NULL: all. */
	const struct intern_pool *scanned;
	const struct attr_names *names;	/* NEEDS_NAMES */
	const struct sparse *sparse;	/* NEEDS_SPARSE: what it says; or NULL */
	const char *const *paths;	/* NEEDS_TREE: only below these */
	size_t nr_paths;		/* 0: the whole tree */
	unsigned int jobs;
	const struct rule *const *rules;	/* those that run */
	size_t nr_rules;
	/*
	 * One file is all that was read. Report only what other files cannot
	 * make right.
	 */
	bool alone;
	struct findings *findings;
	struct suppressed *suppressed;	/* NEEDS_FINDINGS: what is hidden */
};

/* What has to be there before a rule can check. */
enum rule_needs {
	NEEDS_FLOW = 1,		/* user memory followed through the kernel */
	NEEDS_CALLS = 2,	/* the facts of files that it `reads` */
	NEEDS_TREE = 4,		/* nothing: it looks at the tree itself */
	NEEDS_NAMES = 8,	/* where attributes are named, also in text */
	NEEDS_SPARSE = 16,	/* what sparse says */
	NEEDS_FINDINGS = 32,	/* what the others find: it runs last, whatever is asked for */
};

/* Files that are read for a rule: those that name one of the functions */
struct rule_reads {
	unsigned int roles;	/* with one of these roles (enum api_role), */
	const char *const *names;	/* or one of these names; or NULL, */
	const char *const *beside;	/* and one of these too; or NULL */
	/*
	 * Or those that name this attribute, and those that call, by its name, a
	 * function that leads there; or NULL.
	 */
	const char *reaches;
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
	unsigned int needs;	/* of enum rule_needs */
	struct rule_reads reads;	/* NEEDS_CALLS */
	bool opt_in;		/* only where --rule names it */
	/*
	 * It judges by what is not there, such as a check. In a file that clang read
	 * with errors, and may have seen only in part, its findings are notes, if
	 * the text has this string ("": always). NULL: it does not judge so.
	 */
	const char *lost;
	bool fixable;		/* `dmacheck fix` has a rewrite for it */
	void (*check)(struct rule_run *run);
};

#define RULE(x) extern const struct rule x##_rule;
#include "rules/rules.def"
#undef RULE

/* All rules, in the order of rules.def; *nr is their number. */
const struct rule *const *rules_all(size_t *nr);

/* The rule with that id, or NULL. */
const struct rule *rule_find(const char *id);

/* The id of a rule that `id` may be a misspelling of, or NULL. */
const char *rule_nearest(const char *id);

/*
 * A finding of run->rule, at the rule's level; the message is printf()'s. It is
 * good until the next one: to give it another level, or finding_step()s.
 */
struct finding *rule_report(struct rule_run *run, const struct location *loc,
			    const char *module, const char *fmt, ...)
	printf_like(4, 5);
struct finding *rule_vreport(struct rule_run *run, const struct location *loc,
			     const char *module, const char *fmt, va_list args)
	printf_like(4, 0);

#endif
