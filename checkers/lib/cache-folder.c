// SPDX-License-Identifier: GPL-2.0-only
/*
 * The folder that --cache, --no-cache or the environment name, for commands that
 * keep something from run to run.
 */
#include "lib/cache-folder.h"

#include <errno.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

static bool temporary;

#define WHAT_TO_DO "name another one with --cache DIR, or do without with --no-cache"

char *cache_open(const char *dir, bool no_cache)
{
	char *cache, *real;

	temporary = no_cache;
	if (no_cache)
		return tempfile_make_dir();
	cache = dir ? xstrdup(dir) : path_default_cache();
	if (!cache) {
		error("there is no home folder to keep a cache in; " WHAT_TO_DO);
		return NULL;
	}
	if (path_mkdirs(cache) || access(cache, R_OK | W_OK | X_OK)) {
		error("cannot write the cache %s: %s; " WHAT_TO_DO, cache,
		      strerror(errno));
		free(cache);
		return NULL;
	}
	real = realpath(cache, NULL);
	if (!real)
		error_errno("cannot use the cache %s", cache);
	free(cache);
	return real;
}

void cache_close(char *cache)
{
	if (cache && temporary && tempfile_remove(cache))
		error_errno("cannot remove %s", cache);
	free(cache);
}
