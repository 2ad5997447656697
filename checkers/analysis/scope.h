/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SCOPE_H
#define ANALYSIS_SCOPE_H
#include "lib/compat.h"
#include "report/baseline.h"

struct examination;

/*
 * What the examination has looked at, to compare with a baseline. `ex` must
 * live as long, and is not changed.
 */
struct baseline_scope scope_of(const struct examination *ex);

#endif
