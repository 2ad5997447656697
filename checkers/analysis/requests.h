/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_REQUESTS_H
#define ANALYSIS_REQUESTS_H
#include "lib/compat.h"
#include "lib/buffer.h"

struct api;
struct flow;
struct flow_request;
struct program;

/*
 * The requests of a flow (flow.h) as bytes that can be kept: a flow that was
 * solved in an earlier run for the same facts need not be solved again to
 * know how it goes on.
 */

/* Add all requests of `flow`, each once, to the empty buffer `requests`. */
void requests_collect(struct strbuf *requests, struct flow *flow);

/* Call `fn` for each; false if it makes no sense, perhaps in the middle. */
bool requests_each(const struct strbuf *requests,
		   void (*fn)(const struct flow_request *request, void *data),
		   void *data);

/*
 * A hash of all that the requests depend on: the facts of the program, what is
 * known of the kernel's API, and this very dmacheck.
 */
uint64_t requests_key(const struct program *program, const struct api *api);

/* Of this very dmacheck alone. */
uint64_t requests_own_hash(void);

#endif
