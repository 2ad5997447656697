/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SOLVE_H
#define ANALYSIS_SOLVE_H
#include "lib/compat.h"
#include "lib/strbuf.h"

struct analysis;

/*
 * The flow covers the files read so far, except those that only single rules
 * read.
 */
void solve_up_to_here(struct analysis *run);

/* Solve it into run->result.flow, unless that is done. */
void solve_flow(struct analysis *run);

/* Join the calls in the files of single rules into run->result.calls. */
void solve_calls(struct analysis *run);

/*
 * Find the next requests of the flow (requests.h), in a child process. False if
 * it died: the flow is lost, and with it the findings of the rules that need it;
 * the coverage names them.
 */
bool solve_requests(struct analysis *run, struct strbuf *requests);

/* For tests: die here if DMACHECK_TEST_CRASH is `name`. */
void crash_for_test(const char *name);

#endif
