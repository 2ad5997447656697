/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_RELEVANCE_H
#define ANALYSIS_RELEVANCE_H
#include "lib/compat.h"

struct change;
struct analysis;

/*
 * Whether the change is relevant to what `run`, which is open, would find: no,
 * if the last run (last-run.h) read none of its files and none of them has,
 * before or after, one of the names that the rules or that run looked for.
 * Yes, if there was no such run.
 */
bool change_is_relevant(const struct change *change, const struct analysis *run);

#endif
