// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeps facts in a SQLite database in the cache folder; for program.c. A damaged
 * database is replaced.
 */
#include "facts/store-internal.h"

#include <dirent.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "facts/facts.h"
#include "lib/alloc.h"
#include "lib/cache-parts.h"
#include "lib/diag.h"

/* Of one file with the same flags: as it is, as it was before a patch, in another worktree, ... */
#define KEPT_VERSIONS 8

/* More facts than a file can have are damage. */
#define MAX_SET (256 << 20)
#define COMPRESSION 3

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS unit ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" file TEXT, flags INTEGER, content INTEGER,"
	" failure TEXT, errors INTEGER, first_error TEXT,"
	" headers BLOB, sets BLOB,"
	" UNIQUE (file, flags, content));"
	/* Each as facts_save() made it, compressed. */
	"CREATE TABLE IF NOT EXISTS facts ("
	" hash INTEGER PRIMARY KEY, size INTEGER, data BLOB);"
	/* The names that unit.headers counts. */
	"CREATE TABLE IF NOT EXISTS header ("
	" id INTEGER PRIMARY KEY, name TEXT UNIQUE);"
	"CREATE TABLE IF NOT EXISTS content ("
	" path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER,"
	" inode INTEGER, hash INTEGER) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS memo ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER UNIQUE,"
	" check_sum INTEGER, data BLOB);";

static const char *const sql[NR_STATEMENTS] = {
	[FIND_UNIT] = "SELECT content, failure, errors, first_error, headers,"
		" sets, id FROM unit WHERE file = ? AND flags = ?"
		" ORDER BY id DESC",
	[PUT_UNIT] = "INSERT OR REPLACE INTO unit (file, flags, content,"
		" failure, errors, first_error, headers, sets)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[DROP_UNITS] = "DELETE FROM unit WHERE file = ?1 AND flags = ?2"
		" AND id NOT IN (SELECT id FROM unit"
		" WHERE file = ?1 AND flags = ?2"
		" ORDER BY id DESC LIMIT ?3)",
	[FIND_SET] = "SELECT size, data FROM facts WHERE hash = ?",
	[PUT_SET] = "INSERT OR IGNORE INTO facts (hash, size, data)"
		" VALUES (?, ?, ?)",
	[FIND_CONTENT] = "SELECT hash FROM content WHERE path = ?"
		" AND size = ? AND mtime = ? AND ctime = ? AND inode = ?",
	[PUT_CONTENT] = "INSERT OR REPLACE INTO content"
		" (path, size, mtime, ctime, inode, hash)"
		" VALUES (?, ?, ?, ?, ?, ?)",
	[FIND_HEADER] = "SELECT id FROM header WHERE name = ?",
	[NAME_HEADER] = "SELECT name FROM header WHERE id = ?",
	[PUT_HEADER] = "INSERT OR IGNORE INTO header (name) VALUES (?)",
	[FIND_MEMO] = "SELECT check_sum, data FROM memo WHERE key = ?",
	[PUT_MEMO] = "INSERT OR REPLACE INTO memo (key, check_sum, data)"
		" VALUES (?, ?, ?)",
	[DROP_MEMOS] = "DELETE FROM memo WHERE id <="
		" (SELECT max(id) FROM memo) - 300",
	[SHOW_UNIT] = "SELECT file, flags, content, failure, errors,"
		" first_error, headers, sets FROM unit WHERE id = ?",
	[ADD_UNIT] = "INSERT OR IGNORE INTO unit (file, flags, content,"
		" failure, errors, first_error, headers, sets)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[HAS_SET] = "SELECT 1 FROM facts WHERE hash = ?",
};

/*
 * Whether that comes of what is in the file. One with a strange header counts
 * as read-only, one with strange pages breaks rules of its own tables.
 */
static bool damaged(const struct store *store, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_ERROR:
	case SQLITE_SCHEMA: case SQLITE_MISMATCH: case SQLITE_CONSTRAINT:
	case SQLITE_TOOBIG: case SQLITE_INTERNAL:
		return true;
	case SQLITE_READONLY:
		return !access(store->path, W_OK);
	case SQLITE_IOERR:
		return rc == SQLITE_IOERR_SHORT_READ;
	default:
		return false;
	}
}

/* What is damaged is not said: renew() says so, and mends it. */
static int failed(struct store *store, const char *what)
{
	if (damaged(store, sqlite3_extended_errcode(store->db)) &&
	    !store->renewed) {
		store->damaged = true;
		return -1;
	}
	return error("cannot %s %s: %s (free some space, or give another"
		     " folder with --cache DIR, or use --no-cache)", what,
		     store->path, sqlite3_errmsg(store->db));
}

static void close_db(struct store *store)
{
	size_t i;

	for (i = 0; i < NR_STATEMENTS; i++) {
		sqlite3_finalize(store->statements[i]);
		store->statements[i] = NULL;
	}
	sqlite3_close(store->db);
	store->db = NULL;
}

/* Milliseconds to wait for another process, which may itself be waiting. */
#define BUSY_TIMEOUT 60000
#define RETRY_PAUSE 50

/*
 * SQLite does not wait for others where that could be a deadlock, as when two
 * change a new database to WAL: the whole step is tried again then.
 */
static int exec_patiently(sqlite3 *db, const char *text)
{
	time_t end = time(NULL) + BUSY_TIMEOUT / 1000;
	int rc = sqlite3_exec(db, text, NULL, NULL, NULL);

	while ((rc & 0xff) == SQLITE_BUSY && time(NULL) < end) {
		sqlite3_sleep(RETRY_PAUSE);
		rc = sqlite3_exec(db, text, NULL, NULL, NULL);
	}
	return rc;
}

static int open_db(struct store *store)
{
	int rc = sqlite3_open_v2(store->path, &store->db,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
				 NULL);
	size_t i;

	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(store->db, BUSY_TIMEOUT);
	if (rc == SQLITE_OK)
		rc = exec_patiently(store->db, "PRAGMA journal_mode = WAL");
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(store->db, "PRAGMA synchronous = NORMAL",
				  NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = exec_patiently(store->db, schema);
	for (i = 0; i < NR_STATEMENTS && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v2(store->db, sql[i], -1,
					&store->statements[i], NULL);
	return rc == SQLITE_OK ? rc : sqlite3_extended_errcode(store->db);
}

static void remove_db(const char *path)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		char *name = xstrfmt("%s%s", path, tails[i]);

		unlink(name);
		free(name);
	}
}

char *store_path(const char *dir)
{
	return xstrfmt("%s/facts-%u.%u.sqlite", dir, STORE_VERSION,
		       FACTS_VERSION);
}

/* Throw the database away and make it anew. */
static int make_anew(struct store *store)
{
	warning_once("%s is damaged (%s); it is made anew", store->path,
		sqlite3_errmsg(store->db));
	close_db(store);
	remove_db(store->path);
	store->in_transaction = store->damaged = false;
	store->renewed = true;
	store_content_forget(store);
	return open_db(store);
}

/* After a failure: whether there is a new one, to be written to once more. */
static bool renew(struct store *store)
{
	if (!store->damaged)
		return false;
	if (make_anew(store) == SQLITE_OK)
		return true;
	failed(store, "open");
	return false;
}

/* What others call facts-1.2.sqlite is theirs, unless it has such a table. */
static bool is_ours(const char *path)
{
	sqlite3_stmt *s = NULL;
	sqlite3 *db = NULL;
	bool ours = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) ==
			SQLITE_OK &&
		sqlite3_prepare_v2(db, "SELECT root, file, flags, failure,"
				   " headers FROM unit", -1, &s, NULL) ==
			SQLITE_OK;

	sqlite3_finalize(s);
	sqlite3_close(db);
	return ours;
}

/* Nobody reads what an older dmacheck kept. */
static void remove_older(const char *dir)
{
	DIR *stream = opendir(dir);
	struct dirent *d;

	while (stream && (d = readdir(stream))) {
		unsigned int version = 0, facts = 0;
		int end = 0;
		char *path;

		if (sscanf(d->d_name, "facts-%u.%u.sqlite%n", &version, &facts,
			   &end) != 2 || !end || d->d_name[end])
			continue;
		if (version > STORE_VERSION || facts > FACTS_VERSION ||
		    (version == STORE_VERSION && facts == FACTS_VERSION))
			continue;
		path = xstrfmt("%s/%s", dir, d->d_name);
		if (is_ours(path))
			remove_db(path);
		free(path);
	}
	if (stream)
		closedir(stream);
}

struct store *store_open(const char *dir)
{
	struct store *store = xcalloc(1, sizeof(*store));
	struct timespec now;
	int rc;

	clock_gettime(CLOCK_REALTIME, &now);
	store->now = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
	store->compress = ZSTD_createCCtx();
	store->decompress = ZSTD_createDCtx();
	if (!store->compress || !store->decompress)
		die("out of memory");
	store->path = dir ? store_path(dir) : xstrdup(":memory:");
	if (dir)
		remove_older(dir);
	rc = open_db(store);
	if (rc != SQLITE_OK && dir && damaged(store, rc))
		rc = make_anew(store);
	if (rc == SQLITE_OK) {
		if (dir)
			cache_note_use(store->path);
		return store;
	}
	store->renewed = true;
	failed(store, "open");
	store_close(store);
	return NULL;
}

sqlite3_stmt *store_prepare(struct store *store, enum statement nr)
{
	sqlite3_stmt *s = store->statements[nr];

	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return s;
}

int store_begin(struct store *store)
{
	if (store->in_transaction)
		return 0;
	if (sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) !=
	    SQLITE_OK)
		return failed(store, "write to");
	store->in_transaction = true;
	return 0;
}

static int commit(struct store *store)
{
	if (store_content_flush(store))
		return -1;
	if (!store->in_transaction)
		return 0;
	store->in_transaction = false;
	if (sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
		failed(store, "write to");
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
		return -1;
	}
	return 0;
}

int store_commit(struct store *store)
{
	return commit(store) && !renew(store) ? -1 : 0;
}

int store_step(struct store *store, sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	sqlite3_reset(s);
	return rc == SQLITE_DONE ? 0 : failed(store, "write to");
}

/* --- units --- */

static void bind_key(sqlite3_stmt *s, const struct store_key *key)
{
	sqlite3_bind_text(s, 1, key->file, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)key->flags);
}

/* A row of the table of units. */
struct row {
	int64_t id;
	uint64_t content;
	char *failure, *first_error;
	uint32_t errors;
	struct strbuf headers, sets;
};

/* What is found of a unit, and the room for it. */
struct found {
	struct pool_result result;
	uint32_t *headers;
	uint64_t *hashes;
	bool bad;
};

static void read_headers(struct store *store, const struct strbuf *rows,
			 struct found *f)
{
	uint32_t n = (uint32_t)(rows->len / sizeof(uint32_t)), i, row;

	f->result.nr_headers = n;
	f->result.headers = xcalloc(n, sizeof(*f->result.headers));
	f->headers = xcalloc(n, sizeof(*f->headers));
	for (i = 0; i < n && !f->bad; i++) {
		memcpy(&row, rows->buf + i * sizeof(row), sizeof(row));
		f->headers[i] = store_header_at(store, row);
		f->bad = f->headers[i] == INTERN_NONE;
	}
	for (i = 0; i < n && !f->bad; i++)
		f->result.headers[i] = (char *)intern_str(&store->headers,
							  f->headers[i]);
	f->result.header_numbers = f->headers;
}

static void *read_set(struct store *store, uint64_t hash, size_t *len)
{
	sqlite3_stmt *s = store_prepare(store, FIND_SET);
	void *data = NULL;
	sqlite3_int64 size;
	size_t got;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
	if (sqlite3_step(s) != SQLITE_ROW)
		goto cleanup;
	size = sqlite3_column_int64(s, 0);
	if (size <= 0 || size > MAX_SET)
		goto cleanup;
	*len = (size_t)size;
	data = xmalloc(*len);
	got = ZSTD_decompressDCtx(store->decompress, data, *len,
				  sqlite3_column_blob(s, 1),
				  (size_t)sqlite3_column_bytes(s, 1));
	if (got != *len) {
		free(data);
		data = NULL;
	}
cleanup:
	sqlite3_reset(s);
	return data;
}

static void read_sets(struct store *store, const struct strbuf *hashes,
		      const struct store_user *user, struct found *f)
{
	uint32_t n = (uint32_t)(hashes->len / sizeof(uint64_t)), i;
	struct pool_result *result = &f->result;

	result->sets = xcalloc(n, sizeof(*result->sets));
	result->set_sizes = xcalloc(n, sizeof(*result->set_sizes));
	f->hashes = xcalloc(n, sizeof(*f->hashes));
	if (n)
		memcpy(f->hashes, hashes->buf, n * sizeof(*f->hashes));
	result->set_hashes = f->hashes;
	result->nr_sets = n;
	for (i = 0; i < n && !f->bad; i++) {
		if (i && user->has && user->has(f->hashes[i], user->data))
			continue;
		result->sets[i] = read_set(store, f->hashes[i],
					   &result->set_sizes[i]);
		f->bad = !result->sets[i];
	}
}

static void release_found(struct found *f)
{
	uint32_t i;

	for (i = 0; i < f->result.nr_sets; i++)
		free((void *)f->result.sets[i]);
	free(f->result.headers);
	free(f->result.sets);
	free(f->result.set_sizes);
	free(f->headers);
	free(f->hashes);
}

static char *column_str(sqlite3_stmt *s, int nr)
{
	const char *text = (const char *)sqlite3_column_text(s, nr);

	return xstrdup(text ? text : "");
}

/* Whether that row is of the content that there is now; then it is used. */
static bool use_row(struct store *store, const struct store_key *key,
		    const struct row *row, const struct store_user *user)
{
	struct found f = { .bad = false };

	read_headers(store, &row->headers, &f);
	if (!f.bad)
		f.bad = row->content != store_content(store, key, f.headers,
						      f.result.nr_headers);
	if (!f.bad) {
		f.result.failure = *row->failure ? row->failure : NULL;
		f.result.errors = row->errors;
		f.result.first_error = row->first_error;
		read_sets(store, &row->sets, user, &f);
	}
	if (!f.bad) {
		store_note_unit(store, row->id);
		user->use(&f.result, user->data);
	}
	release_found(&f);
	return !f.bad;
}

static void take_blob(struct strbuf *b, sqlite3_stmt *s, int nr)
{
	strbuf_add(b, sqlite3_column_blob(s, nr),
		   (size_t)sqlite3_column_bytes(s, nr));
}

/*
 * The rows of a unit, the newest first. Who reads on, row by row, may see that
 * another process has written meanwhile, and could then write nothing itself.
 */
static size_t read_rows(struct store *store, const struct store_key *key,
			struct row rows[KEPT_VERSIONS])
{
	sqlite3_stmt *s = store_prepare(store, FIND_UNIT);
	size_t nr = 0;

	bind_key(s, key);
	while (nr < KEPT_VERSIONS && sqlite3_step(s) == SQLITE_ROW) {
		struct row *row = &rows[nr++];

		*row = (struct row){
			.headers = STRBUF_INIT, .sets = STRBUF_INIT,
		};
		row->content = (uint64_t)sqlite3_column_int64(s, 0);
		row->failure = column_str(s, 1);
		row->errors = (uint32_t)sqlite3_column_int(s, 2);
		row->first_error = column_str(s, 3);
		take_blob(&row->headers, s, 4);
		take_blob(&row->sets, s, 5);
		row->id = sqlite3_column_int64(s, 6);
	}
	sqlite3_reset(s);
	return nr;
}

bool store_find(struct store *store, const struct store_key *key,
		const struct store_user *user)
{
	struct row rows[KEPT_VERSIONS];
	size_t nr, i;
	bool good = false;

	store_set_out(store, key->out);
	nr = read_rows(store, key, rows);
	for (i = 0; i < nr; i++) {
		if (!good)
			good = use_row(store, key, &rows[i], user);
		free(rows[i].failure);
		free(rows[i].first_error);
		strbuf_release(&rows[i].headers);
		strbuf_release(&rows[i].sets);
	}
	/* Hashes of contents may be pending; no lock outlives the call. */
	store_commit(store);
	return good;
}

static int put_set(struct store *store, uint64_t hash, const void *data,
		   size_t size)
{
	sqlite3_stmt *s = store_prepare(store, PUT_SET);
	size_t room = ZSTD_compressBound(size), len;
	void *packed = xmalloc(room);
	int ret = -1;

	len = ZSTD_compressCCtx(store->compress, packed, room, data, size,
				COMPRESSION);
	if (ZSTD_isError(len)) {
		error("cannot compress facts: %s", ZSTD_getErrorName(len));
		goto cleanup;
	}
	sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)size);
	sqlite3_bind_blob64(s, 3, packed, len, SQLITE_STATIC);
	ret = store_step(store, s);
cleanup:
	free(packed);
	return ret;
}

static int put_sets(struct store *store, const struct pool_result *result,
		    struct strbuf *hashes)
{
	uint32_t i;

	for (i = 0; i < result->nr_sets; i++) {
		uint64_t hash = XXH3_64bits(result->sets[i],
					    result->set_sizes[i]);

		buffer_u64(hashes, hash);
		if (put_set(store, hash, result->sets[i],
			    result->set_sizes[i]))
			return -1;
	}
	return 0;
}

static int put_headers(struct store *store, const struct pool_result *result,
		       const uint32_t *numbers, struct strbuf *rows)
{
	uint32_t i;

	for (i = 0; i < result->nr_headers; i++) {
		int64_t row = store_header_row(store, numbers[i]);

		if (row < 0)
			return -1;
		buffer_u32(rows, (uint32_t)row);
	}
	return 0;
}

int store_drop_units(struct store *store, const char *file, uint64_t flags)
{
	sqlite3_stmt *s = store_prepare(store, DROP_UNITS);

	sqlite3_bind_text(s, 1, file, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)flags);
	sqlite3_bind_int(s, 3, KEPT_VERSIONS);
	return store_step(store, s);
}

static int put_unit(struct store *store, const struct store_key *key,
		    const struct pool_result *result)
{
	struct strbuf rows = STRBUF_INIT, hashes = STRBUF_INIT;
	uint32_t *numbers = xcalloc(result->nr_headers, sizeof(*numbers));
	sqlite3_stmt *s;
	uint64_t content;
	uint32_t i;
	int ret = -1;

	store_set_out(store, key->out);
	for (i = 0; i < result->nr_headers; i++)
		numbers[i] = store_header(store, result->headers[i]);
	content = store_content(store, key, numbers, result->nr_headers);
	if (store_begin(store) || put_sets(store, result, &hashes) ||
	    put_headers(store, result, numbers, &rows))
		goto cleanup;
	s = store_prepare(store, PUT_UNIT);
	bind_key(s, key);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)content);
	sqlite3_bind_text(s, 4, result->failure ? result->failure : "", -1,
			  SQLITE_STATIC);
	sqlite3_bind_int(s, 5, (int)result->errors);
	sqlite3_bind_text(s, 6, result->first_error, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 7, rows.buf, rows.len, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 8, hashes.buf, hashes.len, SQLITE_STATIC);
	ret = store_step(store, s);
	if (!ret) {
		store_note_unit(store, sqlite3_last_insert_rowid(store->db));
		ret = store_drop_units(store, key->file, key->flags);
	}
	/* Others may be waiting: no lock is held while files are parsed. */
	if (!ret)
		ret = commit(store);
cleanup:
	strbuf_release(&rows);
	strbuf_release(&hashes);
	free(numbers);
	return ret;
}

int store_put(struct store *store, const struct store_key *key,
	      const struct pool_result *result)
{
	int ret = put_unit(store, key, result);

	return ret && renew(store) ? put_unit(store, key, result) : ret;
}

bool store_recall(struct store *store, uint64_t key, struct strbuf *out)
{
	sqlite3_stmt *s = store_prepare(store, FIND_MEMO);
	bool found = false;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)key);
	if (sqlite3_step(s) == SQLITE_ROW) {
		const void *data = sqlite3_column_blob(s, 1);
		size_t len = (size_t)sqlite3_column_bytes(s, 1);

		found = (uint64_t)sqlite3_column_int64(s, 0) ==
			XXH3_64bits(data, len);
		if (found)
			strbuf_add(out, data, len);
	}
	sqlite3_reset(s);
	if (found)
		store_note_memo(store, key);
	return found;
}

static int put_memo(struct store *store, uint64_t key,
		    const struct strbuf *data)
{
	uint64_t sum = XXH3_64bits(data->buf, data->len);
	sqlite3_stmt *s;

	if (store_begin(store))
		return -1;
	s = store_prepare(store, PUT_MEMO);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)key);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)sum);
	sqlite3_bind_blob64(s, 3, data->buf, data->len, SQLITE_STATIC);
	if (store_step(store, s) || store_step(store, store_prepare(store, DROP_MEMOS)))
		return -1;
	return commit(store);
}

int store_remember(struct store *store, uint64_t key,
		   const struct strbuf *data)
{
	int ret = put_memo(store, key, data);

	if (ret && renew(store))
		ret = put_memo(store, key, data);
	if (!ret)
		store_note_memo(store, key);
	return ret;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->in_transaction)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	close_db(store);
	store_content_release(store);
	ZSTD_freeCCtx(store->compress);
	ZSTD_freeDCtx(store->decompress);
	free(store->path);
	free(store->units);
	free(store->memos);
	free(store);
}
