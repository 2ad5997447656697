/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMMANDS_NOVELTY_H
#define COMMANDS_NOVELTY_H
#include "lib/compat.h"
#include "change/change.h"
#include "rules/finding.h"
/*
 * Which findings a change adds.
 */

/*
 * Drop from `after`, what is found with the change, all that is found in
 * `before`, without it, too: findings with the same fingerprint, those of
 * renamed files counted under the new name. To each that stays a step is added
 * that says which hunk brings it.
 */
void novelty_keep(struct findings *after, struct findings *before,
		  const struct change *change);

#endif
