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
 * The requests of a flow (flow.h) as bytes for the store: if an earlier run solved
 * the flow of the same facts, they are known without solving it again.
 */

/* Add all requests of `flow`, each once, to the empty buffer `requests`. */
void requests_collect(struct strbuf *requests, struct flow *flow);

/* Call `fn` for each; false if the bytes are not valid, perhaps after some calls. */
bool requests_each(const struct strbuf *requests,
		   void (*fn)(const struct flow_request *request, void *data),
		   void *data);

/*
 * A hash of everything that the requests depend on: the facts of the program, the
 * kernel API, and this build of dmacheck.
 */
uint64_t requests_key(const struct program *program, const struct api *api);

/* A hash of this build of dmacheck. */
uint64_t requests_own_hash(void);

#endif
