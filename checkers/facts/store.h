/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_STORE_H
#define FACTS_STORE_H
#include "lib/compat.h"
#include "facts/pool.h"
#include "lib/buffer.h"
/*
 * Facts kept from run to run, in a database in the cache folder. An entry
 * is good as long as the file, every header it includes, its flags, the
 * knowledge (kernel-api.conf) and FACTS_VERSION are what they were.
 */
struct store;
struct overlay;

/*
 * What the facts of one file depend on, besides the contents of files. Where
 * the trees are makes no difference: `flags` is made without (placeholder.h).
 */
struct store_key {
	const char *root;	/* of the tree */
	const char *file;	/* relative to it */
	uint64_t flags;		/* hash of flags, knowledge and version */
	const char *out;	/* the output tree, or NULL */
};

/*
 * Open the store in folder `dir`, or one that is gone with the process if
 * `dir` is NULL. A damaged one is thrown away and made anew, with a
 * warning(), also if that is seen only later. NULL after an error() if the folder cannot be written.
 */
struct store *store_open(const char *dir);

/*
 * From here on the files of all trees are as `overlay` says where it has them;
 * NULL for none. It must live as long as the store, or until the next call.
 */
void store_set_overlay(struct store *store, const struct overlay *overlay);

/* The database's file in folder `dir`; those of older versions go. */
char *store_path(const char *dir);

struct store_user {
	/* Gets what was found; it is valid during the call. */
	void (*use)(const struct pool_result *result, void *data);
	/*
	 * Whether there is no need for the set with that hash, as it is one
	 * of a header and there already: it is NULL in the result then. May
	 * be NULL.
	 */
	bool (*has)(uint64_t hash, void *data);
	void *data;
};

/*
 * Call user->use with what is kept for `key` and return true, or return false
 * if there is nothing or it is out of date.
 */
bool store_find(struct store *store, const struct store_key *key,
		const struct store_user *user);

/*
 * Keep `result` for `key`; the newest few of what there was for other contents
 * of its files stay. 0, or -1 after an error() (the disk is full): the caller should stop.
 */
int store_put(struct store *store, const struct store_key *key,
	      const struct pool_result *result);

/*
 * A hash of the content of `file` (relative to `root`, or absolute), 0 if it
 * cannot be read; looked at once in a run.
 */
uint64_t store_file_hash(struct store *store, const char *root,
			 const char *file);

/*
 * Anything else under a key of its own, the newest few hundred of them:
 * store_recall() adds it to `out` and returns true, or false if there is none;
 * store_remember() returns as store_put().
 */
bool store_recall(struct store *store, uint64_t key, struct strbuf *out);
int store_remember(struct store *store, uint64_t key,
		   const struct strbuf *data);

/* Write what is pending. 0, or -1 after an error(). */
int store_commit(struct store *store);

/* Close and free; what was not committed is dropped. NULL is fine. */
void store_close(struct store *store);

#endif
