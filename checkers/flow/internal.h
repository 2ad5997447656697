/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_INTERNAL_H
#define FLOW_INTERNAL_H
/*
 * Shared by the files of flow/ only.
 *
 * The graph, built once by flow_new() and only read afterwards:
 *	build.c		the functions of the program, one instance a module
 *	heap.c		fields and globals: one node for all that name them
 *	targets.c	the call graph, and the calls of the API
 *	links.c		structs that one module passes to another
 *
 * Taint:
 *	solve.c		the states that user memory reaches from its sources
 *	trace.c		the path from a source to a state, as text
 *
 * Queries, which use only the graph unless they get a state:
 *	values.c	the values that an argument can have
 *	attrs.c		whether an attribute is set in an argument
 *	aliases.c	the places that hold the same memory as an argument
 *	sites.c		where a mapping is kept, where an unmap gets it from
 *	pairs.c		which map belongs to which unmap
 *	exits.c		whether a function can return without undoing something
 *	one-call.c	whether a mapping is undone before the call returns
 *	origin.c	whether a mapping was just filled with kernel memory
 *	handover.c	whether a mapping may bounce, and why
 *
 * The interface of flow.h:
 *	calls.c		calls of the API
 *	sinks.c		mappings of user memory, at the driver's line
 *	requests.c	code outside to which the flow would continue
 */
#include "facts/program.h"
#include "facts/view.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/intern.h"

#define NONE UINT32_MAX

/* How a place of a function is used: the ops in which it occurs. */
enum use_how { USE_SOURCE, USE_DST, USE_ARG, USE_RESULT, USE_RETURNED };
struct use {
	uint32_t op;
	uint8_t how;
	uint8_t arg;
};
struct uses {
	uint32_t *first;	/* nr_places + 1 indices into list */
	struct use *list;
};

struct edge {
	uint32_t caller, op, callee;	/* instance, its op, instance */
};

/* A function in a module; a header's function is in each that includes it. */
struct instance {
	struct view v;		/* the function and its file */
	uint32_t module, key, name;	/* in flow->names */
	const uint32_t *names;	/* the set's strings in flow->names */
	uint32_t *heap;		/* heap node of each place, or NONE */
	struct uses uses;	/* made when first asked for */
	uint32_t first_target, nr_targets;	/* in flow->edges */
	uint32_t first_caller, nr_callers;	/* in flow->by_callee */
	uint32_t *stored_in;	/* heap nodes that hold its address */
	uint32_t nr_stored_in, alloc_stored_in;
};

/* Where a heap node is named: a place of a function. */
struct occurrence {
	uint32_t instance, place;
};
struct heap_node {
	uint32_t module, kind, name, record, number;
	uint8_t carry, is_pointer;
	bool other_functions;	/* others than `api` are stored in it */
	const struct api_function *api;	/* a pointer to it, or NULL */
	struct occurrence *list;
	uint32_t nr, alloc;
};

/*
 * VALUE and POINTEE as in flow.h. CALLER_POINTEE: a caller filled the memory
 * that this function returns. It leads back to the place where that memory is
 * kept and no further, as an allocating function returns other memory to its
 * next caller.
 */
enum taint { TAINT_VALUE, TAINT_POINTEE, TAINT_CALLER_POINTEE };

/*
 * The condition of a state: the parameter of its function that brought the
 * memory, if one did, and whether it was pinned for one transfer only (brief),
 * which holds for the whole path from the pin on.
 */
#define ENTRY_NONE(brief) ((uint32_t)(brief))
#define ENTRY(param, brief) (((uint32_t)(param) + 1) * 2 + (uint32_t)(brief))

/* Not a parameter but the call itself, whose flags say if it is brief. */
#define ENTRY_CALL(fn, brief) ENTRY((fn)->nr_params, brief)

static inline bool entry_is_param(uint32_t entry)
{
	return entry > 1;
}

static inline bool entry_is_brief(uint32_t entry)
{
	return entry & 1;
}

enum hop {
	HOP_SOURCE,		/* the source call fills it */
	HOP_ASSIGN,
	HOP_FILL,		/* stored behind it: *p = x */
	HOP_ALIAS,		/* backwards: who else holds that memory */
	HOP_TRANSFER,		/* by an API function */
	HOP_PASS,		/* caller's argument to parameter */
	HOP_RETURN,		/* return value to call result */
	HOP_OUT,		/* parameter's memory back to the argument */
	HOP_INTO_RETURN,	/* backwards: a result's memory, in the callee */
	HOP_LINK,		/* another module's struct, handed out by a call */
};

struct state_key {
	uint32_t instance;	/* NONE: heap */
	uint32_t place;		/* of its function, or heap node */
	uint32_t taint, entry;
};
struct state {
	struct state_key key;
	uint32_t parent;	/* state it comes from, NONE at a source */
	uint32_t call_state;	/* HOP_RETURN, HOP_OUT: whose call it was */
	uint32_t via_instance, via_op;
	enum hop hop;
	uint32_t others;		/* further causes, in flow->causes, or NONE */
};

/* How a state comes to be. */
struct cause {
	uint32_t parent, call_state, instance, op;
	enum hop hop;
};
struct other_cause {
	struct cause cause;
	uint32_t next;
};

struct entry_caller {
	uint32_t state;		/* the argument's */
	uint32_t instance, op;	/* the call */
};
struct reached_sink {
	uint32_t instance, op, state;
};

/* A call of a function of kernel-api.conf. */
struct api_call {
	uint32_t instance, op;
	const struct api_function *api;
};

/* sinks.c: how many callers up a mapping is looked for, or its attributes */
#define MAX_CLIMB 6

/*
 * A path of calls: at[0] is the call that a query is about, at[1] calls the
 * function of at[0], and so on up. A query that climbs to the callers of one
 * of these functions looks at that caller only.
 */
#define MAX_FRAMES (MAX_CLIMB + 2)
struct frame {
	uint32_t instance, op;
};
struct frames {
	struct frame at[MAX_FRAMES];
	uint32_t nr;
};
#define FRAMES_INIT(instance, op) { .at = { { (instance), (op) } }, .nr = 1 }

/*
 * Searches that have a bound. One that stops there gives less than there is:
 * the first of each kind names its function, with -v.
 */
enum flow_bound {
	BOUND_ALIASES, BOUND_VALUES, BOUND_SITES, BOUND_CALLERS, BOUND_CALLEES,
	BOUND_ORIGIN, BOUND_TRACE, NR_BOUNDS
};

struct flow {
	const struct program *program;
	const struct api *api;
	const struct intern_pool *names;	/* the program's strings */
	struct instance *instances;
	uint32_t nr_instances, alloc_instances;
	struct function_entry *by_key;	/* build.c: (module, key) -> instance */
	uint32_t slot_mask, nr_keys;
	struct heap_node *heap;
	uint32_t nr_heap, alloc_heap;
	struct heap_entry *heap_by_key;	/* heap.c */
	struct edge *edges;		/* ordered by caller, op */
	uint32_t nr_edges, alloc_edges;
	uint32_t *by_callee;		/* edges ordered by callee */
	struct api_call *api_calls;	/* ordered by instance, op */
	size_t nr_api_calls, alloc_api_calls;
	struct state *states;
	uint32_t nr_states, alloc_states;
	struct other_cause *causes;
	uint32_t nr_causes, alloc_causes;
	struct state_entry *state_by_key;	/* solve.c */
	struct summary *summaries;	/* solve.c */
	struct link *links;		/* links.c */
	struct synced *synced;		/* handover.c: fields that are synced */
	struct pairs *pairs;		/* pairs.c: found when first asked for */
	bool of_kernel;			/* kernel memory is followed, not user memory */
	struct reached_sink *sinks;
	uint32_t nr_sinks, alloc_sinks;
	bool stopped[NR_BOUNDS];	/* said already */
};


/* The edge of caller `i` of the function. */
static inline const struct edge *flow_caller(const struct flow *flow,
					     const struct instance *in,
					     uint32_t i)
{
	return &flow->edges[flow->by_callee[in->first_caller + i]];
}

#define for_each_caller(e_, i_, flow_, in_) \
	for ((i_) = 0; (i_) < (in_)->nr_callers && \
	     ((e_) = flow_caller(flow_, in_, i_)); (i_)++)

/* The edges of the call `op` of the function: its targets. */
static inline const struct edge *flow_next_target(const struct flow *flow,
						  const struct instance *in,
						  const struct edge *e)
{
	const struct edge *end = flow->edges + in->first_target +
				 in->nr_targets;

	return e + 1 < end && e[1].op == e->op ? e + 1 : NULL;
}

#define for_each_target(e_, flow_, in_, op_) \
	for ((e_) = flow_first_target(flow_, in_, op_); (e_); \
	     (e_) = flow_next_target(flow_, in_, e_))

#define for_each_use(u_, uses_, place_) \
	for ((u_) = (uses_)->list + (uses_)->first[place_]; \
	     (u_) < (uses_)->list + (uses_)->first[(place_) + 1]; (u_)++)

/* for the number of each op of the view that returns */
#define for_each_return(i_, v_) \
	for ((i_) = 0; (i_) < (v_)->fn->nr_ops; (i_)++) \
		if (view_op(v_, i_)->kind != OP_RETURN) {} else

/* Whether a climb along the path may take that edge; NULL is no path. */
bool flow_on_path(const struct frames *path, const struct edge *e);

/* flow.c */
/* A search that looked at `instance` stops at its bound. */
void flow_stopped(struct flow *flow, enum flow_bound bound, uint32_t instance);

/* build.c */
/* Of all units, or of the files `only`. */
void flow_build(struct flow *flow, const struct intern_pool *only);
void flow_build_release(struct flow *flow);
/* The function `key` as seen from `module`, or NONE. */
uint32_t flow_find(const struct flow *flow, uint32_t module, uint32_t key);
const struct uses *flow_uses(struct flow *flow, uint32_t instance);
/* The place of parameter `param`, of the return value; NO_PLACE if none. */
uint32_t flow_param(const struct instance *in, uint32_t param);
uint32_t flow_return(const struct instance *in);
/* The entry of kernel-api.conf for the function `key`, or NULL. */
const struct api_function *flow_api(const struct flow *flow, uint32_t key);
/* The API function that an op calls by its name, or NULL. */
const struct api_function *flow_called_api(struct flow *flow,
					   const struct instance *in,
					   const struct op *op);

/* heap.c */
uint32_t flow_heap_node(struct flow *flow, uint32_t module,
			const struct place *place, const uint32_t *names);
uint32_t flow_heap_field(const struct flow *flow, uint32_t module,
			 const char *record, const char *field);
uint32_t flow_heap_find(const struct flow *flow, uint32_t module,
			uint32_t record, uint32_t field);
void flow_heap_occurs(struct flow *flow, uint32_t node, uint32_t instance,
		      uint32_t place);
void flow_heap_release(struct flow *flow);

/* targets.c */
void flow_targets(struct flow *flow);
void flow_targets_release(struct flow *flow);
/* The first target of the call `op`, or NULL. */
const struct edge *flow_first_target(const struct flow *flow,
				     const struct instance *in, uint32_t op);

/* links.c */
/* The call by which module `to` gets a struct of another one. */
struct taker {
	uint32_t to, instance, op;
};
void flow_links(struct flow *flow);
void flow_links_release(struct flow *flow);
/* The calls by which other modules get struct `record` of `module`. */
const struct taker *flow_takers(const struct flow *flow, uint32_t module,
				uint32_t record, uint32_t *nr);

/* solve.c */
void flow_solve(struct flow *flow);
/* The same from allocations of kernel memory, in modules for which `in` is true. */
void flow_solve_kernel(struct flow *flow,
		       bool (*in)(const char *module, const void *data),
		       const void *data);
void flow_solve_release(struct flow *flow);
/* The calls that brought the parameter of `entry` to that function. */
const struct entry_caller *flow_entry_callers(const struct flow *flow,
					      uint32_t instance,
					      uint32_t entry, uint32_t *nr);

/* attrs.c */
struct attr_query {
	struct flow *flow;
	uint64_t bit;
	bool seek;		/* sinks.c: looks for callers that set it */
	unsigned int left;	/* values that may still be looked at */
};
#define MAX_ATTR_VALUES 100000
/*
 * The state of the bit in argument `arg` of the call `op` of `instance`, or
 * in all values of parameter *param (ATTR_UNKNOWN and *param set) where the
 * callers decide.
 */
enum attr_state flow_attr(struct attr_query *query, uint32_t instance,
			  uint32_t op, int arg, uint32_t *param);

/* The same, where all callers are asked. */
enum attr_state flow_attr_all(struct attr_query *query,
			      uint32_t instance, uint32_t op, int arg);

/* calls.c */
/* Where op `number` stands; the strings belong to the flow. */
void flow_locate(const struct flow *flow, uint32_t instance, uint32_t number,
		 struct location *loc);
void flow_fill_call(const struct flow *flow, uint32_t instance, uint32_t number,
		    const struct api_function *api, struct flow_call *call);

/* values.c */
/* The values that argument `arg` of path->at[0] can have on that path. */
void flow_values(struct flow *flow, const struct frames *frames, int arg,
		 struct constants *set);
/* Whether they are in the two arms of one if. */
bool flow_is_exclusive(const struct instance *in, uint32_t a, uint32_t b);
/*
 * Whether at most one of two ops is reached: they are in branches that exclude
 * each other or, with `behind`, the first is in a branch that leaves.
 */
bool flow_is_instead(const struct instance *in, uint32_t a, uint32_t b,
		     bool behind);

/* sites.c */
enum reach_mode {
	REACH_BACK = 1,		/* the places that a value comes from */
	REACH_FORWARD = 2,	/* the places that it goes to */
};
#define ELSEWHERE 0xff		/* level: reached off the path */
struct reached {
	uint32_t instance, place;
	uint32_t op;		/* gives or reads the value; NONE: any op */
	uint8_t level, hops;
	bool expanded;
};
/* Where the object that a call maps or unmaps is kept, on one path of calls. */
struct holding {
	struct frames frames;
	const struct api_function *api;
	unsigned int mode;
	struct reached *list;
	uint32_t nr, alloc;
	struct reached_node {
		uint32_t node;	/* of the heap */
		uint8_t level;
	} *nodes;
	uint32_t nr_nodes, alloc_nodes;
	bool open;		/* it comes from or goes to unknown callers */
	bool unknown;		/* or other places that are not known */
};
/*
 * Call `fn` for each path of calls to `op` on which slot `arg` of it (API_RETURN
 * too) may hold another object. The site is valid during the call.
 */
void flow_each_site(struct flow *flow, uint32_t instance, uint32_t op,
		    int arg, unsigned int mode,
		    void (*fn)(const struct holding *site, void *data),
		    void *data);
/* The levels on which two sites meet. */
struct meeting {
	uint8_t map_level, unmap_level;
};
/* Whether the object mapped at one site may be the one unmapped at the other. */
bool flow_sites_meet(struct flow *flow, const struct holding *map,
		     const struct holding *unmap, struct meeting *at);

/* pairs.c */
void flow_pairs_release(struct flow *flow);

/* aliases.c */
#define MAX_ALIASES 64
struct aliases {
	uint32_t nodes[MAX_ALIASES];	/* heap nodes */
	uint32_t nr;
	struct occurrence locals[MAX_ALIASES];
	uint32_t nr_locals;
};
/* Add the places that hold the memory of argument `arg` (or API_RETURN). */
void flow_aliases(struct flow *flow, const struct frames *path,
		  uint32_t instance, uint32_t op, int arg,
		  struct aliases *out);
/* Whether the two have a place in common. */
bool flow_same_alias(const struct aliases *a, const struct aliases *b);
/* Whether the place is the DMA address in an entry of a table. */
bool flow_is_address_of_entry(const struct flow *flow,
			      const struct instance *in,
			      const struct place *p);

/* one-call.c */
/*
 * Whether the sink path->at[0] is unmapped before the call returns that it is
 * part of, for each caller.
 */
bool flow_unmapped_in_call(struct flow *flow, const struct frames *path);

/* origin.c */
/* Whether the function of `op` filled argument `arg` with kernel memory. */
bool flow_is_kernels(struct flow *flow, uint32_t instance, uint32_t op,
		     int arg);

/* handover.c */
/*
 * Why the sink path->at[0] is right without the attribute: ownership of the
 * memory of `state` is handed over. NULL if it is not.
 */
const char *flow_handover(struct flow *flow, const struct frames *path,
			  uint32_t state);
/* Whether that reason is that the driver syncs the memory. */
bool flow_handover_is_sync(const char *why);
/*
 * Whether callers that are not known decide if it is one transfer, by the
 * direction that they pass.
 */
bool flow_may_be_one_transfer(struct flow *flow, const struct frames *path,
			      uint32_t state);
/* Once, before the first flow_handover(). */
void flow_find_synced(struct flow *flow);
void flow_handover_release(struct flow *flow);

/* trace.c */
struct trace {
	struct trace_step *steps;
	size_t nr, alloc;
	const char *source;	/* the API function at its start */
	const struct unit *source_unit;	/* the file it stands in, or NULL */
};
/*
 * The path to `state`, which the instance `sink` maps. Where it leaves a
 * function through a parameter it goes on with the caller that is one of
 * `callers` (MAX_CLIMB at most), if one is.
 */
void flow_trace(struct flow *flow, uint32_t state, uint32_t sink,
		const struct entry_caller *callers, size_t nr_callers,
		struct trace *trace);
void flow_trace_release(struct trace *trace);

#endif
