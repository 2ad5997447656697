/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_SAVED_H
#define FINDINGS_SAVED_H
#include "lib/compat.h"
#include "findings/finding.h"
#include "lib/buffer.h"
/*
 * Findings as bytes, for a process that finds them for another one, and for
 * the next run.
 */

/* Add those from number `from` on, which are not finished yet. */
void findings_save(struct strbuf *sb, const struct findings *findings,
		   size_t from);

/*
 * Add what findings_save() wrote; all are the rule's whose own id is `rule`.
 * 0; or -1 if the bytes make no sense, some findings may have been added.
 */
int findings_load(struct findings *findings, struct reader *r,
		  const char *rule);

/* The same for those of many rules. */
void findings_save_all(struct strbuf *sb, const struct findings *findings);

/* `rule_of` has the rule's own string for an id, NULL if there is no such rule. */
int findings_load_all(struct findings *findings, struct reader *r,
		      const char *(*rule_of)(const char *id));

#endif
