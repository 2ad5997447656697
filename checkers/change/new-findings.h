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

/*
 * Add the fingerprints of `before`, the findings without the change, to `known`.
 * Renamed files get their new names in `before`.
 */
void new_findings_save(struct strbuf *known, struct findings *before,
		       const struct change *change);

/*
 * Drop the `known` ones from `after`, the findings with the change, by their
 * fingerprints. Each finding that is left gets a step that names the hunk that
 * causes it.
 */
void new_findings_keep(struct findings *after, const struct strbuf *known,
		       const struct change *change);

#endif
