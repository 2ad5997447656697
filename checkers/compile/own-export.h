/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_OWN_EXPORT_H
#define COMPILE_OWN_EXPORT_H
#include "lib/compat.h"
#include "lib/strbuf.h"
/*
 * dmacheck's own output tree for another cache folder, perhaps on another machine:
 * the commands, and the headers that make has generated. Nothing is taken in that
 * make would read or anybody could run: before make is asked for anything else, the
 * tree is made anew.
 */
struct archive_out;

/* The kinds of its items (lib/archive.h) begin with this. */
#define OWN_ITEMS 50u

/* Beside the output tree: there are headers only. */
#define OWN_IMPORTED "imported"

/*
 * Write the output tree in the folder `out`. 0, or -1 after an error(), if a file
 * cannot be read.
 */
int own_export(const char *out, struct archive_out *archive);

struct own_import {
	char *cache;
	char *dir;		/* where it is put together; NULL: no item came */
	uint64_t hash;		/* of the headers */
};
#define OWN_IMPORT_INIT { NULL, NULL, 0 }

/* An item: 0, 1 if it makes no sense and is not taken, or -1 after an error(). */
int own_import_item(struct own_import *import, uint32_t kind,
		    const struct strbuf *item);

/*
 * Put it in place, where other trees can adopt it. With the headers of one that was
 * imported before, only its commands are taken, if they are more. 0, or -1 after an
 * error(); all is released either way. If `good` is not set, only that is done.
 */
int own_import_end(struct own_import *import, bool good);

#endif
