// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hashes the contents of files and their headers, once in a run and again only if
 * their stamps have changed; for store.c.
 */
#include "facts/store-internal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "tree/overlay.h"

/* A number that is larger is damage. */
#define MAX_ROW (1 << 24)

/* A file that changed later may change again without a trace: walk.c. */
#define SETTLED INT64_C(2500000000)

/* --- names of headers --- */

uint32_t store_header(struct store *store, const char *name)
{
	uint32_t before = store->headers.nr;
	uint32_t nr = intern(&store->headers, name);

	if (store->headers.nr > before) {
		ALLOC_GROW(store->by_name, nr + 1, store->alloc_names);
		store->by_name[nr] = (struct header){ .row = 0 };
	}
	return nr;
}

static void set_row(struct store *store, uint32_t nr, int64_t row)
{
	size_t old = store->alloc_rows;

	store->by_name[nr].row = row;
	ALLOC_GROW(store->by_row, row + 1, store->alloc_rows);
	memset(store->by_row + old, 0,
	       (store->alloc_rows - old) * sizeof(*store->by_row));
	store->by_row[row] = nr + 1;
}

uint32_t store_header_at(struct store *store, int64_t row)
{
	uint32_t nr = INTERN_NONE;
	sqlite3_stmt *s;

	if (row <= 0 || row > MAX_ROW)
		return INTERN_NONE;
	if ((size_t)row < store->alloc_rows && store->by_row[row])
		return store->by_row[row] - 1;
	s = store_prepare(store, NAME_HEADER);
	sqlite3_bind_int64(s, 1, row);
	if (sqlite3_step(s) == SQLITE_ROW && sqlite3_column_text(s, 0)) {
		char *name = placeholder_show((const char *)
				sqlite3_column_text(s, 0), &store->places);

		nr = store_header(store, name);
		free(name);
		set_row(store, nr, row);
	}
	sqlite3_reset(s);
	return nr;
}

static int64_t find_row(struct store *store, uint32_t nr)
{
	sqlite3_stmt *s = store_prepare(store, FIND_HEADER);
	int64_t row = 0;
	char *name;

	name = placeholder_hide(intern_str(&store->headers, nr),
				&store->places);
	sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
	free(name);
	if (sqlite3_step(s) == SQLITE_ROW)
		row = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return row > 0 && row <= MAX_ROW ? row : 0;
}

int64_t store_header_row(struct store *store, uint32_t nr)
{
	int64_t row = store->by_name[nr].row;
	sqlite3_stmt *s;
	char *name;

	if (row)
		return row;
	row = find_row(store, nr);
	if (!row) {
		s = store_prepare(store, PUT_HEADER);
		name = placeholder_hide(intern_str(&store->headers, nr),
					&store->places);
		sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
		free(name);
		if (store_begin(store) || store_step(store, s))
			return -1;
		row = find_row(store, nr);
	}
	if (!row) {
		/* It was put there just now. */
		store->damaged = !store->renewed;
		return -1;
	}
	set_row(store, nr, row);
	return row;
}

/* --- contents --- */

/* By read(2): a mapping of a file that shrinks meanwhile is death. */
static uint64_t hash_file(const char *path)
{
	static char chunk[1 << 16];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	XXH3_state_t *state = NULL;
	uint64_t hash = 0;
	struct stat st;
	ssize_t n;

	if (fd < 0)
		return 0;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		goto cleanup;
	state = XXH3_createState();
	if (!state)
		die("out of memory");
	XXH3_64bits_reset(state);
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		XXH3_64bits_update(state, chunk, (size_t)n);
	if (!n)
		hash = XXH3_64bits_digest(state);
cleanup:
	XXH3_freeState(state);
	close(fd);
	return hash;
}

static int64_t nanoseconds(const struct timespec *ts)
{
	return (int64_t)ts->tv_sec * 1000000000 + ts->tv_nsec;
}

static void bind_stamp(sqlite3_stmt *s, const char *path,
		       const struct stat *st)
{
	sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, st->st_size);
	sqlite3_bind_int64(s, 3, nanoseconds(&st->st_mtim));
	sqlite3_bind_int64(s, 4, nanoseconds(&st->st_ctim));
	sqlite3_bind_int64(s, 5, (sqlite3_int64)st->st_ino);
}

static uint64_t known_hash(struct store *store, const char *path,
			   const struct stat *st)
{
	sqlite3_stmt *s = store_prepare(store, FIND_CONTENT);
	uint64_t hash;

	bind_stamp(s, path, st);
	if (sqlite3_step(s) == SQLITE_ROW) {
		hash = (uint64_t)sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
		return hash;
	}
	sqlite3_reset(s);
	hash = hash_file(path);
	if (nanoseconds(&st->st_ctim) >= store->now - SETTLED)
		return hash;
	ALLOC_GROW(store->pending, store->nr_pending + 1, store->alloc_pending);
	store->pending[store->nr_pending++] = (struct pending){
		xstrdup(path), *st, hash
	};
	return hash;
}

int store_content_flush(struct store *store)
{
	int ret = store->nr_pending ? store_begin(store) : 0;
	size_t i;

	for (i = 0; i < store->nr_pending; i++) {
		struct pending *p = &store->pending[i];
		sqlite3_stmt *s = store_prepare(store, PUT_CONTENT);

		bind_stamp(s, p->path, &p->st);
		sqlite3_bind_int64(s, 6, (sqlite3_int64)p->hash);
		if (!ret)
			ret = store_step(store, s);
		sqlite3_reset(s);
		free(p->path);
	}
	store->nr_pending = 0;
	return ret;
}

static uint64_t content_hash(struct store *store, const char *file)
{
	const struct overlay_file *f = overlay_find(store->overlay, file);
	char *path = *file == '/' ? xstrdup(file) :
				    xstrfmt("%s/%s", store->root, file);
	uint64_t hash = 0;
	struct stat st;

	if (f)
		hash = f->hash;
	else if (!stat(path, &st))
		hash = known_hash(store, path, &st);
	free(path);
	return hash;
}

/* Contents are looked at once in a run. */
static uint64_t header_hash(struct store *store, uint32_t nr)
{
	if (!store->by_name[nr].hashed) {
		const char *name = intern_str(&store->headers, nr);
		uint64_t hash = content_hash(store, name);

		store->by_name[nr].hash = hash;
		store->by_name[nr].hashed = true;
	}
	return store->by_name[nr].hash;
}

static void look_again(struct store *store)
{
	uint32_t i;

	for (i = 0; i < store->headers.nr; i++)
		store->by_name[i].hashed = false;
}

/* The names of headers in the output tree are other ones from here on. */
void store_set_out(struct store *store, const char *out)
{
	const char *old = store->places.out;
	uint32_t i;

	if (old == out || (old && out && !strcmp(old, out)))
		return;
	free((char *)old);
	store->places.out = out ? xstrdup(out) : NULL;
	for (i = 0; i < store->headers.nr; i++)
		store->by_name[i].row = 0;
	if (store->by_row)
		memset(store->by_row, 0,
		       store->alloc_rows * sizeof(*store->by_row));
}

void store_set_overlay(struct store *store, const struct overlay *overlay)
{
	store->overlay = overlay;
	look_again(store);
}

static void set_root(struct store *store, const char *root)
{
	if (store->root && !strcmp(store->root, root))
		return;
	free(store->root);
	store->root = xstrdup(root);
	look_again(store);
}

uint64_t store_file_hash(struct store *store, const char *root,
			 const char *file)
{
	set_root(store, root);
	return header_hash(store, store_header(store, file));
}

uint64_t store_content(struct store *store, const struct store_key *key,
		       const uint32_t *headers, uint32_t nr)
{
	uint64_t hash;
	uint32_t i;

	set_root(store, key->root);
	hash = header_hash(store, store_header(store, key->file));
	for (i = 0; i < nr; i++) {
		uint64_t pair[2] = { hash, header_hash(store, headers[i]) };

		hash = XXH3_64bits(pair, sizeof(pair));
	}
	return hash;
}

void store_content_forget(struct store *store)
{
	uint32_t i;

	for (i = 0; i < store->headers.nr; i++)
		store->by_name[i].row = 0;
	free(store->by_row);
	store->by_row = NULL;
	store->alloc_rows = 0;
}

void store_content_release(struct store *store)
{
	size_t i;

	for (i = 0; i < store->nr_pending; i++)
		free(store->pending[i].path);
	free(store->pending);
	intern_release(&store->headers);
	free(store->by_name);
	free(store->by_row);
	free(store->root);
	free((char *)store->places.out);
}
