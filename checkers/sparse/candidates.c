// SPDX-License-Identifier: GPL-2.0-only
/*
 * Selects the files for sparse, from the index and their tokens, and keeps the
 * selection as long as no file changes; for analysis/sparse-stage.c.
 */
#include "sparse/candidates.h"

#include <sys/stat.h>
#include <xxhash.h>

#include "facts/store.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/buffer.h"
#include "lib/path.h"
#include "sparse/declared.h"
#include "sparse/functions.h"
#include "tree/index.h"
#include "tree/lexicon.h"

/* The functions of functions.h have fewer arguments. */
#define MAX_ARGUMENTS	8

struct looking {
	const struct tree *tree;
	const struct api *api;
	struct declared declared;
	/* Whether a function has that first letter and length: few names pass. */
	bool first[64][128];
};

static void add_function_name(const char *name, void *data)
{
	intern(data, name);
}

static void add_first(const char *name, void *data)
{
	struct looking *l = data;

	l->first[strlen(name) & 63][*name & 127] = true;
}

/* Whether the argument has the name of a gfp_t, outside of calls in it. */
static bool has_gfp(const struct looking *l, const struct source *source,
		    size_t start, size_t end, bool *any)
{
	struct source_call inner;

	for (*any = false; start < end; start++) {
		if (!source_is_word(source, start))
			continue;
		*any = true;
		if (source_call_at(source, start, &inner))
			start = inner.close;
		else if (declared_gfp(&l->declared, source, start))
			return true;
	}
	return false;
}

static bool call_is_relevant(const struct looking *l,
			     const struct source *source,
			     const struct source_call *call,
			     const struct sparse_function *f)
{
	/* A macro's arguments are checked where it is used. */
	bool macro = source->tokens.list[call->name].directive;
	unsigned int nr;

	for (nr = 1; nr <= MAX_ARGUMENTS; nr++) {
		size_t start, end;
		bool any, gfp;

		if (!source_argument(source, call, nr, &start, &end))
			break;
		if (nr == f->memory &&
		    (macro || declared_any_space(&l->declared, source, start,
						 end)))
			return true;
		if (!f->gfp && !f->attrs && !f->direction)
			continue;
		gfp = has_gfp(l, source, start, end, &any);
		if (nr == f->gfp ? any && !gfp && !macro : gfp)
			return true;
	}
	return false;
}

static bool source_is_relevant(struct looking *l, const char *file,
			       const struct source *source)
{
	bool known = false;
	size_t i;

	for (i = 0; i < source->tokens.nr; i++) {
		const struct token *t = &source->tokens.list[i];
		struct sparse_function f;
		struct source_call call;

		if (!l->first[t->len & 63][*t->p & 127] ||
		    !source_call_at(source, i, &call) ||
		    !sparse_function(l->api, t->p, t->len, &f))
			continue;
		if (!known)
			declared_look_at(&l->declared, file, source);
		known = true;
		if (call_is_relevant(l, source, &call, &f))
			return true;
	}
	return false;
}

static void look_at_file(struct looking *l, const char *file,
			 struct intern_pool *files)
{
	struct source source;

	/* An unreadable file is reported when it is compiled. */
	if (source_read(&source, l->tree, file) ||
	    source_is_relevant(l, file, &source))
		intern(files, file);
	source_release(&source);
}

/* --- kept between runs --- */

/* Increment it if a change of the code selects other files. */
#define CANDIDATES_VERSION	1

static const struct lexicon_file *find_file(const struct lexicon *lexicon,
					    const char *path)
{
	size_t low = 0, high = lexicon->nr;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(lexicon->files[middle].file->path, path);

		if (!order)
			return &lexicon->files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* A hash of all inputs except the headers; 0 if one may change unnoticed. */
static uint64_t key_of(const struct looking *l, const struct lexicon *lexicon,
		       const struct intern_pool *candidates)
{
	struct strbuf b = STRBUF_INIT;
	uint64_t key;
	uint32_t i;

	buffer_str(&b, "sparse_matter");
	buffer_u32(&b, CANDIDATES_VERSION);
	buffer_u64(&b, api_hash(l->api));
	buffer_str(&b, l->tree->root);
	for (i = 0; i < candidates->nr; i++) {
		const char *path = intern_str(candidates, i);
		const struct lexicon_file *f = find_file(lexicon, path);

		if (!f || !f->file->settled) {
			strbuf_release(&b);
			return 0;
		}
		buffer_str(&b, path);
		strbuf_add(&b, &f->file->stamp, sizeof(f->file->stamp));
	}
	key = XXH3_64bits(b.buf, b.len);
	strbuf_release(&b);
	return key;
}

/* A hash of size and time of the headers. */
static uint64_t hash_header(const struct looking *l, const char *path)
{
	const struct overlay_file *f = overlay_find(l->tree->overlay, path);
	char *full = path_join(l->tree->root, path);
	uint64_t parts[3] = { 0, 0, 0 };
	struct stat st;

	if (f)
		parts[0] = f->hash;
	else if (!stat(full, &st)) {
		parts[0] = (uint64_t)st.st_size;
		parts[1] = (uint64_t)st.st_mtim.tv_sec * 1000000000 +
			(uint64_t)st.st_mtim.tv_nsec;
		parts[2] = (uint64_t)st.st_ino;
	}
	free(full);
	return XXH3_64bits(parts, sizeof(parts));
}

static bool recall(const struct looking *l, struct store *store, uint64_t key,
		   struct intern_pool *files)
{
	struct strbuf b = STRBUF_INIT;
	struct reader r;
	bool good = key && store_recall(store, key, &b);
	uint32_t nr;
	char *path;

	reader_init(&r, b.buf, b.len);
	for (nr = good ? reader_u32(&r) : 0; nr && good && !r.bad; nr--) {
		path = reader_str(&r);
		good = reader_u64(&r) == hash_header(l, path);
		free(path);
	}
	for (nr = good ? reader_u32(&r) : 0; nr && !r.bad; nr--) {
		path = reader_str(&r);
		if (!r.bad)
			intern(files, path);
		free(path);
	}
	good = good && !r.bad;
	strbuf_release(&b);
	return good;
}

static int remember(const struct looking *l, struct store *store, uint64_t key,
		    const struct intern_pool *files)
{
	const struct intern_pool *headers = &l->declared.paths;
	struct strbuf b = STRBUF_INIT;
	int ret = 0;
	uint32_t i;

	buffer_u32(&b, headers->nr);
	for (i = 0; i < headers->nr; i++) {
		buffer_str(&b, intern_str(headers, i));
		buffer_u64(&b, hash_header(l, intern_str(headers, i)));
	}
	buffer_u32(&b, files->nr);
	for (i = 0; i < files->nr; i++)
		buffer_str(&b, intern_str(files, i));
	if (key)
		ret = store_remember(store, key, &b);
	strbuf_release(&b);
	return ret;
}

/* The files that name one of the functions. */
static void find_candidates(const struct looking *l,
			    const struct lexicon *lexicon,
			    const char *const *paths, size_t nr_paths,
			    struct intern_pool *candidates)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	size_t i;

	sparse_each_function(l->api, add_function_name, &names);
	index_find(&index, lexicon, &names);
	for (i = 0; i < index.nr; i++) {
		const char *file = intern_str(&index.files,
					      index.hits[i].file);

		if ((!i || index.hits[i].file != index.hits[i - 1].file) &&
		    path_below_any(file, paths, nr_paths))
			intern(candidates, file);
	}
	index_release(&index);
	intern_release(&names);
}

int sparse_candidates(struct intern_pool *files, const struct tree *tree,
		      const struct api *api, const struct lexicon *lexicon,
		      const char *const *paths, size_t nr_paths,
		      struct store *store)
{
	struct looking *l = xcalloc(1, sizeof(*l));
	struct intern_pool candidates = INTERN_POOL_INIT;
	uint64_t key;
	int ret = 0;
	uint32_t i;

	l->tree = tree;
	l->api = api;
	declared_init(&l->declared, tree);
	sparse_each_function(api, add_first, l);
	find_candidates(l, lexicon, paths, nr_paths, &candidates);
	key = key_of(l, lexicon, &candidates);
	if (!recall(l, store, key, files)) {
		intern_release(files);
		for (i = 0; i < candidates.nr; i++)
			look_at_file(l, intern_str(&candidates, i), files);
		ret = remember(l, store, key, files);
	}
	intern_release(&candidates);
	declared_release(&l->declared);
	free(l);
	return ret;
}
