/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_RELEVANCE_H
#define ANALYSIS_RELEVANCE_H
#include "lib/compat.h"
#include "change/change.h"
#include "analysis/examine.h"

/*
 * Can the change matter to what `ex`, which has begun (examine_begin(), examine_cache()), would find? No, if none of its files was looked at by the last analysis
 * (last-run.h) nor has, before or after, one of the names in it that the
 * rules or that analysis looked for. Yes, if that is not known. -1 after an
 * error().
 */
int change_is_relevant(const struct change *change, const struct examination *ex);

#endif
