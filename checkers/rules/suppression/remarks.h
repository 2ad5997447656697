/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_SUPPRESSION_REMARKS_H
#define RULES_SUPPRESSION_REMARKS_H
#include "lib/compat.h"
/*
 * Comments that speak to dmacheck:
 *
 *	/ * dmacheck: RULE: reason * /
 *	// dmacheck: RULE, RULE: a reason that
 *	// goes on here
 *
 * "dmacheck:" stands at the start of the comment, or of a line of it; what
 * follows goes on to the end of the comment, an empty line in it, or the next
 * "dmacheck:". Lines of a comment may begin with "*". "//" comments on
 * consecutive lines are one comment.
 */
struct statement;

struct remark_rule {
	char *name;		/* as it is written; there need not be such a rule */
	unsigned int line, column;
	bool used;		/* for the caller; false */
};

struct remark {
	unsigned int line, column;	/* of "dmacheck:", from 1 */
	struct remark_rule *rules;
	size_t nr_rules;
	/* White space squeezed; NULL if there is none, or no ":" before it. */
	char *reason;
	unsigned int first, last;	/* lines of the whole comment */
	bool alone;			/* there is no code on its first and last */
	unsigned int below;		/* then the line of the code that follows,
					   directly or after other comments; or 0 */
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
 * Whether a remark speaks of the place in that statement of its file: it is on
 * a line of the call there, before the call in its statement, or ends above it
 * or the statement that it is in.
 */
bool remark_covers(const struct remark *remark,
		   const struct statement *statement);

#endif
