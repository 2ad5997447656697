/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_CHECKSUMMED_H
#define LIB_CHECKSUMMED_H
#include "lib/compat.h"
/*
 * dmacheck's own text files in the cache folder. The first line says what the
 * file is, and the last one is a checksum: a file that is cut short, damaged, or
 * written by another version counts as absent.
 */

/*
 * The text between those two lines if the file `path` is whole and of this
 * `kind` ("commands 1"); the caller frees it. NULL if not, without a message.
 */
char *checksummed_read(const char *path, const char *kind);

/*
 * Put a file of this kind with that text in place of `path`. 0, or -1 after
 * an error().
 */
int checksummed_write(const char *path, const char *kind, const char *text);

#endif
