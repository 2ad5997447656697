/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FLOW_FLOW_H
#define FLOW_FLOW_H
#include "lib/compat.h"
#include "facts/view.h"
#include "findings/finding.h"
/*
 * The facts of all files joined: where user memory flows, from its sources
 * (pin_user_pages() and the like) to its sinks (dma_map_*()), and answers to other
 * queries about the whole program: which unmap belongs to a map, which values an
 * argument can have.
 *
 * Places (facts/facts.h) are followed: a parameter, a local or the return value of a
 * function, a field or a global. A function is analysed once for each module that it
 * is built into; a field is one place in a whole module, and another place in the
 * next module. Objects of one struct are not distinguished, and the order of
 * statements is ignored.
 *
 * A state is a place with user memory, under a condition:
 *
 *	taint	VALUE		the value is user memory, or points to it
 *		POINTEE		also, the memory behind it was filled with user
 *				memory: so was every copy of that pointer
 *	entry	none, or the parameter of the function that brought it, so that
 *		memory of one caller does not come out at another caller
 *	brief	whether it was pinned for one transfer only
 *
 * POINTEE implies VALUE (the lattice: none < VALUE < POINTEE, for each place and
 * condition). States are only added, never removed: they grow from the sources until
 * nothing changes. For instance
 *
 *	void user_map(struct device *dev, struct sg_table *table)
 *	{
 *		dma_map_sgtable(dev, table, DMA_BIDIRECTIONAL, 0);
 *	}
 *
 *	void user_pin(struct user_buf *buf, unsigned long addr)
 *	{
 *		pin_user_pages_fast(addr, 16, FOLL_LONGTERM, pages);
 *		sg_alloc_table_from_pages(&buf->sgt, pages, 16, ...);
 *		user_map(buf->dev, &buf->sgt);
 *	}
 *
 * gives the states
 *
 *	1  user_pin: pages		POINTEE	entry none	source
 *	2  user_buf.sgt of the module	POINTEE	entry none	transfer, of 1
 *	3  user_map: table		VALUE	entry table	pass, of 2
 *
 * and one sink, dma_map_sgtable() by 3. Its trace is 1, 2, 3.
 */
struct api;
struct program;
struct api_function;
struct arg_detail;
struct intern_pool;
struct flow;

/*
 * Join the facts of `program` and follow user memory to the end. Both arguments are
 * only read and must outlive the flow. The caller frees it with flow_free().
 */
struct flow *flow_new(const struct program *program, const struct api *api);

/*
 * The same without following user memory: enough for flow_each_call() and the
 * queries about a call. Only the files in `only` take part, so that the
 * result does not depend on which other files were read.
 */
struct flow *flow_new_calls(const struct program *program,
			    const struct api *api,
			    const struct intern_pool *only);
void flow_free(struct flow *flow);

/*
 * Whether a bit is set in the attributes of a call. It is set if it is or-ed in on
 * some branch: the author knew about it. It is not set if one of several callers, or
 * one of several assignments to a field, leaves it out.
 */
enum attr_state {
	ATTR_HAS,
	ATTR_LACKS,
	ATTR_UNKNOWN,	/* they come from outside of the program */
};

/*
 * A mapping of user memory: one reachable call of a sink in a driver. All of it
 * belongs to the flow and is valid during the call.
 */
struct flow_sink {
	struct location loc;	/* the call, in a .c file */
	const char *module;
	const char *api;	/* as the source spells it: "dma_map_sg" */
	enum attr_state attrs;
	const char *source;	/* "pin_user_pages_fast" */
	const char *handover;	/* why it needs no bit, or NULL */
	bool is_synced;		/* because the driver calls dma_sync_*() */
	bool is_open;		/* callers in other files may pass the bit */
	/* The caller that brings the memory, or attributes without the bit. */
	const char *caller;	/* or NULL */
	const struct trace_step *steps;	/* source first */
	size_t nr_steps;
	const char *const *headers;	/* of the files that map and pin */
	size_t nr_headers;
};

/*
 * Call `fn` for each mapping of user memory, with the state of attribute `bit` (0: the
 * tree does not have it, and no mapping does).
 */
void flow_each_sink(struct flow *flow, uint64_t bit,
		    void (*fn)(const struct flow_sink *sink, void *data),
		    void *data);

/* The same for each mapping that has the bit for at least one caller. */
void flow_each_sink_with(struct flow *flow, uint64_t bit,
			 void (*fn)(const struct flow_sink *sink, void *data),
			 void *data);

/*
 * A call of the function that maps user memory. All of it is valid during the
 * call of `fn`.
 */
struct flow_caller {
	struct location loc;	/* the call */
	bool brings;		/* user memory, which needs the attribute */
	bool shared;		/* its callers pass other memory, too */
	int param;		/* the argument with the attributes, or -1 */
	enum attr_state attrs;	/* of the mapping, for this call */
	bool attrs_above;	/* its callers pass them */
};

/*
 * Call `fn` for each call of the function in which `map` is a mapping of user
 * memory; a call that brings more than one piece of memory comes more than
 * once.
 */
void flow_each_caller(struct flow *flow, uint64_t bit,
		      const struct location *map,
		      void (*fn)(const struct flow_caller *caller, void *data),
		      void *data);

/*
 * Follow kernel memory through a flow of flow_new_calls(), from the allocators
 * in the modules for which `in` is true: flow_each_sink() then gives the
 * mappings of that memory. May be called once.
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

/* The text of argument `arg`; NULL if there is no such argument. */
const struct arg_detail *flow_call_detail(const struct flow_call *call,
					  int arg);

/*
 * The parameter of the calling function that is argument `arg`, perhaps with
 * constants or-ed to it; -1 if none is.
 */
int flow_call_param(const struct flow_call *call, int arg);

/* The values that an argument can have. */
#define MAX_CONSTANTS 16
struct constants {
	uint64_t values[MAX_CONSTANTS];
	uint32_t nr;
	bool unknown;		/* it can have others, too */
	/* Functions without known callers, whose parameter decides. */
	uint32_t missing[MAX_CONSTANTS], nr_missing;
};
/*
 * The values that argument `arg` can have, from all branches and all callers. Parts
 * that are or-ed together are one value; a value that a later assignment replaces is
 * left out.
 */
void flow_call_values(struct flow *flow, const struct flow_call *call, int arg,
		      struct constants *set);

/*
 * Whether attribute `bit` is set in the call's attributes, not counting those that the
 * called function implies.
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

/* One side of a pair: a call, on one path of calls that leads to it. */
struct flow_partner {
	struct flow_call call;	/* the driver's, where a helper maps for it */
	/* Without the attributes that the function implies. */
	struct constants attrs, directions;
	uint64_t unmap_bits;	/* of a map: set by any of its unmaps */
	/* The call that passes the object to the function of `call`. */
	bool has_via;
	struct location via;
};

/*
 * A call that unmaps or frees, with the calls that may have mapped or allocated the
 * object. If a helper unmaps for several callers, each caller has its own pairing.
 */
struct flow_pairing {
	struct flow_partner unmap;
	const struct flow_partner *maps;	/* at least one */
	size_t nr_maps;
	/*
	 * Calls that unmap the same object instead of this one: in another
	 * branch, behind one that leaves the function, or for other elements
	 * of the same array.
	 */
	const struct flow_partner *others;
	size_t nr_others;
	/* No other map can have made the object. */
	bool complete;
	/*
	 * Both sides get the object from callers that are not known: `maps`
	 * are all calls of the file that map such an object.
	 */
	bool guessed;
};

/*
 * Call `fn` for each pairing. A map and an unmap are paired if they have the
 * DMA address, the table or, failing that, the memory in the same place:
 * through locals, fields of the module, parameters and results, up to four
 * calls away. All of it is valid during the call of `fn`.
 */
void flow_each_pairing(struct flow *flow,
		       void (*fn)(const struct flow_pairing *pairing,
				  void *data), void *data);

/* Code outside of the program to which the flow would continue. */
enum flow_request_kind {
	REQUEST_DEFINITION,	/* of function `name`, which gets memory */
	REQUEST_CALLERS,		/* of function `name`, which returns memory */
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

/* Call `fn` for each; the same request may come more than once. */
void flow_each_request(struct flow *flow,
		       void (*fn)(const struct flow_request *request, void *data),
		       void *data);

/* Its size, for -v: functions, call edges, tainted places. */
struct flow_size {
	size_t functions, edges, states, tainted_fields;
};
struct flow_size flow_size(const struct flow *flow);

/* Print each tainted field by module, to find where taint went wrong. */
void flow_print_fields(const struct flow *flow, FILE *out);

#endif
