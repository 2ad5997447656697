/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KNOWLEDGE_CONF_H
#define KNOWLEDGE_CONF_H
#include "lib/compat.h"
/*
 * The .conf files: what inih reads, with the file and the line of everything.
 *
 *	# a comment, on a line of its own
 *	[section]
 *	name = a value, which goes on
 *		in indented lines
 *
 * The first "=" ends the name, which may hold colons. Files are read one
 * after the other into the same struct conf: an entry of a later file takes
 * the place of an earlier one with the same section and name, and an empty
 * value removes that.
 */
struct conf_entry {
	char *section, *name, *value;
	char *key;		/* "section]name": what makes it unique */
	const char *file;	/* the conf's */
	unsigned int line;
	bool removed;		/* by an empty value: pass over */
};

struct conf_index;
struct conf {
	struct conf_entry *list;	/* in the order of first mention */
	size_t nr, alloc;
	struct conf_index *index;	/* by key */
	char **files;
	size_t nr_files, alloc_files;
};
#define CONF_INIT { NULL, 0, 0, NULL, NULL, 0, 0 }

/*
 * Read one more file. Returns 0, or -1 after an error() for each line that
 * is neither entry nor section, stands twice in this file, or removes what
 * is not there.
 */
int conf_read(struct conf *conf, const char *path);

/*
 * What stands in the file `path` is a part of the file `shown`, line by line:
 * messages name that one from now on.
 */
void conf_show_as(const char *path, const char *shown);

/* conf_read() for `path`, then for each of the `nr` files in `more`. */
int conf_read_all(struct conf *conf, const char *path,
		  const char *const *more, size_t nr);

/* error("FILE:LINE: ...") at the entry; returns -1. */
int conf_error(const struct conf_entry *entry, const char *fmt, ...)
	printf_like(2, 3);

/*
 * The next word of *text, which ends at white space; *len is its length.
 * *text is moved behind it. NULL when there is none left.
 */
const char *conf_word(const char **text, size_t *len);

/* XXH64 over all entries that are not removed. */
uint64_t conf_hash(const struct conf *conf);

void conf_release(struct conf *conf);

#endif
