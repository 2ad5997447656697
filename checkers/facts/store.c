// SPDX-License-Identifier: GPL-2.0-only
#include "facts/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>
#include <xxhash.h>

#include "facts/facts.h"
#include "lib/alloc.h"
#include "lib/buffer.h"
#include "lib/diag.h"

/* Content hashes of the files looked at in this run. */
struct content {
	UT_hash_handle hh;
	uint64_t hash;
	char path[];
};

enum statement {
	FIND_UNIT, PUT_UNIT, FIND_SET, PUT_SET, FIND_CONTENT, PUT_CONTENT,
	FIND_MEMO, PUT_MEMO, DROP_MEMOS,
	NR_STATEMENTS,
};

struct store {
	sqlite3 *db;
	char *path;
	sqlite3_stmt *statements[NR_STATEMENTS];
	struct content *contents;
	bool in_transaction;
};

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS unit ("
	" root TEXT, file TEXT, flags INTEGER, content INTEGER,"
	" failure TEXT, errors INTEGER, first_error TEXT,"
	" headers BLOB, sets BLOB,"
	" PRIMARY KEY (root, file, flags)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS facts ("
	" hash INTEGER PRIMARY KEY, data BLOB);"
	"CREATE TABLE IF NOT EXISTS content ("
	" path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, hash INTEGER)"
	" WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS memo ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT, key INTEGER UNIQUE,"
	" check_sum INTEGER, data BLOB);";

static const char *const sql[NR_STATEMENTS] = {
	[FIND_UNIT] = "SELECT content, failure, errors, first_error, headers,"
		" sets FROM unit WHERE root = ? AND file = ? AND flags = ?",
	[PUT_UNIT] = "INSERT OR REPLACE INTO unit (root, file, flags, content,"
		" failure, errors, first_error, headers, sets)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[FIND_SET] = "SELECT data FROM facts WHERE hash = ?",
	[PUT_SET] = "INSERT OR IGNORE INTO facts (hash, data) VALUES (?, ?)",
	[FIND_CONTENT] = "SELECT hash FROM content WHERE path = ?"
		" AND size = ? AND mtime = ?",
	[PUT_CONTENT] = "INSERT OR REPLACE INTO content"
		" (path, size, mtime, hash) VALUES (?, ?, ?, ?)",
	[FIND_MEMO] = "SELECT check_sum, data FROM memo WHERE key = ?",
	[PUT_MEMO] = "INSERT OR REPLACE INTO memo (key, check_sum, data)"
		" VALUES (?, ?, ?)",
	[DROP_MEMOS] = "DELETE FROM memo WHERE id <="
		" (SELECT max(id) FROM memo) - 300",
};

static bool damaged(int rc)
{
	return rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB ||
	       rc == SQLITE_ERROR || rc == SQLITE_SCHEMA ||
	       rc == SQLITE_MISMATCH;
}

static int failed(const struct store *store, const char *what)
{
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

static int open_db(struct store *store)
{
	int rc = sqlite3_open_v2(store->path, &store->db,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
				 NULL);
	size_t i;

	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(store->db, 10000);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(store->db, "PRAGMA journal_mode = WAL;"
				  "PRAGMA synchronous = NORMAL;", NULL, NULL,
				  NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(store->db, schema, NULL, NULL, NULL);
	for (i = 0; i < NR_STATEMENTS && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v2(store->db, sql[i], -1,
					&store->statements[i], NULL);
	return rc & 0xff;
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

struct store *store_open(const char *dir)
{
	struct store *store = xcalloc(1, sizeof(*store));
	int rc;

	store->path = dir ? xstrfmt("%s/facts.sqlite", dir) :
			    xstrdup(":memory:");
	rc = open_db(store);
	if (damaged(rc) && dir) {
		warning("%s is damaged (%s); it is made anew", store->path,
			sqlite3_errmsg(store->db));
		close_db(store);
		remove_db(store->path);
		rc = open_db(store);
	}
	if (rc == SQLITE_OK)
		return store;
	failed(store, "open");
	store_close(store);
	return NULL;
}

static sqlite3_stmt *prepare(struct store *store, enum statement nr)
{
	sqlite3_stmt *s = store->statements[nr];

	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	return s;
}

static int begin(struct store *store)
{
	if (store->in_transaction)
		return 0;
	if (sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) !=
	    SQLITE_OK)
		return failed(store, "write to");
	store->in_transaction = true;
	return 0;
}

int store_commit(struct store *store)
{
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

static int step(struct store *store, sqlite3_stmt *s)
{
	int rc = sqlite3_step(s);

	sqlite3_reset(s);
	return rc == SQLITE_DONE ? 0 : failed(store, "write to");
}

/* --- contents --- */

static uint64_t hash_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint64_t hash = 0;
	struct stat st;
	void *data;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		goto cleanup;
	if (!st.st_size) {
		hash = XXH3_64bits("", 0);
	} else {
		data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			    fd, 0);
		if (data != MAP_FAILED) {
			hash = XXH3_64bits(data, (size_t)st.st_size);
			munmap(data, (size_t)st.st_size);
		}
	}
cleanup:
	close(fd);
	return hash;
}

static uint64_t known_hash(struct store *store, const char *path,
			   const struct stat *st)
{
	sqlite3_int64 mtime = (sqlite3_int64)st->st_mtim.tv_sec * 1000000000 +
			      st->st_mtim.tv_nsec;
	sqlite3_stmt *s = prepare(store, FIND_CONTENT);
	uint64_t hash;

	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, st->st_size);
	sqlite3_bind_int64(s, 3, mtime);
	if (sqlite3_step(s) == SQLITE_ROW) {
		hash = (uint64_t)sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
		return hash;
	}
	hash = hash_file(path);
	if (begin(store))
		return hash;
	s = prepare(store, PUT_CONTENT);
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, st->st_size);
	sqlite3_bind_int64(s, 3, mtime);
	sqlite3_bind_int64(s, 4, (sqlite3_int64)hash);
	sqlite3_step(s);
	sqlite3_reset(s);
	return hash;
}

static uint64_t content_hash(struct store *store, const char *root,
			     const char *file)
{
	char *path = *file == '/' ? xstrdup(file) :
				    xstrfmt("%s/%s", root, file);
	struct content *c;
	struct stat st;
	size_t len = strlen(path);

	HASH_FIND(hh, store->contents, path, len, c);
	if (!c) {
		c = xcalloc(1, sizeof(*c) + len + 1);
		memcpy(c->path, path, len + 1);
		if (!stat(path, &st))
			c->hash = known_hash(store, path, &st);
		HASH_ADD_KEYPTR(hh, store->contents, c->path, len, c);
	}
	free(path);
	return c->hash;
}

static uint64_t unit_content(struct store *store, const struct store_key *key,
			     char *const *headers, uint32_t nr)
{
	uint64_t hash = content_hash(store, key->root, key->file);
	uint32_t i;

	for (i = 0; i < nr; i++) {
		uint64_t pair[2] = { hash, content_hash(store, key->root,
							headers[i]) };

		hash = XXH3_64bits(pair, sizeof(pair));
	}
	return hash;
}

/* --- units --- */

static void bind_key(sqlite3_stmt *s, const struct store_key *key)
{
	sqlite3_bind_text(s, 1, key->root, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, key->file, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, (sqlite3_int64)key->flags);
}

/* The blob of column `nr` as a list of strings; *n of them. */
static char **read_headers(sqlite3_stmt *s, int nr, uint32_t *n, bool *bad)
{
	struct reader r;
	char **list;
	uint32_t i;

	reader_init(&r, sqlite3_column_blob(s, nr),
		    (size_t)sqlite3_column_bytes(s, nr));
	*n = reader_u32(&r);
	if (r.bad || *n > 100000)
		*n = 0;
	list = xcalloc(*n, sizeof(*list));
	for (i = 0; i < *n; i++)
		list[i] = reader_str(&r);
	*bad |= r.bad;
	return list;
}

static bool read_set(struct store *store, uint64_t hash, void **data,
		     size_t *len)
{
	sqlite3_stmt *s = prepare(store, FIND_SET);

	sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
	if (sqlite3_step(s) != SQLITE_ROW) {
		sqlite3_reset(s);
		return false;
	}
	*len = (size_t)sqlite3_column_bytes(s, 0);
	*data = xmalloc(*len);
	memcpy(*data, sqlite3_column_blob(s, 0), *len);
	sqlite3_reset(s);
	return true;
}

static bool read_sets(struct store *store, sqlite3_stmt *s, int nr,
		      struct pool_result *result)
{
	uint32_t n = (uint32_t)sqlite3_column_bytes(s, nr) /
		     (uint32_t)sizeof(uint64_t), i;
	const char *hashes = sqlite3_column_blob(s, nr);

	result->sets = xcalloc(n, sizeof(*result->sets));
	result->set_sizes = xcalloc(n, sizeof(*result->set_sizes));
	for (i = 0; i < n; i++) {
		uint64_t hash;
		void *data;

		memcpy(&hash, hashes + i * sizeof(hash), sizeof(hash));
		if (!read_set(store, hash, &data, &result->set_sizes[i]))
			return false;
		result->sets[i] = data;
		result->nr_sets++;
	}
	return true;
}

static char *column_str(sqlite3_stmt *s, int nr)
{
	const char *text = (const char *)sqlite3_column_text(s, nr);

	return xstrdup(text ? text : "");
}

bool store_find(struct store *store, const struct store_key *key,
		void (*use)(const struct pool_result *result, void *data),
		void *data)
{
	struct pool_result result = { 0 };
	sqlite3_stmt *s = prepare(store, FIND_UNIT);
	char *failure = NULL, *first_error = NULL;
	bool bad = false, good = false;
	uint32_t i;

	bind_key(s, key);
	if (sqlite3_step(s) != SQLITE_ROW) {
		sqlite3_reset(s);
		return false;
	}
	result.headers = read_headers(s, 4, &result.nr_headers, &bad);
	if (bad || (uint64_t)sqlite3_column_int64(s, 0) !=
			   unit_content(store, key, result.headers,
					result.nr_headers))
		goto cleanup;
	failure = column_str(s, 1);
	first_error = column_str(s, 3);
	result.failure = *failure ? failure : NULL;
	result.errors = (uint32_t)sqlite3_column_int(s, 2);
	result.first_error = first_error;
	good = read_sets(store, s, 5, &result);
	if (good)
		use(&result, data);
cleanup:
	sqlite3_reset(s);
	/* Hashes of contents may be pending; no lock outlives the call. */
	store_commit(store);
	for (i = 0; i < result.nr_headers; i++)
		free(result.headers[i]);
	free(result.headers);
	for (i = 0; i < result.nr_sets; i++)
		free((void *)result.sets[i]);
	free(result.sets);
	free(result.set_sizes);
	free(failure);
	free(first_error);
	return good;
}

static int put_sets(struct store *store, const struct pool_result *result,
		    struct buffer *hashes)
{
	uint32_t i;

	for (i = 0; i < result->nr_sets; i++) {
		uint64_t hash = XXH3_64bits(result->sets[i],
					    result->set_sizes[i]);
		sqlite3_stmt *s = prepare(store, PUT_SET);

		buffer_u64(hashes, hash);
		sqlite3_bind_int64(s, 1, (sqlite3_int64)hash);
		sqlite3_bind_blob64(s, 2, result->sets[i],
				    result->set_sizes[i], SQLITE_STATIC);
		if (step(store, s))
			return -1;
	}
	return 0;
}

int store_put(struct store *store, const struct store_key *key,
	      const struct pool_result *result)
{
	struct buffer headers = BUFFER_INIT, hashes = BUFFER_INIT;
	uint64_t content = unit_content(store, key, result->headers,
					result->nr_headers);
	sqlite3_stmt *s;
	uint32_t i;
	int ret = -1;

	if (begin(store) || put_sets(store, result, &hashes))
		goto cleanup;
	buffer_u32(&headers, result->nr_headers);
	for (i = 0; i < result->nr_headers; i++)
		buffer_str(&headers, result->headers[i]);
	s = prepare(store, PUT_UNIT);
	bind_key(s, key);
	sqlite3_bind_int64(s, 4, (sqlite3_int64)content);
	sqlite3_bind_text(s, 5, result->failure ? result->failure : "", -1,
			  SQLITE_STATIC);
	sqlite3_bind_int(s, 6, (int)result->errors);
	sqlite3_bind_text(s, 7, result->first_error, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 8, headers.data, headers.len, SQLITE_STATIC);
	sqlite3_bind_blob64(s, 9, hashes.data, hashes.len, SQLITE_STATIC);
	ret = step(store, s);
	/* Others may be waiting: no lock is held while files are parsed. */
	if (!ret)
		ret = store_commit(store);
cleanup:
	buffer_release(&headers);
	buffer_release(&hashes);
	return ret;
}

bool store_recall(struct store *store, uint64_t key, struct buffer *out)
{
	sqlite3_stmt *s = prepare(store, FIND_MEMO);
	bool found = false;

	sqlite3_bind_int64(s, 1, (sqlite3_int64)key);
	if (sqlite3_step(s) == SQLITE_ROW) {
		const void *data = sqlite3_column_blob(s, 1);
		size_t len = (size_t)sqlite3_column_bytes(s, 1);

		found = (uint64_t)sqlite3_column_int64(s, 0) ==
			XXH3_64bits(data, len);
		if (found)
			buffer_add(out, data, len);
	}
	sqlite3_reset(s);
	return found;
}

int store_remember(struct store *store, uint64_t key,
		   const struct buffer *data)
{
	uint64_t sum = XXH3_64bits(data->data, data->len);
	sqlite3_stmt *s;

	if (begin(store))
		return -1;
	s = prepare(store, PUT_MEMO);
	sqlite3_bind_int64(s, 1, (sqlite3_int64)key);
	sqlite3_bind_int64(s, 2, (sqlite3_int64)sum);
	sqlite3_bind_blob64(s, 3, data->data ? data->data : "", data->len,
			    SQLITE_STATIC);
	if (step(store, s) || step(store, prepare(store, DROP_MEMOS)))
		return -1;
	return store_commit(store);
}

void store_close(struct store *store)
{
	struct content *c, *next;

	if (!store)
		return;
	if (store->in_transaction)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	close_db(store);
	HASH_ITER(hh, store->contents, c, next) {
		HASH_DEL(store->contents, c);
		free(c);
	}
	free(store->path);
	free(store);
}
