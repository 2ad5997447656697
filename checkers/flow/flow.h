/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H
#include "lib/compat.h"
#include "facts/view.h"
#include "findings/finding.h"
/*
 * All facts joined: where user memory flows, from its sources (pin_user_pages
 * and its kin) to its sinks (dma_map_*). Flow-insensitive, field-based, one
 * heap a module; within a function's summary one tainted parameter is
 * remembered, so that what one caller brings does not come out at another.
 */
struct api;
struct program;
struct api_function;
struct arg_detail;
struct intern_pool;
struct flow;

/*
 * Join the facts of `program` and follow user memory to the end. Both are
 * only read and must outlive the flow. The caller frees it with flow_free().
 */
struct flow *flow_new(const struct program *program, const struct api *api);

/*
 * The same without following user memory: enough for flow_each_call() and
 * what is asked of its calls. Only the files in `only` take part, so that what
 * comes out does not hang on what else was read.
 */
struct flow *flow_new_calls(const struct program *program,
			    const struct api *api,
			    const struct intern_pool *only);
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
struct flow_sink {
	struct location loc;	/* the call, in a .c file */
	const char *module;
	const char *api;	/* as the source spells it: "dma_map_sg" */
	enum attr_state attrs;
	const char *source;	/* "pin_user_pages_fast" */
	const char *handover;	/* why it is right without, or NULL */
	bool is_open;		/* callers in files not read may make it right */
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
void flow_each_sink(struct flow *flow, uint64_t bit,
		    void (*fn)(const struct flow_sink *sink, void *data),
		    void *data);

/* The same for each mapping whose attributes have it, for some caller at least. */
void flow_each_sink_with(struct flow *flow, uint64_t bit,
			 void (*fn)(const struct flow_sink *sink, void *data),
			 void *data);

/*
 * A call of the function that maps user memory at some place. All of it is
 * valid during the call of `fn`.
 */
struct flow_caller {
	struct location loc;	/* the call */
	bool brings;		/* user memory that needs the attribute there */
	bool shared;		/* from its own callers, others bring it other */
	int param;		/* which argument the attributes are, or -1 */
	enum attr_state attrs;	/* of the mapping, for this call */
	bool attrs_above;	/* and it has them from its own callers */
};

/*
 * Call `fn` for each call that is known of the function in which `map` is a
 * mapping of user memory; the same call may come more than once, as it can
 * bring more than one thing.
 */
void flow_each_caller(struct flow *flow, uint64_t bit,
		      const struct location *map,
		      void (*fn)(const struct flow_caller *caller, void *data),
		      void *data);

/*
 * Follow memory of the kernel through a flow of flow_new_calls(), which has not
 * followed any, from the allocators in those modules for which `in` is true:
 * flow_each_sink() then gives mappings of that memory. Once only.
 */
void flow_follow_kernel(struct flow *flow,
			bool (*in)(const char *module, const void *data),
			const void *data);

/*
 * A call of a function of kernel-api.conf, in a driver. All of it belongs to
 * the flow and is valid during the call of `fn`; a copy of the struct may be
 * kept as long as the flow is.
 */
struct flow_call {
	struct location loc;
	const char *module;
	const struct api_function *api;
	const char *spelling;		/* "dma_map_sg" for dma_map_sg_attrs() */
	struct view v;			/* the function that it is in */
	const struct op *op;
	uint32_t instance, number;	/* for flow_call_*() */
};

/*
 * Call `fn` for each call of a function that has one of `roles` (enum
 * api_role), once for each module that it is built into. Calls within the
 * kernel's own inline helpers (include/, arch/) are left out.
 */
void flow_each_call(struct flow *flow, unsigned int roles,
		    void (*fn)(const struct flow_call *call, void *data),
		    void *data);

/* How argument `arg` is written; NULL if there is no such argument. */
const struct arg_detail *flow_call_detail(const struct flow_call *call,
					  int arg);
/* Its text; "" where it comes from a macro. */
const char *flow_call_text(const struct flow_call *call, int arg);

/*
 * The parameter of the calling function that is argument `arg`, perhaps with
 * constants or-ed to it; -1 if none is.
 */
int flow_call_param(const struct flow_call *call, int arg);

/* Constants that can reach an argument. */
#define MAX_CONSTANTS 16
struct constants {
	uint64_t values[MAX_CONSTANTS];
	uint32_t nr;
	bool unknown;		/* others may reach it, too */
	/* Functions whose parameter decides and whose callers are not known. */
	uint32_t missing[MAX_CONSTANTS], nr_missing;
};
/*
 * The whole values that argument `arg` can have, from all branches and all
 * callers: parts that are or-ed together are one value, and what a later
 * assignment replaces is not there.
 */
void flow_call_values(struct flow *flow, const struct flow_call *call, int arg,
		      struct constants *set);

/*
 * Whether attribute `bit` is set in the call's attributes: ATTR_HAS if it is
 * on some branch at least, ATTR_LACKS if it is not or if some caller does not
 * pass it. What the function implies by itself does not count.
 */
enum attr_state flow_call_attr(struct flow *flow,
			       const struct flow_call *call, uint64_t bit);

/*
 * Whether argument `arg_a` of `a` and `arg_b` of `b` (API_RETURN for the
 * result) are kept in the same place: a field of the module, a global, or the
 * same local.
 */
bool flow_same_memory(struct flow *flow, const struct flow_call *a, int arg_a,
		      const struct flow_call *b, int arg_b);

/* One side of a pair: a call, on one way of calls that leads to it. */
struct flow_partner {
	struct flow_call call;	/* the driver's, where a helper maps for it */
	/* Whole values; what the function implies by itself is not in it. */
	struct constants attrs, directions;
	uint64_t unmap_bits;	/* of a map: all that any of its unmaps sets */
	/* The call that brings it to the function of `call`, if one does. */
	bool has_via;
	struct location via;
};

/*
 * A call that unmaps or frees, with the calls whose mapping or allocation it
 * can be that it ends. Where a helper unmaps for several callers each of
 * them has its own pairing.
 */
struct flow_pairing {
	struct flow_partner unmap;
	const struct flow_partner *maps;	/* at least one */
	size_t nr_maps;
	/*
	 * Other calls that unmap the same, instead of this one: in another arm,
	 * behind one that leaves, or other elements of the same array.
	 */
	const struct flow_partner *others;
	size_t nr_others;
	/* Nothing else comes there; an object has no other place. */
	bool complete;
	/*
	 * Both sides have the object from callers that are not known; all
	 * that the file maps so are in `maps`.
	 */
	bool guessed;
};

/*
 * Call `fn` for each. They are found by the DMA address, the table or, failing
 * that, the memory: through locals, fields of the module, parameters and
 * results, up to four calls away. All of it is valid during the call of `fn`.
 */
void flow_each_pairing(struct flow *flow,
		       void (*fn)(const struct flow_pairing *pairing,
				  void *data), void *data);

/*
 * What lies outside of the program and could carry the flow on.
 */
enum flow_request_kind {
	REQUEST_DEFINITION,	/* of function `name`: memory is passed to it */
	REQUEST_CALLERS,		/* of function `name`: it gives memory away */
	REQUEST_MEMBER,		/* users of field `name` of `record`, in `module` */
	REQUEST_CALLS,		/* through field `name` of `record`, anywhere */
	REQUEST_TAKERS,		/* callers of function `name` outside of `module` */
	REQUEST_SYNC,		/* users of field `name`, in `module`, that call `record` */
};
struct flow_request {
	enum flow_request_kind kind;
	const char *name;
	const char *record;	/* REQUEST_MEMBER, REQUEST_CALLS, REQUEST_SYNC; else NULL */
	const char *module;	/* REQUEST_MEMBER, REQUEST_TAKERS, REQUEST_SYNC; else NULL */
};

/* Call `fn` for each; the same want may come more than once. */
void flow_each_request(struct flow *flow,
		       void (*fn)(const struct flow_request *request, void *data),
		       void *data);

/* How much there is, for -v: functions, call edges, tainted places. */
struct flow_size {
	size_t functions, edges, states, tainted_fields;
};
struct flow_size flow_size(const struct flow *flow);

/* Print each tainted field by module, to find where taint went astray. */
void flow_print_fields(const struct flow *flow, FILE *out);

#endif
