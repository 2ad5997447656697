// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads a part of a tree and writes files for other caches, and takes such files in;
 * for `dmacheck read` and `dmacheck cache`.
 */
#include "analysis/hand-over.h"

#include "analysis/analysis.h"
#include "analysis/read.h"
#include "analysis/requests.h"
#include "analysis/share.h"
#include "compile/own-export.h"
#include "facts/store.h"
#include "facts/store-rows.h"
#include "lib/alloc.h"
#include "lib/archive.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/version.h"

/* The first item, and the last one: what comes after them is not read. */
enum { ITEM_HEAD = 1, ITEM_END };

/* The next version of the file has another one. */
#define TITLE "dmacheck export 1"

/* --- write --- */

static void put_head(struct archive_out *out, const struct analysis *run)
{
	struct strbuf b = STRBUF_INIT;

	buffer_str(&b, TITLE);
	buffer_str(&b, DMACHECK_VERSION);
	buffer_u64(&b, store_version());
	buffer_u64(&b, requests_own_hash());
	buffer_str(&b, run->tree.version);
	buffer_str(&b, run->tree.arch);
	archive_put(out, ITEM_HEAD, b.buf, b.len);
	strbuf_release(&b);
}

static int write_file(struct analysis *run, const char *path)
{
	const struct compile_db *db = &run->compile_db;
	struct store_count count;
	struct archive_out out;

	if (archive_create(&out, path))
		return -1;
	put_head(&out, run);
	if (db->origin == COMPILE_DB_FROM_OWN_OBJTREE && db->where &&
	    own_export(db->where, &out)) {
		archive_cancel(&out);
		return -1;
	}
	store_export(run->store, &out, &count);
	archive_put(&out, ITEM_END, "", 0);
	if (archive_commit(&out))
		return -1;
	note("%s has what is known of %zu files", path, count.units);
	return 0;
}

int hand_over(const struct check_request *request, const struct share *share,
	      const char *path, struct reading_state *state)
{
	struct analysis run = ANALYSIS_INIT;
	struct reading r = READING_INIT(&run);
	struct check_request own = *request;
	int ret;

	own.share = share;
	*state = (struct reading_state){ 0, false };
	ret = analysis_open(&run, &own) || analysis_open_cache(&run) ? -1 : 0;
	if (!ret)
		ret = reading_open(&r);
	if (!ret)
		store_note_rows(run.store, true);
	if (!ret)
		ret = reading_follow(&r);
	if (!ret)
		ret = reading_for_rules(&r);
	if (!ret)
		ret = reading_sparse(&r);
	if (!ret) {
		state->nr_left = run.result.program.nr_left +
			run.result.sparse.nr_left;
		state->complete = !state->nr_left && !run.flow_is_lost;
	}
	if (!ret && path && !share->parts)
		last_run_share(&run);
	if (!ret && path)
		ret = write_file(&run, path);
	reading_close(&r);
	analysis_release(&run);
	return ret;
}

/* --- read --- */

/* 0, or -1 after an error() that says why it cannot be used. */
static int check_head(const struct archive_in *in)
{
	struct reader r;
	char *title, *version, *tree, *arch;
	uint64_t numbers[2];
	int ret = 0;

	reader_init(&r, in->item.buf, in->item.len);
	title = reader_str(&r);
	version = reader_str(&r);
	numbers[0] = reader_u64(&r);
	numbers[1] = reader_u64(&r);
	tree = reader_str(&r);
	arch = reader_str(&r);
	if (strncmp(title, TITLE, strlen(TITLE) - 1))
		ret = error("%s is not a file of `dmacheck cache export`",
			    in->path);
	else if (strcmp(title, TITLE) || r.bad || r.p != r.end)
		ret = error("%s is of another version of dmacheck, which writes it in another way",
			    in->path);
	else if (numbers[0] != store_version())
		ret = error("%s cannot be used: its facts were made by another dmacheck-clang.so than this one (it is of dmacheck %s, this is %s)",
			    in->path, version, DMACHECK_VERSION);
	else if (numbers[1] != requests_own_hash())
		ret = error("%s cannot be used: it was made by another build of dmacheck than this one (it is of dmacheck %s, this is %s)",
			    in->path, version, DMACHECK_VERSION);
	else
		verbose("%s is of Linux %s, ARCH=%s", in->path, tree, arch);
	free(title);
	free(version);
	free(tree);
	free(arch);
	return ret;
}

/* Where the items of a file go; NULL: it is only looked through. */
struct taking {
	struct own_import own;
	struct store_import *rows;
};

static int take_item(struct taking *taking, uint32_t kind,
		     const struct strbuf *item)
{
	if (!taking)
		return 0;
	return kind >= STORE_ROWS ?
		store_import_item(taking->rows, kind, item) :
		own_import_item(&taking->own, kind, item);
}

static int take_items(const char *path, struct taking *taking)
{
	struct archive_in in;
	uint32_t kind = 0;
	size_t nr = 0;
	int ret = archive_open(&in, path), got = 1, bad;

	while (!ret && kind != ITEM_END && (got = archive_get(&in, &kind)) > 0) {
		if (!nr++) {
			ret = kind == ITEM_HEAD ? check_head(&in) :
				error("%s is not a file of `dmacheck cache export`",
				      path);
		} else if (kind != ITEM_END) {
			bad = take_item(taking, kind, &in.item);
			ret = bad > 0 ? error("%s makes no sense: its item %zu is not taken, nor what follows",
					      path, nr) : bad;
		}
	}
	/* Behind the last item is the checksum. */
	if (!ret && got > 0)
		got = archive_get(&in, &kind);
	if (!ret && got > 0)
		ret = error("%s makes no sense: something follows its end", path);
	if (!ret && !got && kind != ITEM_END)
		ret = error("%s is damaged: its end is missing", path);
	archive_close(&in);
	return ret || got < 0 ? -1 : 0;
}

int take_over(const char *cache, const char *path)
{
	struct taking taking = { .own = OWN_IMPORT_INIT };
	struct store_count count;
	struct store *store;
	int ret;

	/* Nothing of a damaged file is taken. */
	if (take_items(path, NULL))
		return -1;
	store = store_open(cache);
	if (!store)
		return -1;
	taking.own.cache = xstrdup(cache);
	taking.rows = store_import_begin(store);
	ret = take_items(path, &taking);
	if (own_import_end(&taking.own, !ret))
		ret = -1;
	if (store_import_end(taking.rows, &count))
		ret = -1;
	if (!ret)
		note("%s: %zu files, %zu of them known before", path,
		     count.units, count.known);
	store_close(store);
	return ret;
}
