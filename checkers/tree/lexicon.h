/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_LEXICON_H
#define TREE_LEXICON_H
#include "lib/compat.h"
#include "tree/index.h"
#include "tree/lexer.h"
#include "tree/walk.h"
/*
 * Which identifiers each .c file of a tree holds, and how: read once, asked
 * often (index_find()), and kept in the cache folder, so that a second run
 * reads only what changed. It is of the time when it was opened.
 */
struct lexicon_file {
	struct walk_file *file;		/* in lexicon.walk */
	const lexer_word *words;	/* in no order */
	uint32_t nr_words;
	bool left_out;			/* a program for user space */
	bool own;			/* `words` is memory of its own */
};

struct lexicon {
	struct walk walk;
	struct lexicon_file *files;	/* ordered by path */
	size_t nr;
	unsigned int jobs;
	char *saved;			/* what the cache had, mapped */
	size_t saved_len;
};
#define LEXICON_INIT { WALK_INIT, NULL, 0, 0, NULL, 0 }

/*
 * Read all .c files at or below `paths` (relative to the root; 0 means the
 * whole tree); left out: Documentation, scripts, tools, samples' userspace
 * parts, arch/ folders of other architectures. The module's are read, too, and
 * not kept. `cache` is dmacheck's cache
 * folder, or NULL to keep nothing. One that is damaged counts as none; one
 * that cannot be written is a warning(). `lexicon` must be empty.
 */
void lexicon_open(struct lexicon *lexicon, const struct tree *tree,
		  const char *const *paths, size_t nr_paths,
		  const char *cache, unsigned int jobs);

/*
 * Read these files only, whatever they are called: relative to the root or
 * absolute, each once, without a cache.
 */
void lexicon_open_files(struct lexicon *lexicon, const struct tree *tree,
			const char *const *files, size_t nr);

void lexicon_close(struct lexicon *lexicon);

/* Which files, and how they are read: lexicon_open() is one of these. */
struct lexicon_kind {
	const char *name;	/* of its folder in the cache */
	uint64_t version;	/* changes with whatever `read` finds */
	bool (*enter)(const struct tree *tree, const char *path);
	bool (*wanted)(const char *name);
	/* Set the lexer's words; LEXER_PADDING NULs stand behind the text. */
	void (*read)(struct lexer *lexer, const char *text, size_t len);
};

/* Whether `cache` holds one of the whole tree. */
bool lexicon_is_kept(const struct lexicon_kind *kind, const struct tree *tree,
		     const char *cache);

void lexicon_open_kind(struct lexicon *lexicon,
		       const struct lexicon_kind *kind,
		       const struct tree *tree, const char *const *paths,
		       size_t nr_paths, const char *cache, unsigned int jobs);

/* --- lexicon.c's own, in lexicon-store.c --- */

/* The file that keeps it; free(3) the name. */
char *lexicon_path(const struct lexicon_kind *kind, const struct tree *tree,
		   const char *cache);

/*
 * Take the words of those files that are as they were from the file `path`.
 * How many there are in it that cannot be used, SIZE_MAX if it is damaged,
 * of another version, or not there.
 */
size_t lexicon_read(struct lexicon *lexicon, const struct lexicon_kind *kind,
		    const char *path);

/* 0, or -1 after an error(). */
int lexicon_write(const struct lexicon *lexicon,
		  const struct lexicon_kind *kind, const struct tree *tree,
		  const char *path);

extern const struct lexicon_kind lexicon_of_sources;

#endif
