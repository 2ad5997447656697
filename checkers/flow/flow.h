/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H
#include "lib/compat.h"
#include "rules/finding.h"
/*
 * All facts joined: where user memory flows, from its sources (pin_user_pages
 * and its kin) to its sinks (dma_map_*). Flow-insensitive, field-based, one
 * heap a module; within a function's summary one tainted parameter is
 * remembered, so that what one caller brings does not come out at another.
 */
struct api;
struct program;
struct flow;

/*
 * Join the facts of `program` and follow user memory to the end. Both are
 * only read and must outlive the flow. The caller frees it with flow_free().
 */
struct flow *flow_new(const struct program *program, const struct api *api);
void flow_free(struct flow *flow);

/* What is known of the attributes that reach a sink. */
enum attr_state {
	ATTR_HAS,	/* the wanted bit is set, on some branch at least */
	ATTR_LACKS,	/* it is not */
	ATTR_UNKNOWN,	/* they come from where no fact reaches */
};

/*
 * A mapping of user memory: one call of a sink in a driver, where it can be
 * reached. All of it belongs to the flow and is valid during the call.
 */
struct flow_hit {
	struct location loc;	/* the call, in a .c file */
	const char *module;
	const char *api;	/* as the source spells it: "dma_map_sg" */
	enum attr_state attrs;
	const char *source;	/* "pin_user_pages_fast" */
	const char *handover;	/* why it is right without, or NULL */
	/* Which caller brings the memory, or attributes that lack the bit. */
	const char *caller;	/* or NULL */
	const struct trace_step *steps;	/* source first */
	size_t nr_steps;
	const char *const *headers;	/* included where it is mapped, pinned */
	size_t nr_headers;
};

/*
 * Call `fn` for each mapping of user memory, with the state of attribute
 * `bit` there (0: a bit that the tree lacks, no mapping has it).
 */
void flow_each_hit(struct flow *flow, uint64_t bit,
		   void (*fn)(const struct flow_hit *hit, void *data),
		   void *data);

/*
 * What lies outside of the program and could carry the flow on.
 */
enum flow_want_kind {
	WANT_DEFINITION,	/* of function `name`: memory is passed to it */
	WANT_CALLERS,		/* of function `name`: it gives memory away */
	WANT_MEMBER,		/* users of field `name` of `record`, in `module` */
	WANT_CALLS,		/* through field `name` of `record`, anywhere */
	WANT_TAKERS,		/* callers of function `name` outside of `module` */
};
struct flow_want {
	enum flow_want_kind kind;
	const char *name;
	const char *record;	/* WANT_MEMBER, WANT_CALLS; else NULL */
	const char *module;	/* WANT_MEMBER, WANT_TAKERS; else NULL */
};

/* Call `fn` for each; the same want may come more than once. */
void flow_each_want(struct flow *flow,
		    void (*fn)(const struct flow_want *want, void *data),
		    void *data);

/* How much there is, for -v: functions, call edges, tainted places. */
struct flow_size {
	size_t functions, edges, states, tainted_fields;
};
struct flow_size flow_size(const struct flow *flow);

/* Print each tainted field by module, to find where taint went astray. */
void flow_print_fields(const struct flow *flow, FILE *out);

#endif
