/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_STORE_INTERNAL_H
#define FACTS_STORE_INTERNAL_H
#include "lib/compat.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <zstd.h>

#include "facts/store.h"
#include "facts/store-rows.h"
#include "lib/intern.h"
#include "lib/placeholder.h"

/* Changes with the tables, as FACTS_VERSION does with the facts. */
#define STORE_VERSION 4u

enum statement {
	FIND_UNIT, PUT_UNIT, DROP_UNITS, FIND_SET, PUT_SET,
	FIND_CONTENT, PUT_CONTENT, FIND_HEADER, NAME_HEADER, PUT_HEADER,
	FIND_MEMO, PUT_MEMO, DROP_MEMOS, SHOW_UNIT, ADD_UNIT, HAS_SET,
	NR_STATEMENTS,
};

/* What a header is like in this run. */
struct header {
	int64_t row;		/* in the table; 0: not looked for yet */
	uint64_t hash;		/* of its content */
	bool hashed;
};

/* A file's hash that is not written yet. */
struct pending {
	char *path;
	struct stat st;
	uint64_t hash;
};

struct store {
	sqlite3 *db;
	char *path;
	sqlite3_stmt *statements[NR_STATEMENTS];
	bool in_transaction;
	bool damaged;		/* as the last failure has shown */
	bool renewed;		/* thrown away once in this run, not twice */
	ZSTD_CCtx *compress;
	ZSTD_DCtx *decompress;
	char *root;			/* that the hashes are for */
	struct places places;		/* the output tree alone */
	const struct overlay *overlay;	/* what stands for files of it */
	int64_t now;			/* nanoseconds, when it was opened */
	struct intern_pool headers;	/* names, as in results */
	struct header *by_name;		/* by number of the name */
	uint32_t *by_row;		/* number of the name + 1 */
	size_t alloc_names, alloc_rows;
	struct pending *pending;		/* no lock is held while files are read */
	size_t nr_pending, alloc_pending;
	bool noting;			/* store-rows.h */
	int64_t *units;			/* that were noted */
	uint64_t *memos;
	size_t nr_units, alloc_units, nr_memos, alloc_memos;
};

/* The statement, ready to be bound. */
sqlite3_stmt *store_prepare(struct store *store, enum statement nr);

/* Run one that returns nothing. 0, or -1 after an error(). */
int store_step(struct store *store, sqlite3_stmt *s);

/* Begin to write, if that was not done. 0, or -1 after an error(). */
int store_begin(struct store *store);

/* Drop all but the newest few of a file with these flags. 0, or -1 after an error(). */
int store_drop_units(struct store *store, const char *file, uint64_t flags);

/* --- store-rows.c --- */

/* Remember it for store_export(), if that is on. */
void store_note_unit(struct store *store, int64_t id);
void store_note_memo(struct store *store, uint64_t key);

/* --- store-content.c --- */

/* The number of the header called `name`. */
uint32_t store_header(struct store *store, const char *name);

/* That of the header in row `row`; INTERN_NONE if there is none. */
uint32_t store_header_at(struct store *store, int64_t row);

/* The row of header number `nr`, made if need be; -1 after an error(). */
int64_t store_header_row(struct store *store, uint32_t nr);

/* The hash over the content of the file and these headers, by number. */
uint64_t store_content(struct store *store, const struct store_key *key,
		       const uint32_t *headers, uint32_t nr);

/* Write the hashes that are pending. 0, or -1 after an error(). */
int store_content_flush(struct store *store);

/* Where the output tree is, whose headers are kept under a name without. */
void store_set_out(struct store *store, const char *out);

/* The rows of headers are unknown again. */
void store_content_forget(struct store *store);

void store_content_release(struct store *store);

#endif
