/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_STORE_ROWS_H
#define FACTS_STORE_ROWS_H
#include "lib/compat.h"
#include "lib/strbuf.h"
/*
 * Rows of a store for another one, perhaps on another machine: an item of an
 * archive (lib/archive.h) each, none with an absolute path. Their kinds begin
 * with STORE_ROWS.
 */
struct archive_out;
struct store;

#define STORE_ROWS 100u

/* A hash of all that makes facts, and the store, what they are. */
uint64_t store_version(void);

/*
 * Note what store_find(), store_put(), store_recall() and store_remember() find
 * or write from here on, for store_export(); or note nothing.
 */
void store_note_rows(struct store *store, bool on);

struct store_count {
	size_t units;		/* facts of a file, or what sparse says of it */
	size_t known;		/* of these, those that were there */
};

/* Write the rows that were noted, and how many in *count. */
void store_export(struct store *store, struct archive_out *out,
		  struct store_count *count);

/* Takes rows in; what the store has already stays as it is. */
struct store_import;

struct store_import *store_import_begin(struct store *store);

/*
 * An item: 0, 1 if it makes no sense and is not taken, or -1 after an error(). It
 * is written by and by, and others can write meanwhile.
 */
int store_import_item(struct store_import *import, uint32_t kind,
		      const struct strbuf *item);

/* Write the rest, and free it. 0, or -1 after an error(). */
int store_import_end(struct store_import *import, struct store_count *count);

#endif
