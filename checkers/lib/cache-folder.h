/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_CACHE_FOLDER_H
#define LIB_CACHE_FOLDER_H
#include "lib/compat.h"
/*
 * The folder for what the next run can use again: `dir`, or the user's own if
 * that is NULL; with `no_cache` one that is gone with the process. It is made
 * if need be, and can be written. The name is for cache_close(). NULL after an
 * error() that says what to do.
 */
char *cache_open(const char *dir, bool no_cache);

/* Free the name, and remove a folder that was to go. NULL is fine. */
void cache_close(char *cache);

#endif
