/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_PATH_H
#define LIB_PATH_H
#include "lib/compat.h"
/*
 * Paths as strings, and what is often done with files. Who gets a string or
 * a buffer from here frees it.
 */

/*
 * `path` without ".", "..", "//" and a "/" at the end, by its text alone (no
 * symbolic link is looked at): "a/../b/./c" is "b/c". A ".." that leads above
 * where a relative path starts is kept ("../x"), above "/" it is dropped.
 * What nothing is left of is ".".
 */
char *path_normalise(const char *path);

/* `path` as seen from `dir`: itself if it is absolute, else "dir/path". */
char *path_join(const char *dir, const char *path);

/* What is before the last "/": "a" for "a/b", "." for "b", "/" for "/b". */
char *path_dirname(const char *path);

/* What is behind the last "/"; points into `path`. */
const char *path_basename(const char *path);

/*
 * The part of `path` behind `dir`: "b/c" for "/a/b/c" below "/a", "." for
 * `dir` itself, NULL if `path` is not below it. Both are normalised. Points
 * into `path`, but for ".".
 */
const char *path_below(const char *path, const char *dir);

/* Whether it is at or below one of the `nr` paths; "." or none means all. */
bool path_below_any(const char *path, const char *const *paths, size_t nr);

bool path_is_dir(const char *path);
bool path_is_file(const char *path);

/*
 * How all files are opened whose names or contents are somebody else's: only
 * regular ones of at most `max` bytes, and nothing here waits for a writer.
 * The descriptor, with the size in *size unless that is NULL, or -1 with errno:
 * EISDIR for a folder, ENOTREGULAR for a FIFO or a device, EFBIG. `dir` is an
 * open folder, or AT_FDCWD. A file in /proc may hold more than its size says.
 */
int path_open_at(int dir, const char *path, size_t max, size_t *size);

/* The same as a stream to read from. */
FILE *path_fopen(const char *path, size_t max);

/* What one file may have: no report or list of commands is as large, */
#define PATH_MAX_SIZE	((size_t)1 << 30)
/* nor is a source file or a Makefile as large as this. */
#define PATH_MAX_SOURCE	((size_t)64 << 20)

/*
 * Everything in the file `path`, with a NUL behind it; its length (without
 * that NUL) in *len if len is not NULL. NULL with errno if it cannot be read,
 * as path_open_at() with PATH_MAX_SIZE or `max` says.
 */
char *path_read(const char *path, size_t *len);
char *path_read_max(const char *path, size_t max, size_t *len);

/*
 * Write the regular file `from` to `to`, with its permissions. 0, or -1 with
 * errno; `to` may then be there in part.
 */
int path_copy(const char *from, const char *to);

/*
 * Make the folder `path` and those above it that do not exist. 0 also if it
 * is there already; -1 with errno.
 */
int path_mkdirs(const char *path);

/*
 * Remove `path` and everything below it; symbolic links are removed, never
 * followed. 0 also if there is nothing; -1 with the errno of the first thing
 * that could not be removed, after all else is gone.
 */
int path_remove_tree(const char *path);

/*
 * Where dmacheck keeps what it can make again: $XDG_CACHE_HOME/dmacheck if
 * that is an absolute path, else $HOME/.cache/dmacheck, and without HOME what
 * the password database says; NULL if there is none of it. Not made.
 */
char *path_default_cache(void);

#endif
