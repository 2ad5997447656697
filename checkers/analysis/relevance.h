/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_RELEVANCE_H
#define ANALYSIS_RELEVANCE_H
#include "lib/compat.h"

struct change;
struct analysis;

/*
 * Whether the change can affect the findings of `run`, which is open. It cannot if
 * the last run (last-run.h) read none of its files, and none of them has, before
 * or after the change, one of the names that the rules or that run looked for. If
 * there was no such run, it can.
 */
bool change_is_relevant(const struct change *change, const struct analysis *run);

#endif
