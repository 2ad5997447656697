// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/last-findings.h"

#include <xxhash.h>

#include "lib/installed.h"
#include "cli/options.h"
#include "analysis/requests.h"
#include "facts/store.h"
#include "knowledge/api.h"
#include "lib/buffer.h"
#include "lib/path.h"
#include "rules/rule.h"

static void add_text(struct strbuf *b, const char *path)
{
	size_t len = 0;
	char *text = path ? path_read(path, &len) : NULL;

	strbuf_add(b, text, text ? len : 0);
	free(text);
}

/* All that findings depend on besides the tree's files. */
static uint64_t key_of(const struct examination *ex, enum known_kind kind)
{
	const struct options *opt = ex->opt;
	char *policy = installed_file("policy.conf");
	struct strbuf b = STRBUF_INIT;
	uint64_t key;
	size_t i;

	buffer_str(&b, "known");
	buffer_u32(&b, kind);
	buffer_u64(&b, requests_own_hash());
	buffer_u64(&b, api_hash(ex->api));
	add_text(&b, policy);
	for (i = 0; i < opt->policies.nr; i++)
		add_text(&b, opt->policies.list[i]);
	buffer_str(&b, ex->tree.root);
	buffer_str(&b, ex->tree.version);
	buffer_str(&b, ex->tree.arch);
	buffer_str(&b, opt->objtree);
	for (i = 0; i < ex->nr_rules; i++)
		buffer_str(&b, ex->rules[i]->id);
	key = XXH3_64bits(b.buf, b.len);
	strbuf_release(&b);
	free(policy);
	return key;
}

static uint64_t hash_of(const struct examination *ex, const char *file)
{
	return store_file_hash(ex->analysis.store, ex->tree.root, file);
}

/* Those that were read, and those that something was found in. */
static void list_files(const struct examination *ex, struct intern_pool *files)
{
	const struct program *program = &ex->analysis.program;
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		intern(files, unit->file);
		for (j = 0; j < unit->nr_headers; j++)
			intern(files, intern_str(&program->names,
						 unit->headers[j]));
	}
	for (i = 0; i < program->nr_misses; i++)
		intern(files, program->misses[i].file);
	for (i = 0; i < ex->findings.nr; i++)
		intern(files, ex->findings.list[i].loc.file);
}

void last_findings_keep(const struct examination *ex, enum known_kind kind)
{
	struct intern_pool files = INTERN_POOL_INIT;
	struct strbuf b = STRBUF_INIT;
	uint32_t n;
	size_t i;

	list_files(ex, &files);
	buffer_u32(&b, files.nr);
	for (n = 0; n < files.nr; n++) {
		buffer_str(&b, intern_str(&files, n));
		buffer_u64(&b, hash_of(ex, intern_str(&files, n)));
	}
	buffer_u32(&b, (uint32_t)ex->findings.nr);
	for (i = 0; i < ex->findings.nr; i++)
		buffer_str(&b, ex->findings.list[i].fingerprint);
	store_remember(ex->analysis.store, key_of(ex, kind), &b);
	strbuf_release(&b);
	intern_release(&files);
}

bool known_exists(const struct examination *ex)
{
	struct store *store = store_open(ex->cache);
	bool exists = false;
	int kind;

	for (kind = 0; store && kind < NR_KNOWN && !exists; kind++) {
		struct strbuf b = STRBUF_INIT;

		exists = store_recall(store,
				      key_of(ex, (enum known_kind)kind), &b);
		strbuf_release(&b);
	}
	store_close(store);
	return exists;
}

/* The content that the file has without the change. */
static uint64_t hash_before(const struct examination *after,
			    const struct change *change, const char *file)
{
	const struct overlay_file *f;
	struct tree tree;
	char *text;
	size_t len;
	uint64_t hash;

	f = overlay_find(&change->before, file);
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

static bool recall(struct intern_pool *prints,
		   const struct examination *after,
		   const struct change *change, enum known_kind kind)
{
	struct strbuf b = STRBUF_INIT;
	struct reader r;
	bool same = store_recall(after->analysis.store, key_of(after, kind),
				 &b);
	uint32_t nr;
	char *s;

	reader_init(&r, b.buf, b.len);
	for (nr = same ? reader_u32(&r) : 0; nr && same && !r.bad; nr--) {
		s = reader_str(&r);
		same = reader_u64(&r) == hash_before(after, change, s);
		free(s);
	}
	for (nr = same ? reader_u32(&r) : 0; nr && !r.bad; nr--) {
		s = reader_str(&r);
		if (!r.bad)
			intern(prints, s);
		free(s);
	}
	same = same && !r.bad;
	strbuf_release(&b);
	return same;
}

bool last_findings_recall(struct intern_pool *prints, const struct examination *after,
			  const struct change *change)
{
	bool any = false;
	int kind;

	for (kind = 0; kind < NR_KNOWN; kind++)
		any |= recall(prints, after, change, (enum known_kind)kind);
	return any;
}
