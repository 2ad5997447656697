/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_TEMPFILE_H
#define LIB_TEMPFILE_H
#include "lib/compat.h"
/*
 * Files and folders that must not outlive dmacheck, and files that are
 * replaced whole or not at all. What is registered here is removed by exit(3)
 * and by the signals of exit-cleanup.h.
 */

/*
 * Have `path` (a file, or a folder with all that is in it) removed at the
 * end. It need not exist yet; better so, then nothing can slip through.
 * Relative paths are made absolute.
 */
void tempfile_register(const char *path);

/* `path` stays: it is complete, or has been removed. */
void tempfile_forget(const char *path);

/* Remove `path` now and forget it. 0, or -1 with errno. */
int tempfile_remove(const char *path);

/*
 * A new, empty folder "TMPDIR/dmacheck.XXXXXX" (TMPDIR, or /tmp), registered.
 * The caller frees the name. NULL after an error(). The first call removes
 * such folders of runs that were killed: no process has a lock on them.
 */
char *tempfile_make_dir(void);

/*
 * A file that is written beside the one that it is to replace:
 *
 *	struct newfile f;
 *
 *	if (newfile_open(&f, "out.json"))
 *		return -1;
 *	fprintf(f.stream, ...);
 *	if (newfile_commit(&f))
 *		return -1;
 *
 * Until the commit the old file is as it was; after newfile_cancel(), a
 * failed commit, or a sudden end, there is no trace of the new one.
 */
struct newfile {
	FILE *stream;
	char *path, *temporary;
};
#define NEWFILE_INIT { NULL, NULL, NULL }

/*
 * 0, or -1 after an error() that names `path`. A symbolic link is followed:
 * what it points to is replaced. An existing file's mode is kept, and
 * its owner where that is allowed.
 */
int newfile_open(struct newfile *file, const char *path);

/*
 * Write all of it out and put it in place. 0; or -1 after an error() (a full
 * disk is noticed here), and all is as if it had been cancelled. Either way
 * `file` is closed and may be opened again.
 */
int newfile_commit(struct newfile *file);

/* Throw it away. Nothing to do for one that is not open. */
void newfile_cancel(struct newfile *file);

/*
 * Replace `path` by a copy of the file `from`. 0, or -1 after an error().
 */
int newfile_copy(const char *path, const char *from);

#endif
