// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/last-run.h"

#include <time.h>
#include <xxhash.h>

#include "analysis/analysis.h"
#include "analysis/frontier.h"
#include "analysis/requests.h"
#include "facts/store.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "rules/rule.h"

/* Seconds. */
#define MAX_AGE (24 * 60 * 60)

void footprint_add_pool(struct intern_pool *to, const struct intern_pool *from)
{
	uint32_t i;

	for (i = 0; i < from->nr; i++)
		intern(to, intern_str(from, i));
}

/* Of those modules alone that something was asked of. */
static void add_places(struct footprint *footprint,
		       const struct commands *commands)
{
	struct intern_pool modules = INTERN_POOL_INIT;
	uint32_t n;
	size_t i;

	for (n = 0; n < footprint->asked.nr; n++) {
		struct frontier_ask ask;

		if (frontier_ask_read(&ask, intern_str(&footprint->asked, n)) &&
		    ask.module)
			intern(&modules, ask.module);
		frontier_ask_release(&ask);
	}
	for (i = 0; i < commands->nr; i++) {
		const struct command *c = &commands->list[i];
		char *dir, *place;

		if (intern_find(&modules, c->module) == INTERN_NONE)
			continue;
		dir = path_dirname(c->file);
		place = xstrfmt("%s %s", c->module, dir);
		intern(&footprint->places, place);
		free(place);
		free(dir);
	}
	intern_release(&modules);
}

void footprint_add_files(struct footprint *footprint,
			 const struct program *program,
			 const struct commands *commands)
{
	size_t i, j;

	add_places(footprint, commands);
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		intern(&footprint->files, unit->file);
		for (j = 0; j < unit->nr_headers; j++)
			intern(&footprint->files,
			       intern_str(&program->names, unit->headers[j]));
	}
	for (i = 0; i < program->nr_misses; i++)
		intern(&footprint->files, program->misses[i].file);
}

static uint64_t key_of(const struct analysis_options *options)
{
	struct buffer b = BUFFER_INIT;
	uint64_t key;
	size_t i;

	buffer_str(&b, "footprint");
	buffer_u64(&b, wants_own_hash());
	buffer_u64(&b, api_hash(options->api));
	buffer_str(&b, options->tree->root);
	buffer_str(&b, options->tree->version);
	buffer_str(&b, options->tree->arch);
	buffer_str(&b, options->objtree);
	for (i = 0; i < options->nr_rules; i++)
		buffer_str(&b, options->rules[i]->id);
	key = XXH3_64bits(b.data, b.len);
	buffer_release(&b);
	return key;
}

static void put_pool(struct buffer *b, const struct intern_pool *pool)
{
	uint32_t i;

	buffer_u32(b, pool->nr);
	for (i = 0; i < pool->nr; i++)
		buffer_str(b, intern_str(pool, i));
}

static void take_pool(struct reader *r, struct intern_pool *pool)
{
	uint32_t nr;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		char *name = reader_str(r);

		intern(pool, name);
		free(name);
	}
}

int footprint_keep(const struct footprint *footprint, struct store *store,
		   const struct analysis_options *options)
{
	struct buffer b = BUFFER_INIT;
	int ret;

	buffer_u64(&b, (uint64_t)time(NULL));
	put_pool(&b, &footprint->names);
	put_pool(&b, &footprint->asked);
	put_pool(&b, &footprint->places);
	put_pool(&b, &footprint->files);
	ret = store_remember(store, key_of(options), &b);
	buffer_release(&b);
	return ret;
}

bool footprint_recall(struct footprint *footprint, struct store *store,
		      const struct analysis_options *options)
{
	struct buffer b = BUFFER_INIT;
	struct reader r;
	uint64_t then, now = (uint64_t)time(NULL);
	bool good = false;

	if (store_recall(store, key_of(options), &b)) {
		reader_init(&r, b.data, b.len);
		then = reader_u64(&r);
		take_pool(&r, &footprint->names);
		take_pool(&r, &footprint->asked);
		take_pool(&r, &footprint->places);
		take_pool(&r, &footprint->files);
		good = !r.bad && then <= now && now - then < MAX_AGE;
	}
	buffer_release(&b);
	return good;
}

void footprint_release(struct footprint *footprint)
{
	intern_release(&footprint->names);
	intern_release(&footprint->asked);
	intern_release(&footprint->places);
	intern_release(&footprint->files);
}
