// SPDX-License-Identifier: GPL-2.0-only
/*
 * The record of a run in the store: the files it read, with hashes of their
 * contents, the names it looked for, and its findings. With it, relevance.c and
 * `dmacheck patch` skip what has not changed.
 */
#include "analysis/last-run.h"

#include <time.h>
#include <xxhash.h>

#include "analysis/frontier.h"
#include "analysis/requests.h"
#include "analysis/analysis.h"
#include "change/change.h"
#include "facts/store.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/buffer.h"
#include "lib/installed.h"
#include "lib/path.h"
#include "lib/placeholder.h"
#include "rules/rule.h"

/* Seconds. */
#define MAX_AGE (24 * 60 * 60)

/* Only those of modules that a request named. */
static void add_places(struct last_run *seen,
		       const struct compile_db *compile_db)
{
	struct intern_pool modules = INTERN_POOL_INIT;
	uint32_t n;
	size_t i;

	for (n = 0; n < seen->asked.nr; n++) {
		struct frontier_ask ask;

		if (frontier_ask_read(&ask, intern_str(&seen->asked, n)) &&
		    ask.module)
			intern(&modules, ask.module);
		frontier_ask_release(&ask);
	}
	for (i = 0; i < compile_db->nr; i++) {
		const struct compile_command *c = &compile_db->list[i];
		char *dir, *place;

		if (!intern_has(&modules, c->module))
			continue;
		dir = path_dirname(c->file);
		place = xstrfmt("%s %s", c->module, dir);
		intern(&seen->places, place);
		free(place);
		free(dir);
	}
	intern_release(&modules);
}

static void add_files(struct last_run *seen, const struct program *program)
{
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		intern(&seen->files, unit->file);
		for (j = 0; j < unit->nr_headers; j++)
			intern(&seen->files,
			       intern_str(&program->names, unit->headers[j]));
	}
	for (i = 0; i < program->nr_misses; i++)
		intern(&seen->files, program->misses[i].file);
}

static void add_pool(struct intern_pool *to, const struct intern_pool *from)
{
	uint32_t i;

	for (i = 0; i < from->nr; i++)
		intern(to, intern_str(from, i));
}

void last_run_saw(struct analysis *run, const struct intern_pool *names,
		  const struct frontier *frontier)
{
	add_pool(&run->seen.names, names);
	add_pool(&run->seen.asked, &frontier->asked);
	add_places(&run->seen, &run->compile_db);
	add_files(&run->seen, &run->result.program);
}

/* --- the record --- */

/* Each kind of run replaces the record of its own kind. */
enum run_kind {
	RUN_PART,	/* a part of the tree: its findings are not kept */
	RUN_WHOLE,
	RUN_BEFORE,	/* the tree without a change */
	RUN_AFTER,	/* the tree with it */
	NR_RUN_KINDS
};

static enum run_kind run_kind_of(const struct analysis *run)
{
	if (run->request.touched)
		return run->request.before ? RUN_BEFORE : RUN_AFTER;
	return run->paths.nr || run->tree.module || run->request.fixing ?
		RUN_PART : RUN_WHOLE;
}

static void add_text(struct strbuf *b, const char *path)
{
	size_t len = 0;
	char *text = path ? path_read(path, &len) : NULL;

	strbuf_add(b, text ? text : "", text ? len : 0);
	free(text);
}

/* A hash of everything that findings depend on except the tree's files. */
static uint64_t key_for(const struct analysis *run, enum run_kind kind,
			bool anywhere)
{
	char *policy = installed_file("policy.conf"), *conf;
	struct strbuf b = STRBUF_INIT;
	uint64_t key;
	size_t i;

	buffer_str(&b, "last run 2");
	buffer_u32(&b, kind);
	buffer_u64(&b, requests_own_hash());
	buffer_u64(&b, api_hash(run->api));
	add_text(&b, policy);
	for (i = 0; i < run->request.policies.nr; i++)
		add_text(&b, run->request.policies.v[i]);
	conf = path_join(run->tree.module ? run->tree.module_dir :
			 run->tree.root, TREE_CONF);
	add_text(&b, run->request.no_config ? NULL : conf);
	free(conf);
	buffer_str(&b, anywhere ? "" : run->tree.root);
	buffer_str(&b, run->tree.version);
	buffer_str(&b, run->tree.arch);
	buffer_str(&b, anywhere ? "" : run->request.objtree);
	for (i = 0; i < run->nr_read; i++)
		buffer_str(&b, run->rules[i]->id);
	key = XXH3_64bits(b.buf, b.len);
	strbuf_release(&b);
	free(policy);
	return key;
}

static uint64_t key_of(const struct analysis *run, enum run_kind kind)
{
	return key_for(run, kind, false);
}

/* If there is none of this tree, that of one which was imported. */
static bool recall_record(struct store *store, const struct analysis *run,
			  enum run_kind kind, struct strbuf *b)
{
	return store_recall(store, key_of(run, kind), b) ||
		store_recall(store, key_for(run, kind, true), b);
}

void last_run_share(const struct analysis *run)
{
	int kind;

	for (kind = RUN_WHOLE; kind < NR_RUN_KINDS; kind++) {
		struct strbuf b = STRBUF_INIT;

		if (store_recall(run->store, key_of(run, (enum run_kind)kind),
				 &b))
			store_remember(run->store,
				       key_for(run, (enum run_kind)kind, true),
				       &b);
		strbuf_release(&b);
	}
}

/* Where the names in a record are hidden: it may go to other places. */
static struct places places_of(const struct analysis *run)
{
	return (struct places){
		.root = run->tree.root,
		.out = run->compile_db.origin == COMPILE_DB_FROM_OWN_OBJTREE ?
			run->compile_db.where : NULL,
	};
}

static uint64_t hash_of(const struct analysis *run, const char *file)
{
	return store_file_hash(run->store, run->tree.root, file);
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

void last_run_keep(struct analysis *run)
{
	const enum run_kind kind = run_kind_of(run);
	const struct findings *findings = &run->result.findings;
	const struct places places = places_of(run);
	struct last_run *seen = &run->seen;
	struct strbuf b = STRBUF_INIT;
	uint32_t n;
	size_t i;

	buffer_u64(&b, (uint64_t)time(NULL));
	put_pool(&b, &seen->names);
	put_pool(&b, &seen->asked);
	put_pool(&b, &seen->places);
	for (i = 0; i < findings->nr; i++)
		intern(&seen->files, findings->list[i].loc.file);
	buffer_u32(&b, seen->files.nr);
	for (n = 0; n < seen->files.nr; n++) {
		const char *file = intern_str(&seen->files, n);
		char *name = placeholder_hide(file, &places);

		buffer_str(&b, name);
		free(name);
		buffer_u64(&b, kind == RUN_PART ? 0 : hash_of(run, file));
	}
	buffer_u32(&b, (uint32_t)findings->nr);
	for (i = 0; i < findings->nr; i++)
		buffer_str(&b, findings->list[i].fingerprint);
	/* If the record cannot be written, the next run does the work again. */
	store_remember(run->store, key_of(run, kind), &b);
	strbuf_release(&b);
}

bool last_run_renew(const struct analysis *run)
{
	uint64_t key = key_of(run, run_kind_of(run)), now = (uint64_t)time(NULL);
	struct strbuf b = STRBUF_INIT;
	bool known = store_recall(run->store, key, &b) && b.len >= sizeof(now);

	if (known) {
		memcpy(b.buf, &now, sizeof(now));
		known = !store_remember(run->store, key, &b);
	}
	strbuf_release(&b);
	return known;
}

/* --- the files and names --- */

/* Read the record up to its files; its time. */
static uint64_t take_names(struct last_run *seen, struct reader *r)
{
	uint64_t then = reader_u64(r);

	take_pool(r, &seen->names);
	take_pool(r, &seen->asked);
	take_pool(r, &seen->places);
	return then;
}

static void take_files(struct last_run *seen, const struct analysis *run,
		       struct reader *r)
{
	const struct places places = places_of(run);
	uint32_t nr;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		char *name = reader_str(r);
		char *file = placeholder_show(name, &places);

		intern(&seen->files, file);
		reader_u64(r);
		free(file);
		free(name);
	}
}

bool last_run_recall(struct last_run *seen, const struct analysis *run)
{
	struct store *store = store_open(run->cache);
	uint64_t newest = 0, now = (uint64_t)time(NULL);
	int kind;

	if (seen->names.nr || seen->files.nr)
		BUG("the record of the last run is filled twice");
	for (kind = 0; store && kind < NR_RUN_KINDS; kind++) {
		struct last_run found = LAST_RUN_INIT;
		struct strbuf b = STRBUF_INIT;
		struct reader r;
		uint64_t then = 0;

		if (recall_record(store, run, (enum run_kind)kind, &b)) {
			reader_init(&r, b.buf, b.len);
			then = take_names(&found, &r);
			take_files(&found, run, &r);
			if (r.bad)
				then = 0;
		}
		if (then > newest && then <= now && now - then < MAX_AGE) {
			struct last_run older = *seen;

			*seen = found;
			found = older;
			newest = then;
		}
		last_run_release(&found);
		strbuf_release(&b);
	}
	store_close(store);
	return newest > 0;
}

/* --- the findings --- */

bool last_run_exists(const struct analysis *run)
{
	struct store *store = store_open(run->cache);
	bool exists = false;
	int kind;

	for (kind = RUN_WHOLE; store && kind < NR_RUN_KINDS && !exists; kind++) {
		struct strbuf b = STRBUF_INIT;

		exists = recall_record(store, run, (enum run_kind)kind, &b);
		strbuf_release(&b);
	}
	store_close(store);
	return exists;
}

/* A hash of the file without the change. */
static uint64_t hash_before(const struct analysis *after,
			    const struct change *change, const char *file)
{
	const struct overlay_file *f = overlay_find(&change->before, file);
	struct tree tree;
	char *text;
	size_t len;
	uint64_t hash;

	if (f)
		return f->hash;
	if (!change_touches(change, file))
		return hash_of(after, file);
	tree = after->tree;
	tree.overlay = NULL;
	text = tree_read(&tree, file, &len);
	hash = text ? XXH3_64bits(text, len) : 0;
	free(text);
	return hash;
}

static bool recall_findings(struct intern_pool *prints, const struct analysis *after,
			    const struct change *change, enum run_kind kind)
{
	const struct places places = places_of(after);
	struct last_run seen = LAST_RUN_INIT;
	struct strbuf b = STRBUF_INIT;
	struct reader r;
	bool same = recall_record(after->store, after, kind, &b);
	uint32_t nr;

	reader_init(&r, b.buf, b.len);
	take_names(&seen, &r);
	for (nr = same ? reader_u32(&r) : 0; nr && same && !r.bad; nr--) {
		char *name = reader_str(&r);
		char *file = placeholder_show(name, &places);

		same = reader_u64(&r) == hash_before(after, change, file);
		free(file);
		free(name);
	}
	if (same)
		take_pool(&r, prints);
	last_run_release(&seen);
	strbuf_release(&b);
	return same && !r.bad;
}

bool last_run_findings(struct intern_pool *prints, const struct analysis *after,
		       const struct change *change)
{
	bool any = false;
	int kind;

	for (kind = RUN_WHOLE; kind < NR_RUN_KINDS; kind++)
		any |= recall_findings(prints, after, change,
				       (enum run_kind)kind);
	return any;
}

void last_run_release(struct last_run *seen)
{
	intern_release(&seen->names);
	intern_release(&seen->asked);
	intern_release(&seen->places);
	intern_release(&seen->files);
}
