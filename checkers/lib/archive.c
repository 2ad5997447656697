// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes and reads compressed files of items, for `dmacheck cache export` and
 * `dmacheck cache import`.
 */
#include "lib/archive.h"

#include "lib/alloc.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/path.h"

#define COMPRESSION 3

/* --- write --- */

static void compress(struct archive_out *out, const void *data, size_t len,
		     ZSTD_EndDirective mode)
{
	ZSTD_inBuffer in = { data, len, 0 };
	char chunk[1 << 16];
	size_t left;

	do {
		ZSTD_outBuffer to = { chunk, sizeof(chunk), 0 };

		left = ZSTD_compressStream2(out->compress, &to, &in, mode);
		if (ZSTD_isError(left))
			die("cannot compress: %s", ZSTD_getErrorName(left));
		fwrite(chunk, 1, to.pos, out->file.stream);
	} while (in.pos < in.size || (mode == ZSTD_e_end && left));
}

int archive_create(struct archive_out *out, const char *path)
{
	*out = (struct archive_out){ .file = NEWFILE_INIT };
	if (newfile_open(&out->file, path))
		return -1;
	out->compress = ZSTD_createCCtx();
	if (!out->compress)
		die("out of memory");
	ZSTD_CCtx_setParameter(out->compress, ZSTD_c_compressionLevel,
			       COMPRESSION);
	ZSTD_CCtx_setParameter(out->compress, ZSTD_c_checksumFlag, 1);
	return 0;
}

void archive_put(struct archive_out *out, uint32_t kind, const void *data,
		 size_t len)
{
	struct strbuf head = STRBUF_INIT;

	if (len > ARCHIVE_MAX_ITEM)
		BUG("an item of %zu bytes", len);
	buffer_u32(&head, kind);
	buffer_u32(&head, (uint32_t)len);
	compress(out, head.buf, head.len, ZSTD_e_continue);
	compress(out, data, len, ZSTD_e_continue);
	strbuf_release(&head);
}

int archive_commit(struct archive_out *out)
{
	compress(out, NULL, 0, ZSTD_e_end);
	ZSTD_freeCCtx(out->compress);
	out->compress = NULL;
	return newfile_commit(&out->file);
}

void archive_cancel(struct archive_out *out)
{
	ZSTD_freeCCtx(out->compress);
	out->compress = NULL;
	newfile_cancel(&out->file);
}

/* --- read --- */

int archive_open(struct archive_in *in, const char *path)
{
	*in = (struct archive_in){ .path = path, .item = STRBUF_INIT };
	in->file = path_fopen(path, SIZE_MAX);
	if (!in->file)
		return error_errno("cannot read %s", path);
	in->decompress = ZSTD_createDCtx();
	if (!in->decompress)
		die("out of memory");
	in->raw = xmalloc(ZSTD_DStreamInSize());
	in->text = xmalloc(ZSTD_DStreamOutSize());
	in->hint = 1;
	return 0;
}

static int bad_archive(const struct archive_in *in, const char *why)
{
	return error("%s is damaged, or no file of `dmacheck cache export`: %s",
		     in->path, why);
}

/* Some more text: 1, 0 at the end of the file, -1 after an error(). */
static int read_more(struct archive_in *in)
{
	in->text_at = in->text_len = 0;
	while (!in->text_len) {
		ZSTD_inBuffer from;
		ZSTD_outBuffer to = { in->text, ZSTD_DStreamOutSize(), 0 };

		if (in->raw_at == in->raw_len) {
			in->raw_at = 0;
			in->raw_len = fread(in->raw, 1, ZSTD_DStreamInSize(),
					    in->file);
			if (ferror(in->file))
				return error_errno("cannot read %s", in->path);
		}
		if (in->raw_at == in->raw_len)
			return in->hint ? bad_archive(in, "its end is missing") : 0;
		if (!in->hint)
			return bad_archive(in, "something follows its end");
		from = (ZSTD_inBuffer){ in->raw, in->raw_len, in->raw_at };
		in->hint = ZSTD_decompressStream(in->decompress, &to, &from);
		if (ZSTD_isError(in->hint))
			return bad_archive(in, ZSTD_getErrorName(in->hint));
		in->raw_at = from.pos;
		in->text_len = to.pos;
	}
	in->total += in->text_len;
	return in->total > ARCHIVE_MAX ? bad_archive(in, "it is too large") : 1;
}

/* `len` bytes into in->item: 1, 0 if there are none at all, or -1. */
static int read_bytes(struct archive_in *in, size_t len)
{
	strbuf_reset(&in->item);
	while (in->item.len < len) {
		size_t n = in->text_len - in->text_at, left = len - in->item.len;

		if (!n) {
			int more = read_more(in);

			if (more < 0)
				return -1;
			if (!more)
				return in->item.len ?
					bad_archive(in, "its end is missing") : 0;
			continue;
		}
		n = n < left ? n : left;
		strbuf_add(&in->item, in->text + in->text_at, n);
		in->text_at += n;
	}
	return 1;
}

int archive_get(struct archive_in *in, uint32_t *kind)
{
	struct reader r;
	uint32_t len;
	int got = read_bytes(in, 2 * sizeof(uint32_t));

	if (got <= 0)
		return got;
	reader_init(&r, in->item.buf, in->item.len);
	*kind = reader_u32(&r);
	len = reader_u32(&r);
	if (len > ARCHIVE_MAX_ITEM)
		return bad_archive(in, "an item is too large");
	if (!len) {
		strbuf_reset(&in->item);
		return 1;
	}
	got = read_bytes(in, len);
	return got ? got : bad_archive(in, "its end is missing");
}

void archive_close(struct archive_in *in)
{
	if (in->file)
		fclose(in->file);
	ZSTD_freeDCtx(in->decompress);
	free(in->raw);
	free(in->text);
	strbuf_release(&in->item);
	in->file = NULL;
}
