// SPDX-License-Identifier: GPL-2.0-only
/*
 * Solves the flow of a run from its facts. For the rounds of read.c, which only
 * need its requests, a child process does it.
 */
#include "analysis/solve.h"

#include <signal.h>

#include "analysis/analysis.h"
#include "analysis/requests.h"
#include "flow/flow.h"
#include "lib/alloc.h"
#include "lib/async.h"
#include "lib/diag.h"
#include "rules/rule.h"

void crash_for_test(const char *name)
{
	const char *wanted = getenv("DMACHECK_TEST_CRASH");

	if (wanted && !strcmp(wanted, name))
		raise(SIGSEGV);
}

static void say_size(const struct flow *flow)
{
	struct flow_size size = flow_size(flow);

	verbose("flow: %zu functions, %zu calls, %zu tainted places, %zu of "
		"them fields", size.functions, size.edges, size.states,
		size.tainted_fields);
	if (diag_verbosity > 1)
		flow_print_fields(flow, stderr);
}

void solve_up_to_here(struct analysis *run)
{
	const struct program *program = &run->result.program;
	size_t i;

	free(run->followed.units);
	run->followed = *program;
	run->followed.units = xcalloc(program->nr_units + 1,
				      sizeof(*program->units));
	for (i = 0; i < program->nr_units; i++)
		run->followed.units[i] = program->units[i];
}

/* The program has grown since, and its lists may have moved. */
static void update_followed(struct analysis *run)
{
	struct program then = run->followed;

	run->followed = run->result.program;
	run->followed.units = then.units;
	run->followed.nr_units = then.nr_units;
	run->followed.nr_header_sets = then.nr_header_sets;
}

void solve_flow(struct analysis *run)
{
	update_followed(run);
	if (run->result.flow)
		return;
	run->result.flow = flow_new(&run->followed, run->api);
	say_size(run->result.flow);
}

void solve_calls(struct analysis *run)
{
	struct check_result *result = &run->result;

	if (!result->calls)
		result->calls = flow_new_calls(&result->program, run->api,
					       &run->read);
}

static int collect_requests(struct strbuf *requests, void *data)
{
	struct analysis *run = data;
	struct flow *flow;

	crash_for_test("flow");
	flow = flow_new(&run->result.program, run->api);
	requests_collect(requests, flow);
	flow_free(flow);
	return 0;
}

static void lose_flow(struct analysis *run, int sig)
{
	struct coverage *coverage = &run->result.coverage;
	size_t i;

	run->flow_is_lost = true;
	coverage_crash(coverage, "following user memory", sig);
	for (i = 0; i < run->nr_rules; i++)
		if (run->rules[i]->needs & NEEDS_FLOW)
			coverage_lose_rule(coverage, run->rules[i]->id);
}

bool solve_requests(struct analysis *run, struct strbuf *requests)
{
	struct async async = ASYNC_INIT;
	int sig = 0;

	if (async_start(&async, collect_requests, run))
		die("cannot follow user memory");
	if (!async_survive(&async, requests, &sig))
		return true;
	if (!sig)
		die("cannot follow user memory");
	lose_flow(run, sig);
	return false;
}
