/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_REBUILD_H
#define FIX_REBUILD_H
#include "lib/compat.h"
/*
 * Whether an unmap can compute its attributes as the map of the same file
 * does, from an object that both have and that keeps them.
 */
struct rebuild_call {
	const char *function;
	unsigned int line, column;	/* of the call */
};

/*
 * Why it cannot, for certain, in the C file `text`; the caller frees it. NULL
 * if it can: the map's attributes are a local variable that is set once, from
 * an expression which means the same in the function that unmaps: its objects
 * are of the same name and come from the same place in both, and its fields
 * are set where the object is allocated and nowhere else.
 */
char *rebuild_obstacle(const char *text, const struct rebuild_call *map,
		       const struct rebuild_call *unmap);

#endif
