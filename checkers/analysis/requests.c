// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the requests of a solved flow as bytes for the store, and reads them back;
 * for read.c, which then need not solve the same flow again.
 */
#include "analysis/requests.h"

#include <xxhash.h>

#include "facts/engine.h"
#include "facts/program.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lib/version.h"

/* A string of a request as bytes: NULL differs from "". */
#define HAS_RECORD 256u
#define HAS_MODULE 512u
#define KIND 255u

struct collecting {
	struct strbuf *requests;
	struct intern_pool seen;
};

static void collect_request(const struct flow_request *request, void *data)
{
	struct collecting *c = data;
	uint32_t before = c->seen.nr, bits = request->kind;
	char *text = xstrfmt("%d %s %s %s", request->kind,
			     request->module ? request->module : "",
			     request->record ? request->record : "", request->name);

	intern(&c->seen, text);
	free(text);
	if (c->seen.nr == before)
		return;
	bits |= (request->record ? HAS_RECORD : 0) |
		(request->module ? HAS_MODULE : 0);
	buffer_u32(c->requests, bits);
	buffer_str(c->requests, request->name);
	buffer_str(c->requests, request->record);
	buffer_str(c->requests, request->module);
}

void requests_collect(struct strbuf *requests, struct flow *flow)
{
	struct collecting c = { requests, INTERN_POOL_INIT };

	flow_each_request(flow, collect_request, &c);
	intern_release(&c.seen);
}

bool requests_each(const struct strbuf *requests,
		   void (*fn)(const struct flow_request *request, void *data),
		   void *data)
{
	struct reader r;

	reader_init(&r, requests->buf, requests->len);
	while (r.p < r.end && !r.bad) {
		uint32_t bits = reader_u32(&r);
		char *name = reader_str(&r), *record = reader_str(&r);
		char *module = reader_str(&r);
		struct flow_request request = {
			.kind = (enum flow_request_kind)(bits & KIND),
			.name = name,
			.record = bits & HAS_RECORD ? record : NULL,
			.module = bits & HAS_MODULE ? module : NULL,
		};

		r.bad |= (bits & KIND) > REQUEST_SYNC;
		if (!r.bad)
			fn(&request, data);
		free(name);
		free(record);
		free(module);
	}
	return !r.bad;
}

/* Another build of dmacheck may compute other facts or another flow. */
uint64_t requests_own_hash(void)
{
	static uint64_t hash;

	if (hash)
		return hash;
	hash = engine_hash_of("/proc/self/exe");
	if (!hash)
		hash = XXH3_64bits(DMACHECK_VERSION, strlen(DMACHECK_VERSION));
	hash ^= engine_hash();
	return hash;
}

static void hash_str(XXH3_state_t *state, const char *s)
{
	XXH3_64bits_update(state, s, strlen(s) + 1);
}

static void hash_unit(XXH3_state_t *state, const struct program *program,
		      const struct unit *unit)
{
	size_t i;

	hash_str(state, unit->file);
	XXH3_64bits_update(state, &unit->hash, sizeof(unit->hash));
	for (i = 0; i < unit->nr_modules; i++)
		hash_str(state, unit->modules[i]);
	for (i = 0; i < unit->nr_header_sets; i++) {
		uint64_t hash = program->header_sets[unit->header_sets[i]]->hash;

		XXH3_64bits_update(state, &hash, sizeof(hash));
	}
}

uint64_t requests_key(const struct program *program, const struct api *api)
{
	XXH3_state_t *state = XXH3_createState();
	uint64_t fixed[2] = { requests_own_hash(), api_hash(api) };
	uint64_t key;
	size_t i;

	if (!state)
		die("out of memory");
	XXH3_64bits_reset(state);
	XXH3_64bits_update(state, fixed, sizeof(fixed));
	for (i = 0; i < program->nr_units; i++)
		hash_unit(state, program, program->units[i]);
	key = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return key;
}
