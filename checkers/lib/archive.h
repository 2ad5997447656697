/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_ARCHIVE_H
#define LIB_ARCHIVE_H
#include "lib/compat.h"

#include <zstd.h>

#include "lib/strbuf.h"
#include "lib/tempfile.h"
/*
 * Files that go from machine to machine: items, each a kind and its bytes, as
 * one frame of zstd(1) with a checksum. Numbers are little endian, as buffer.h
 * writes them on the machines that dmacheck runs on; the first item says so.
 */

/* An item of more bytes, or a file of more in all, is damage. */
#define ARCHIVE_MAX_ITEM	((size_t)256 << 20)
#define ARCHIVE_MAX		(UINT64_C(8) << 30)

struct archive_out {
	struct newfile file;
	ZSTD_CCtx *compress;
};

/* 0, or -1 after an error() that names `path`. */
int archive_create(struct archive_out *out, const char *path);

void archive_put(struct archive_out *out, uint32_t kind, const void *data,
		 size_t len);

/* Put the file in place. 0, or -1 after an error(); `out` is closed either way. */
int archive_commit(struct archive_out *out);

/* Throw it away. */
void archive_cancel(struct archive_out *out);

struct archive_in {
	const char *path;
	FILE *file;
	ZSTD_DCtx *decompress;
	char *raw, *text;	/* what was read, what it is decompressed to */
	size_t raw_len, raw_at, text_len, text_at;
	size_t hint;		/* of zstd: 0 at the end of the frame */
	uint64_t total;
	struct strbuf item;
};

/* 0, or -1 after an error(). `path` must outlive it. */
int archive_open(struct archive_in *in, const char *path);

/*
 * The next item: 1 with its kind and, in in->item, its bytes; 0 at the end, and
 * the checksum is right; -1 after an error().
 */
int archive_get(struct archive_in *in, uint32_t *kind);

void archive_close(struct archive_in *in);

#endif
