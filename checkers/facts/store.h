/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_STORE_H
#define FACTS_STORE_H
#include "lib/compat.h"
#include "facts/pool.h"
#include "lib/buffer.h"
/*
 * Facts kept from run to run, in a database in the cache folder.
 *
 * The key of an entry is made of
 *	the path of the file, relative to the root of its tree;
 *	a hash of FACTS_VERSION, of the loaded parts of dmacheck-clang.so
 *	(engine_hash()), of the parts of kernel-api.conf that the extractor reads
 *	(api_facts_hash()), and of the compiler flags, with placeholders for the
 *	paths of the trees and without the name of the module;
 *	a hash of the contents of the file and of every header that it includes.
 * So another worktree, a moved cache and a rebuilt identical dmacheck find the same
 * entries, and a change of any input finds none. For each path and flags the
 * newest few contents are kept, for switching between branches.
 */
struct store;
struct overlay;

/*
 * The key without the contents of files, which the store hashes itself.
 */
struct store_key {
	const char *root;	/* of the tree */
	const char *file;	/* relative to it */
	uint64_t flags;		/* the hash of version, code, API and flags */
	const char *out;	/* the output tree, or NULL */
};

/*
 * Open the store in folder `dir`; NULL: one that ends with the process. A damaged
 * one is deleted and made anew, with a warning(), also if the damage is found only
 * later. NULL after an error() if the folder cannot be written.
 */
struct store *store_open(const char *dir);

/*
 * From here on, files in `overlay` replace those of the trees; NULL: none do. It
 * must live as long as the store, or until the next call.
 */
void store_set_overlay(struct store *store, const struct overlay *overlay);

/* The path of the database in folder `dir`; deletes those of older versions. */
char *store_path(const char *dir);

struct store_user {
	/* Gets the result, which is valid during the call. */
	void (*use)(const struct pool_result *result, void *data);
	/*
	 * Whether the user has the set of a header with that hash already;
	 * the set is NULL in the result then. May be NULL.
	 */
	bool (*has)(uint64_t hash, void *data);
	void *data;
};

/*
 * Call user->use with the result for `key` and return true; false if there is none
 * or it is out of date.
 */
bool store_find(struct store *store, const struct store_key *key,
		const struct store_user *user);

/*
 * Keep `result` for `key`. 0, or -1 after an error() (the disk is full): the caller
 * should stop.
 */
int store_put(struct store *store, const struct store_key *key,
	      const struct pool_result *result);

/*
 * A hash of the content of `file` (relative to `root`, or absolute), computed once
 * in a run; 0 if it cannot be read.
 */
uint64_t store_file_hash(struct store *store, const char *root,
			 const char *file);

/*
 * Memos: any other data under a number, of which the newest few hundred are kept.
 * store_recall() adds the data to `out` and returns true, or false if there is
 * none; store_remember() returns as store_put().
 */
bool store_recall(struct store *store, uint64_t key, struct strbuf *out);
int store_remember(struct store *store, uint64_t key,
		   const struct strbuf *data);

/* Write what is pending. 0, or -1 after an error(). */
int store_commit(struct store *store);

/* Close and free; uncommitted data is dropped. NULL does nothing. */
void store_close(struct store *store);

#endif
