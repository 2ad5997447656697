// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/requests.h"

#include <xxhash.h>

#include "facts/program.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lib/path.h"
#include "lib/version.h"

/* Of a want that is written: what is not there is no empty string. */
#define HAS_RECORD 256u
#define HAS_MODULE 512u
#define KIND 255u

struct collecting {
	struct buffer *wants;
	struct intern_pool seen;
};

static void collect(const struct flow_want *want, void *data)
{
	struct collecting *c = data;
	uint32_t before = c->seen.nr, bits = want->kind;
	char *text = xstrfmt("%d %s %s %s", want->kind,
			     want->module ? want->module : "",
			     want->record ? want->record : "", want->name);

	intern(&c->seen, text);
	free(text);
	if (c->seen.nr == before)
		return;
	bits |= (want->record ? HAS_RECORD : 0) |
		(want->module ? HAS_MODULE : 0);
	buffer_u32(c->wants, bits);
	buffer_str(c->wants, want->name);
	buffer_str(c->wants, want->record);
	buffer_str(c->wants, want->module);
}

void wants_collect(struct buffer *wants, struct flow *flow)
{
	struct collecting c = { wants, INTERN_POOL_INIT };

	flow_each_want(flow, collect, &c);
	intern_release(&c.seen);
}

bool wants_each(const struct buffer *wants,
		void (*fn)(const struct flow_want *want, void *data),
		void *data)
{
	struct reader r;

	reader_init(&r, wants->data, wants->len);
	while (r.p < r.end && !r.bad) {
		uint32_t bits = reader_u32(&r);
		char *name = reader_str(&r), *record = reader_str(&r);
		char *module = reader_str(&r);
		struct flow_want want = {
			.kind = (enum flow_want_kind)(bits & KIND),
			.name = name,
			.record = bits & HAS_RECORD ? record : NULL,
			.module = bits & HAS_MODULE ? module : NULL,
		};

		if (!r.bad)
			fn(&want, data);
		free(name);
		free(record);
		free(module);
	}
	return !r.bad;
}

/* Another build may follow the flow in another way. */
uint64_t wants_own_hash(void)
{
	static uint64_t hash;
	size_t len;
	char *text;

	if (hash)
		return hash;
	text = path_read("/proc/self/exe", &len);
	hash = text ? XXH3_64bits(text, len) :
		XXH3_64bits(DMACHECK_VERSION, strlen(DMACHECK_VERSION));
	free(text);
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

uint64_t wants_key(const struct program *program, const struct api *api)
{
	XXH3_state_t *state = XXH3_createState();
	uint64_t fixed[2] = { wants_own_hash(), api_hash(api) };
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
