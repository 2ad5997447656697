/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SOLVE_H
#define ANALYSIS_SOLVE_H
#include "lib/compat.h"
#include "lib/strbuf.h"

struct analysis;

/*
 * The flow is that of the files that were read by now; files that only single
 * rules read have no part in it.
 */
void solve_up_to_here(struct analysis *run);

/* Solve it, into run->result.flow, if that was not done. */
void solve_flow(struct analysis *run);

/* Join the calls of what single rules read, into run->result.calls. */
void solve_calls(struct analysis *run);

/*
 * Find what the flow asks for next (requests.h), in a process of its own: true,
 * or false if that died. Then the flow is lost, and with it the findings of the
 * rules that need it: that is recorded.
 */
bool solve_requests(struct analysis *run, struct strbuf *requests);

/* For tests: die here if DMACHECK_TEST_CRASH is `name`. */
void crash_for_test(const char *name);

#endif
