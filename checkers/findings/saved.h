/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_SAVED_H
#define FINDINGS_SAVED_H
#include "lib/compat.h"
#include "findings/finding.h"
#include "lib/buffer.h"
/*
 * Findings as bytes, for a process that finds them for another one.
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

#endif
