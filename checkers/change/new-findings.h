/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_NEW_FINDINGS_H
#define CHANGE_NEW_FINDINGS_H
#include "lib/compat.h"
#include "change/change.h"
#include "lib/buffer.h"
#include "findings/finding.h"
/*
 * Which findings a change adds.
 */

/* Add what is found without the change; that is changed by it. */
void new_findings_save(struct strbuf *known, struct findings *before,
		       const struct change *change);

/*
 * Drop from `after`, what is found with the change, all that is `known`: what
 * has the same fingerprint, renamed files counted under their new names. To
 * each that stays a step is added that says which hunk brings it.
 */
void new_findings_keep(struct findings *after, const struct strbuf *known,
		       const struct change *change);

#endif
