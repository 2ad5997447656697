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

void last_run_add_pool(struct intern_pool *to, const struct intern_pool *from)
{
	uint32_t i;

	for (i = 0; i < from->nr; i++)
		intern(to, intern_str(from, i));
}

/* Of those modules alone that something was asked of. */
static void add_places(struct last_run *last_run,
		       const struct compile_db *compile_db)
{
	struct intern_pool modules = INTERN_POOL_INIT;
	uint32_t n;
	size_t i;

	for (n = 0; n < last_run->asked.nr; n++) {
		struct frontier_ask ask;

		if (frontier_ask_read(&ask, intern_str(&last_run->asked, n)) &&
		    ask.module)
			intern(&modules, ask.module);
		frontier_ask_release(&ask);
	}
	for (i = 0; i < compile_db->nr; i++) {
		const struct compile_command *c = &compile_db->list[i];
		char *dir, *place;

		if (intern_find(&modules, c->module) == INTERN_NONE)
			continue;
		dir = path_dirname(c->file);
		place = xstrfmt("%s %s", c->module, dir);
		intern(&last_run->places, place);
		free(place);
		free(dir);
	}
	intern_release(&modules);
}

void last_run_add_files(struct last_run *last_run,
			const struct program *program,
			const struct compile_db *compile_db)
{
	size_t i, j;

	add_places(last_run, compile_db);
	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		intern(&last_run->files, unit->file);
		for (j = 0; j < unit->nr_headers; j++)
			intern(&last_run->files,
			       intern_str(&program->names, unit->headers[j]));
	}
	for (i = 0; i < program->nr_misses; i++)
		intern(&last_run->files, program->misses[i].file);
}

static uint64_t key_of(const struct analysis_options *options)
{
	struct strbuf b = STRBUF_INIT;
	uint64_t key;
	size_t i;

	buffer_str(&b, "footprint");
	buffer_u64(&b, requests_own_hash());
	buffer_u64(&b, api_hash(options->api));
	buffer_str(&b, options->tree->root);
	buffer_str(&b, options->tree->version);
	buffer_str(&b, options->tree->arch);
	buffer_str(&b, options->objtree);
	for (i = 0; i < options->nr_rules; i++)
		buffer_str(&b, options->rules[i]->id);
	key = XXH3_64bits(b.buf, b.len);
	strbuf_release(&b);
	return key;
}

static void put_pool(struct strbuf *b, const struct intern_pool *pool)
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

int last_run_keep(const struct last_run *last_run, struct store *store,
		  const struct analysis_options *options)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	buffer_u64(&b, (uint64_t)time(NULL));
	put_pool(&b, &last_run->names);
	put_pool(&b, &last_run->asked);
	put_pool(&b, &last_run->places);
	put_pool(&b, &last_run->files);
	ret = store_remember(store, key_of(options), &b);
	strbuf_release(&b);
	return ret;
}

bool last_run_recall(struct last_run *last_run, struct store *store,
		     const struct analysis_options *options)
{
	struct strbuf b = STRBUF_INIT;
	struct reader r;
	uint64_t then, now = (uint64_t)time(NULL);
	bool good = false;

	if (store_recall(store, key_of(options), &b)) {
		reader_init(&r, b.buf, b.len);
		then = reader_u64(&r);
		take_pool(&r, &last_run->names);
		take_pool(&r, &last_run->asked);
		take_pool(&r, &last_run->places);
		take_pool(&r, &last_run->files);
		good = !r.bad && then <= now && now - then < MAX_AGE;
	}
	strbuf_release(&b);
	return good;
}

void last_run_release(struct last_run *last_run)
{
	intern_release(&last_run->names);
	intern_release(&last_run->asked);
	intern_release(&last_run->places);
	intern_release(&last_run->files);
}
