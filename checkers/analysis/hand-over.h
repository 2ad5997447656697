/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_HAND_OVER_H
#define ANALYSIS_HAND_OVER_H
#include "lib/compat.h"
#include "analysis/request.h"

struct share;

/*
 * What the cache knows of a tree, in a file for another cache (lib/archive.h): the
 * facts of its files, what was asked of them and answered, the compile commands, the
 * record of the last run. No path in it is absolute.
 */

struct reading_state {
	size_t nr_left;		/* files that are still to be read, as far as is known */
	bool complete;		/* a check would read nothing */
};

/*
 * Read the share of the next rounds, none of another part; with `path`, write what
 * is now known of the share to it. With share->parts 0 nothing is read, and all that
 * is kept is written. 0, or -1 after an error().
 */
int hand_over(const struct check_request *request, const struct share *share,
	      const char *path, struct reading_state *state);

/*
 * Take such a file into the cache folder `cache`. 0, or -1 after an error() that
 * says why not: it is damaged, or of another dmacheck.
 */
int take_over(const char *cache, const char *path);

#endif
