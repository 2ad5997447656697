// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds a flow from the facts of a program, in the order in which its parts
 * need each other, for analysis/.
 */
#include "flow/flow.h"

#include "flow/internal.h"
#include "lib/alloc.h"
#include "lib/diag.h"

struct flow *flow_new(const struct program *program, const struct api *api)
{
	struct flow *flow = xcalloc(1, sizeof(*flow));

	flow->program = program;
	flow->api = api;
	flow_build(flow, NULL);
	flow_targets(flow);
	flow_links(flow);
	flow_solve(flow);
	flow_find_synced(flow);
	return flow;
}

struct flow *flow_new_calls(const struct program *program,
			    const struct api *api,
			    const struct intern_pool *only)
{
	struct flow *flow = xcalloc(1, sizeof(*flow));

	flow->program = program;
	flow->api = api;
	flow_build(flow, only);
	flow_targets(flow);
	return flow;
}

void flow_follow_kernel(struct flow *flow,
			bool (*in)(const char *module, const void *data),
			const void *data)
{
	flow->of_kernel = true;
	flow_links(flow);
	flow_solve_kernel(flow, in, data);
	flow_find_synced(flow);
}

void flow_free(struct flow *flow)
{
	if (!flow)
		return;
	flow_pairs_release(flow);
	flow_handover_release(flow);
	flow_solve_release(flow);
	flow_links_release(flow);
	flow_heap_release(flow);
	flow_targets_release(flow);
	flow_build_release(flow);
	free(flow);
}

void flow_stopped(struct flow *flow, enum flow_bound bound, uint32_t instance)
{
	static const char *const searches[NR_BOUNDS] = {
		[BOUND_ALIASES] = "aliases of memory",
		[BOUND_VALUES] = "values of an argument",
		[BOUND_SITES] = "where a mapping is kept",
		[BOUND_CALLERS] = "callers of a mapping",
		[BOUND_CALLEES] = "an unmap in what is called",
		[BOUND_ORIGIN] = "what fills a mapping",
		[BOUND_TRACE] = "the way from a source",
	};
	const struct instance *in = &flow->instances[instance];

	if (flow->stopped[bound])
		return;
	flow->stopped[bound] = true;
	verbose("flow: the search for %s is not complete, first in %s of module %s",
		searches[bound], intern_str(flow->names, in->key),
		intern_str(flow->names, in->module));
}

struct flow_size flow_size(const struct flow *flow)
{
	struct flow_size size = {
		.functions = flow->nr_instances,
		.edges = flow->nr_edges,
		.states = flow->nr_states,
	};
	uint32_t i;

	for (i = 0; i < flow->nr_states; i++)
		if (flow->states[i].key.instance == NONE)
			size.tainted_fields++;
	return size;
}

void flow_print_fields(const struct flow *flow, FILE *out)
{
	uint32_t i;

	for (i = 0; i < flow->nr_states; i++) {
		const struct state *s = &flow->states[i];
		const struct heap_node *h;

		if (s->key.instance != NONE)
			continue;
		h = &flow->heap[s->key.place];
		fprintf(out, "%s: %s.%s %c\n",
			h->module == NONE ? "-" :
				intern_str(flow->names, h->module),
			h->kind == PLACE_FIELD ?
				intern_str(flow->names, h->record) : "",
			intern_str(flow->names, h->name),
			s->key.taint == TAINT_POINTEE ? 'P' : 'V');
	}
}
