/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_SUPPRESSION_COMMENTS_H
#define RULES_SUPPRESSION_COMMENTS_H
#include "lib/compat.h"
/*
 * Comments that hide findings:
 *
 *	/ * dmacheck: RULE: reason * /
 *	// dmacheck: RULE, RULE: reason
 *
 * "dmacheck:" begins a line of a comment, and the rules stand on that line. The
 * reason goes on to the end of the comment, an empty line in it, or the next
 * "dmacheck:".
 */
struct remark_rule {
	char *name;		/* as written; there need not be such a rule */
	unsigned int line, column;
	bool used;		/* for the caller; false */
};

struct remark {
	unsigned int line, column;	/* of "dmacheck:", from 1 */
	struct remark_rule *rules;
	size_t nr_rules, alloc_rules;
	char *reason;			/* NULL if none is given */
	unsigned int first, last;	/* lines of the whole comment */
	bool alone;			/* there is no code on them */
	unsigned int below;		/* the line of the code right below, with only
					   comments between; or 0 */
};

struct remarks {
	struct remark *list;	/* in their order */
	size_t nr, alloc;
};
#define REMARKS_INIT { NULL, 0, 0 }

/*
 * Add those in the `len` bytes at `text`, the text of a C file. Any bytes
 * will do; what is in a string is no comment.
 */
void remarks_read(struct remarks *remarks, const char *text, size_t len);

void remarks_release(struct remarks *remarks);

/*
 * The lines of a call at that place (bytes, from 1) in the text, for
 * remark_covers(): where its statement begins, or its item of a list, and where
 * its arguments end. In a comment, those of the comment; for a place that is not
 * in the text, the line alone.
 */
struct call_lines {
	unsigned int first, last;
};
struct call_lines call_lines_at(const char *text, size_t len,
				unsigned int line, unsigned int column);

/* Whether the comment is on one of these lines, or right above them. */
bool remark_covers(const struct remark *remark, struct call_lines lines);

#endif
