/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_LEXICON_H
#define TREE_LEXICON_H
#include "lib/compat.h"
#include "tree/index.h"
#include "tree/lexer.h"
#include "tree/walk.h"
/*
 * The identifiers of each .c file of a tree and how they are used: read once,
 * queried often (index_find()), and kept in the cache folder, so that the next run
 * reads only changed files. It shows the tree as it was when it was opened.
 */
struct lexicon_file {
	struct walk_file *file;		/* in lexicon.walk */
	const lexer_word *words;	/* in no order */
	uint32_t nr_words;
	bool left_out;			/* a program for user space */
	bool own;			/* `words` is to be freed */
};

struct lexicon {
	struct walk walk;
	struct lexicon_file *files;	/* ordered by path */
	size_t nr;
	unsigned int jobs;
	char *saved;			/* the file in the cache, mapped */
	size_t saved_len;
};
#define LEXICON_INIT { WALK_INIT, NULL, 0, 0, NULL, 0 }

/*
 * Read all .c files at or below `paths` (relative to the root; 0 means the whole
 * tree), except Documentation, scripts, tools, userspace programs in samples and
 * arch/ folders of other architectures. The module's files are read, too, but not
 * kept. `cache` is dmacheck's cache folder; NULL keeps nothing. A damaged file
 * there is ignored; failure to write one is a warning(). `lexicon` must be empty.
 */
void lexicon_open(struct lexicon *lexicon, const struct tree *tree,
		  const char *const *paths, size_t nr_paths,
		  const char *cache, unsigned int jobs);

/*
 * Read only these files, with any names: relative to the root or absolute, each
 * once, without a cache.
 */
void lexicon_open_files(struct lexicon *lexicon, const struct tree *tree,
			const char *const *files, size_t nr);

void lexicon_close(struct lexicon *lexicon);

/* Which files to read, and how; lexicon_open() uses one for .c files. */
struct lexicon_kind {
	const char *name;	/* of its folder in the cache */
	uint64_t version;	/* changes with what `read` finds */
	bool (*enter)(const struct tree *tree, const char *path);
	bool (*wanted)(const char *name);
	/* Set the lexer's words; LEXER_PADDING NULs stand behind the text. */
	void (*read)(struct lexer *lexer, const char *text, size_t len);
};

/* Whether `cache` has the lexicon of the whole tree. */
bool lexicon_is_kept(const struct lexicon_kind *kind, const struct tree *tree,
		     const char *cache);

void lexicon_open_kind(struct lexicon *lexicon,
		       const struct lexicon_kind *kind,
		       const struct tree *tree, const char *const *paths,
		       size_t nr_paths, const char *cache, unsigned int jobs);

/* --- for lexicon.c only, in lexicon-store.c --- */

/* The name of its file; the caller frees it. */
char *lexicon_path(const struct lexicon_kind *kind, const struct tree *tree,
		   const char *cache);

/*
 * Take the words of unchanged files from the file `path`. Returns how many files
 * in it are out of date; SIZE_MAX if it is missing, damaged or of another version.
 */
size_t lexicon_read(struct lexicon *lexicon, const struct lexicon_kind *kind,
		    const char *path);

/* Write it. 0, or -1 after an error(). */
int lexicon_write(const struct lexicon *lexicon,
		  const struct lexicon_kind *kind, const struct tree *tree,
		  const char *path);

extern const struct lexicon_kind lexicon_of_sources;

#endif
