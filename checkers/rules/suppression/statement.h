/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_SUPPRESSION_STATEMENT_H
#define RULES_SUPPRESSION_STATEMENT_H
#include "lib/compat.h"
/*
 * The statement around a place in a C file, as its author sees it: by the
 * text, macros and conditionals as they stand there.
 */
struct statement {
	/*
	 * Lines on which something begins that the place is in: the whole
	 * statement; what an `if (...)`, an `else` or a `,` of an initialiser
	 * stands before; the place itself. Ascending; some may be the same.
	 */
	unsigned int starts[3];
	/*
	 * From the second of these up to the place there is nothing but what
	 * the result goes to ("ret =", "return"): no other call.
	 */
	bool plain;
	unsigned int last;	/* line on which the call ends */
};

/*
 * That of the place `line`, `column` (bytes, from 1) in the `len` bytes at
 * `text`. In a comment it is the comment. For a place that is not in the text
 * it is the line alone.
 */
struct statement statement_at(const char *text, size_t len, unsigned int line,
			      unsigned int column);

#endif
