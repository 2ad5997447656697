// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck cache`: what the cache folder holds, and what can go. */
#include "cli/options.h"

#include <time.h>

#include "cli/subcommand.h"
#include "lib/cache-folder.h"
#include "lib/cache-parts.h"
#include "lib/diag.h"
#include "lib/path.h"

#define DAY		(24 * 60 * 60)
#define MAX_DAYS	30

static const char *const kind_names[] = {
	[CACHE_FACTS] = "facts",
	[CACHE_OBJTREE] = "output tree",
	[CACHE_PCH] = "precompiled headers",
	[CACHE_INDEX] = "index",
};

static void show_part(const char *kind, uint64_t bytes, const char *name,
		      const char *used)
{
	printf("%-20s %8.1f MB  %-10s  %s\n", kind,
	       (double)bytes / (1 << 20), used, name);
}

static void show_parts(const struct cache_parts *parts, const char *dir)
{
	size_t i;

	for (i = 0; i < parts->nr; i++) {
		const struct cache_part *part = &parts->list[i];
		char used[16] = "";
		struct tm tm;

		if (localtime_r(&part->used, &tm))
			strftime(used, sizeof(used), "%Y-%m-%d", &tm);
		show_part(kind_names[part->kind], part->bytes,
			  path_below(part->path, dir), used);
	}
	show_part("all", parts->bytes, dir, "");
}

static int run(const struct options *opt)
{
	struct cache_parts parts = CACHE_PARTS_INIT;
	char *dir = cache_open(opt->request.cache, false);
	uint64_t dropped;

	if (!dir)
		return EXIT_FAILED;
	cache_parts_read(&parts, dir);
	if (opt->prune) {
		dropped = cache_parts_drop(&parts,
					   time(NULL) - MAX_DAYS * DAY,
					   CACHE_LIMIT);
		note("%.1f MB are dropped", (double)dropped / (1 << 20));
	}
	show_parts(&parts, dir);
	cache_parts_release(&parts);
	cache_close(dir);
	return EXIT_CLEAN;
}

const struct subcommand cache_command = {
	.name = "cache",
	.arguments = "",
	.summary = "Show what the cache folder holds, in the order of its last use",
	.groups = OPTIONS_CACHE | OPTIONS_MESSAGES,
	.run = run,
};
