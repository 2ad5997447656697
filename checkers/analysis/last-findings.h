/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_LAST_FINDINGS_H
#define ANALYSIS_LAST_FINDINGS_H
#include "lib/compat.h"
#include "change/change.h"
#include "analysis/examine.h"
#include "lib/intern.h"
/*
 * What an examination found, kept for the next one with the content of all
 * files that it was found in: while these are the same it need not be found
 * again to know what is new. What other files have changed meanwhile can only
 * have added to it.
 */

/* Which of the last examinations: each kind takes the place of its own. */
enum known_kind { KNOWN_CHECK, KNOWN_BEFORE, KNOWN_AFTER, NR_KNOWN };

/*
 * Keep what `ex` found, which has ended (examine_end()). What cannot be kept
 * is found again.
 */
void last_findings_keep(const struct examination *ex, enum known_kind kind);

/* Whether anything is kept at all; for one that has begun. */
bool known_exists(const struct examination *ex);

/*
 * Add to `prints` the fingerprints of what was found in a tree like that
 * before `change`; `after` has ended, with the change. False if none is known.
 */
bool last_findings_recall(struct intern_pool *prints, const struct examination *after,
			  const struct change *change);

#endif
