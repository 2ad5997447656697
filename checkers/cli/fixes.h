/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_FIXES_H
#define CLI_FIXES_H
#include "lib/compat.h"
#include "findings/coverage.h"
#include "findings/finding.h"

struct analysis;

/*
 * Set `fix` of each finding at `level` or above that can be fixed. `run` has
 * found them, and has ended; the files that they stand in are analysed once
 * more, with what a fix has to know. If spatch cannot be used, `coverage` says
 * so. 0, or -1 after an error().
 */
int fixes_find(struct findings *findings, const struct analysis *run,
	       enum level level, struct coverage *coverage);

#endif
