// SPDX-License-Identifier: GPL-2.0-only
/*
 * Copies rows of the store into an archive and takes them in again; for
 * analysis/hand-over.c.
 */
#include "facts/store-rows.h"

#include <uthash.h>
#include <xxhash.h>

#include "facts/engine.h"
#include "facts/facts.h"
#include "facts/store-internal.h"
#include "lib/alloc.h"
#include "lib/archive.h"
#include "lib/buffer.h"

enum {
	ROW_NAME = STORE_ROWS,	/* of a header, with placeholders; numbered from 0 */
	ROW_SET,		/* facts, compressed; likewise */
	ROW_UNIT,
	ROW_MEMO,
};

/* So many units are written at once: others wait no longer than that. */
#define AT_ONCE 200

uint64_t store_version(void)
{
	const uint64_t parts[] = { STORE_VERSION, FACTS_VERSION, engine_hash() };

	return XXH3_64bits(parts, sizeof(parts));
}

void store_note_rows(struct store *store, bool on)
{
	store->noting = on;
}

void store_note_unit(struct store *store, int64_t id)
{
	if (!store->noting)
		return;
	ALLOC_GROW(store->units, store->nr_units + 1, store->alloc_units);
	store->units[store->nr_units++] = id;
}

void store_note_memo(struct store *store, uint64_t key)
{
	if (!store->noting)
		return;
	ALLOC_GROW(store->memos, store->nr_memos + 1, store->alloc_memos);
	store->memos[store->nr_memos++] = key;
}

/* --- export --- */

struct numbered {
	UT_hash_handle hh;
	uint64_t hash;
	uint32_t nr;
};

struct exporting {
	struct store *store;
	struct archive_out *out;
	struct numbered *sets;
	struct numbered *names;		/* by row */
};

static uint32_t *number_of(struct numbered **all, uint64_t hash, bool *is_new)
{
	struct numbered *n;

	HASH_FIND(hh, *all, &hash, sizeof(hash), n);
	*is_new = !n;
	if (!n) {
		n = xcalloc(1, sizeof(*n));
		n->hash = hash;
		n->nr = HASH_COUNT(*all);
		HASH_ADD(hh, *all, hash, sizeof(hash), n);
	}
	return &n->nr;
}

static void forget_numbers(struct numbered *all)
{
	struct numbered *n, *next;

	HASH_ITER(hh, all, n, next) {
		HASH_DEL(all, n);
		free(n);
	}
}

/* False if the row is missing: the database is damaged. */
static bool put_name(struct exporting *e, uint32_t row)
{
	sqlite3_stmt *s = store_prepare(e->store, NAME_HEADER);
	bool found;

	sqlite3_bind_int64(s, 1, row);
	found = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0);
	archive_put(e->out, ROW_NAME, found ?
		    (const char *)sqlite3_column_text(s, 0) : "",
		    found ? (size_t)sqlite3_column_bytes(s, 0) : 0);
	sqlite3_reset(s);
	return found;
}

static bool put_set(struct exporting *e, uint64_t hash)
{
	sqlite3_stmt *s = store_prepare(e->store, FIND_SET);
	struct strbuf b = STRBUF_INIT;
	bool found;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
	found = sqlite3_step(s) == SQLITE_ROW;
	buffer_u64(&b, hash);
	buffer_u64(&b, found ? (uint64_t)sqlite3_column_int64(s, 0) : 0);
	if (found)
		strbuf_add(&b, sqlite3_column_blob(s, 1),
			   (size_t)sqlite3_column_bytes(s, 1));
	archive_put(e->out, ROW_SET, b.buf, b.len);
	strbuf_release(&b);
	sqlite3_reset(s);
	return found;
}

static bool put_names(struct exporting *e, struct strbuf *b, const void *rows,
		      size_t len)
{
	uint32_t n = (uint32_t)(len / sizeof(uint32_t)), i, row;
	bool good = true, is_new;

	buffer_u32(b, n);
	for (i = 0; i < n; i++) {
		memcpy(&row, (const char *)rows + i * sizeof(row), sizeof(row));
		buffer_u32(b, *number_of(&e->names, row, &is_new));
		if (is_new)
			good &= put_name(e, row);
	}
	return good;
}

static bool put_sets(struct exporting *e, struct strbuf *b, const void *hashes,
		     size_t len)
{
	uint32_t n = (uint32_t)(len / sizeof(uint64_t)), i;
	bool good = true, is_new;
	uint64_t hash;

	buffer_u32(b, n);
	for (i = 0; i < n; i++) {
		memcpy(&hash, (const char *)hashes + i * sizeof(hash),
		       sizeof(hash));
		buffer_u32(b, *number_of(&e->sets, hash, &is_new));
		if (is_new)
			good &= put_set(e, hash);
	}
	return good;
}

static bool put_unit(struct exporting *e, int64_t id)
{
	sqlite3_stmt *s = store_prepare(e->store, SHOW_UNIT);
	struct strbuf b = STRBUF_INIT;
	bool good = false;

	sqlite3_bind_int64(s, 1, id);
	if (sqlite3_step(s) == SQLITE_ROW) {
		buffer_str(&b, (const char *)sqlite3_column_text(s, 0));
		buffer_u64(&b, (uint64_t)sqlite3_column_int64(s, 1));
		buffer_u64(&b, (uint64_t)sqlite3_column_int64(s, 2));
		buffer_str(&b, (const char *)sqlite3_column_text(s, 3));
		buffer_u32(&b, (uint32_t)sqlite3_column_int(s, 4));
		buffer_str(&b, (const char *)sqlite3_column_text(s, 5));
		good = put_names(e, &b, sqlite3_column_blob(s, 6),
				 (size_t)sqlite3_column_bytes(s, 6)) &&
			put_sets(e, &b, sqlite3_column_blob(s, 7),
				 (size_t)sqlite3_column_bytes(s, 7));
	}
	sqlite3_reset(s);
	if (good)
		archive_put(e->out, ROW_UNIT, b.buf, b.len);
	strbuf_release(&b);
	return good;
}

static void put_memo(struct exporting *e, uint64_t key)
{
	struct strbuf b = STRBUF_INIT;

	buffer_u64(&b, key);
	if (store_recall(e->store, key, &b))
		archive_put(e->out, ROW_MEMO, b.buf, b.len);
	strbuf_release(&b);
}

void store_export(struct store *store, struct archive_out *out,
		  struct store_count *count)
{
	struct exporting e = { .store = store, .out = out };
	struct numbered *seen = NULL;
	bool is_new;
	size_t i;

	store->noting = false;
	*count = (struct store_count){ 0, 0 };
	for (i = 0; i < store->nr_units; i++) {
		number_of(&seen, (uint64_t)store->units[i], &is_new);
		if (is_new)
			count->units += put_unit(&e, store->units[i]);
	}
	forget_numbers(seen);
	seen = NULL;
	for (i = 0; i < store->nr_memos; i++) {
		number_of(&seen, store->memos[i], &is_new);
		if (is_new)
			put_memo(&e, store->memos[i]);
	}
	forget_numbers(seen);
	forget_numbers(e.names);
	forget_numbers(e.sets);
}

/* --- import --- */

struct store_import {
	struct store *store;
	int64_t *rows;			/* of the names, by number */
	uint64_t *sets;
	size_t nr_rows, alloc_rows, nr_sets, alloc_sets;
	size_t pending;
	struct store_count count;
};

struct store_import *store_import_begin(struct store *store)
{
	struct store_import *import = xcalloc(1, sizeof(*import));

	import->store = store;
	return import;
}

static int64_t row_of(struct store *store, const struct strbuf *name)
{
	sqlite3_stmt *s = store_prepare(store, FIND_HEADER);
	int64_t row = 0;

	sqlite3_bind_text(s, 1, name->buf, (int)name->len, SQLITE_STATIC);
	if (sqlite3_step(s) == SQLITE_ROW)
		row = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return row;
}

static int take_name(struct store_import *import, const struct strbuf *name)
{
	struct store *store = import->store;
	sqlite3_stmt *s;
	int64_t row;

	if (!name->len || name->len > 4096 ||
	    memchr(name->buf, '\0', name->len))
		return 1;
	row = row_of(store, name);
	if (row <= 0) {
		if (store_begin(store))
			return -1;
		s = store_prepare(store, PUT_HEADER);
		sqlite3_bind_text(s, 1, name->buf, (int)name->len,
				  SQLITE_STATIC);
		if (store_step(store, s))
			return -1;
		row = row_of(store, name);
	}
	if (row <= 0 || row > UINT32_MAX)
		return 1;
	ALLOC_GROW(import->rows, import->nr_rows + 1, import->alloc_rows);
	import->rows[import->nr_rows++] = row;
	return 0;
}

static bool has_set(struct store *store, uint64_t hash)
{
	sqlite3_stmt *s = store_prepare(store, HAS_SET);
	bool found;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
	found = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_reset(s);
	return found;
}

/* The hash is that of the content: no set can take the place of another. */
static bool is_set(struct store *store, uint64_t hash, uint64_t size,
		   const void *packed, size_t len)
{
	void *data;
	bool good;

	if (!size || size > ARCHIVE_MAX_ITEM ||
	    ZSTD_getFrameContentSize(packed, len) != size)
		return false;
	data = xmalloc(size);
	good = ZSTD_decompressDCtx(store->decompress, data, size, packed,
				   len) == size &&
		XXH3_64bits(data, size) == hash;
	free(data);
	return good;
}

static int take_set(struct store_import *import, struct reader *r)
{
	struct store *store = import->store;
	uint64_t hash = reader_u64(r), size = reader_u64(r);
	size_t len = (size_t)(r->end - r->p);
	const void *packed = reader_bytes(r, len);
	sqlite3_stmt *s;

	if (r->bad)
		return 1;
	if (!has_set(store, hash)) {
		if (!is_set(store, hash, size, packed, len))
			return 1;
		if (store_begin(store))
			return -1;
		s = store_prepare(store, PUT_SET);
		sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
		sqlite3_bind_int64(s, 2, (sqlite3_int64)size);
		sqlite3_bind_blob64(s, 3, packed, len, SQLITE_STATIC);
		if (store_step(store, s))
			return -1;
	}
	ALLOC_GROW(import->sets, import->nr_sets + 1, import->alloc_sets);
	import->sets[import->nr_sets++] = hash;
	return 0;
}

static int put_row(struct store *store, const struct strbuf *parts,
		   char *const *texts, const uint64_t numbers[3])
{
	sqlite3_stmt *s;

	if (store_begin(store))
		return -1;
	s = store_prepare(store, ADD_UNIT);
	sqlite3_bind_text(s, 1, texts[0], -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)numbers[0]);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)numbers[1]);
	sqlite3_bind_text(s, 4, texts[1], -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 5, (int)numbers[2]);
	sqlite3_bind_text(s, 6, texts[2], -1, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 7, parts[0].buf, parts[0].len, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 8, parts[1].buf, parts[1].len, SQLITE_STATIC);
	return store_step(store, s) ? -1 :
		store_drop_units(store, texts[0], numbers[0]);
}

static void take_lists(struct store_import *import, struct reader *r,
		       struct strbuf *parts)
{
	uint32_t nr, n;

	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		n = reader_u32(r);
		r->bad |= n >= import->nr_rows;
		if (!r->bad)
			buffer_u32(&parts[0], (uint32_t)import->rows[n]);
	}
	for (nr = reader_u32(r); nr && !r->bad; nr--) {
		n = reader_u32(r);
		r->bad |= n >= import->nr_sets;
		if (!r->bad)
			buffer_u64(&parts[1], import->sets[n]);
	}
}

static int take_unit(struct store_import *import, struct reader *r)
{
	struct strbuf parts[2] = { STRBUF_INIT, STRBUF_INIT };
	char *texts[3] = { NULL, NULL, NULL };
	struct store *store = import->store;
	uint64_t numbers[3];
	int before, ret = 1, i;

	texts[0] = reader_str(r);
	numbers[0] = reader_u64(r);
	numbers[1] = reader_u64(r);
	texts[1] = reader_str(r);
	numbers[2] = reader_u32(r);
	texts[2] = reader_str(r);
	take_lists(import, r, parts);
	/* A failure is never kept. */
	if (r->bad || r->p != r->end || !parts[1].len || *texts[1])
		goto cleanup;
	before = sqlite3_total_changes(store->db);
	ret = put_row(store, parts, texts, numbers);
	import->count.units++;
	import->count.known += sqlite3_total_changes(store->db) == before;
	if (!ret && ++import->pending % AT_ONCE == 0)
		ret = store_commit(store);
cleanup:
	for (i = 0; i < 3; i++)
		free(texts[i]);
	strbuf_release(&parts[0]);
	strbuf_release(&parts[1]);
	return ret;
}

/* What is there under the key is the same, or this store's own. */
static int take_memo(struct store_import *import, struct reader *r)
{
	struct store *store = import->store;
	uint64_t key = reader_u64(r);
	size_t len = (size_t)(r->end - r->p);
	struct strbuf known = STRBUF_INIT, data = STRBUF_INIT;
	int ret = 0;

	if (r->bad)
		return 1;
	strbuf_add(&data, r->p, len);
	if (!store_recall(store, key, &known))
		ret = store_remember(store, key, &data);
	strbuf_release(&known);
	strbuf_release(&data);
	return ret;
}

int store_import_item(struct store_import *import, uint32_t kind,
		      const struct strbuf *item)
{
	struct reader r;

	reader_init(&r, item->buf, item->len);
	switch (kind) {
	case ROW_NAME:
		return take_name(import, item);
	case ROW_SET:
		return take_set(import, &r);
	case ROW_UNIT:
		return take_unit(import, &r);
	case ROW_MEMO:
		return take_memo(import, &r);
	default:
		return 1;
	}
}

int store_import_end(struct store_import *import, struct store_count *count)
{
	int ret = store_commit(import->store);

	*count = import->count;
	free(import->rows);
	free(import->sets);
	free(import);
	return ret;
}
