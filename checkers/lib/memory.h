/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_MEMORY_H
#define LIB_MEMORY_H
#include "lib/compat.h"
/*
 * How much memory a child may take that works on somebody else's text.
 */

/* Read "800M", "2G" or a number of bytes into *size, 0 for no limit. 0 or -1. */
int memory_parse(const char *text, size_t *size);

/*
 * What each of `jobs` processes may take: its share of three quarters of the
 * memory that this machine, or the control group, has; no less than 1 GB.
 */
size_t memory_share(unsigned int jobs);

/*
 * Let this process take `size` bytes more than it has now; 0: any number. A
 * build with AddressSanitizer takes what it wants.
 */
void memory_limit(size_t size);

/*
 * Whether a crash may come of it: little is left, or, where a request was
 * refused (`refused`), that can have been for one that was too large. Also
 * for a signal handler.
 */
bool memory_is_short(bool refused);

/* "1500 MB" for messages; the string is static. */
const char *memory_words(size_t size);

#endif
