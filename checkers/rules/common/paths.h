/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_PATHS_H
#define RULES_COMMON_PATHS_H
/*
 * Which op of a function can follow which, by its blocks (facts/facts.h); and
 * what the text
 * says where the facts do not keep it.
 */
#include "rules/common/scan.h"

enum path_step { PATH_ON, PATH_STOPS, PATH_ENDS_HERE };

/*
 * Go on from behind op `from` along each path, but not back to the head of a
 * loop, and ask `step` about each op. Returns the first one for which that is
 * PATH_ENDS_HERE, or NO_OP; a path on which it is PATH_STOPS is left.
 */
uint32_t paths_find(const struct scan *s, uint32_t from,
		    enum path_step (*step)(const struct scan *s, uint32_t op,
					   void *data), void *data);

/*
 * Argument `arg` of the call as the source has it, without blanks; the caller
 * frees it. NULL if it is not there, as in a macro.
 */
char *call_text(const struct scan *s, const struct op *op, int arg);

/*
 * How often the function's text sets the variable behind line `from`, up to line
 * `to`, to something else than NULL: facts leave out what is of no interest to
 * flow. UINT_MAX if the text cannot be read.
 */
unsigned int variable_set_in_text(const struct scan *s, const char *name,
				  unsigned int from, unsigned int to);

/* How many members from the last one on are written alike: "qp->sq.va". */
unsigned int texts_alike(const char *a, const char *b);

/* What these have read, rule_run.source; NULL is fine. */
void source_tokens_free(struct source_tokens *source);

#endif
