/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPARSE_DIAGNOSTICS_H
#define SPARSE_DIAGNOSTICS_H
#include "lib/compat.h"
/*
 * The output of sparse, line by line:
 *
 *	x.c:9:46: warning: incorrect type in argument 2 (different address spaces)
 *	x.c:9:46:    expected void const *
 *	x.c:9:46:    got void [noderef] __iomem *regs
 *	x.c:12:10: warning: cast removes address space '__user' of expression
 */
enum sparse_kind {
	SPARSE_SPACE,		/* argument: a pointer of another space */
	SPARSE_BASE,		/* argument: another restricted type */
	SPARSE_CAST,		/* cast: the space is taken off */
};

struct sparse_diagnostic {
	enum sparse_kind kind;
	char *file;		/* as sparse prints it */
	unsigned int line, column;
	unsigned int argument;	/* from 1 */
	char *expected, *got;	/* types; for a cast `got` is the space */
};

struct sparse_diagnostics {
	struct sparse_diagnostic *list;
	size_t nr, alloc;
	unsigned int errors;	/* after the first one sparse gives no warnings */
	char *first_error;	/* "file:line: message", or NULL */
	char *strange;		/* the first line of another form, or NULL */
};
#define SPARSE_DIAGNOSTICS_INIT { NULL, 0, 0, 0, NULL, NULL }

/* Parse `output`, which is modified in place. */
void sparse_diagnostics_read(struct sparse_diagnostics *diagnostics,
			     char *output);
void sparse_diagnostics_release(struct sparse_diagnostics *diagnostics);

#endif
