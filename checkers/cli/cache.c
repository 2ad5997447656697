// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck cache`: what the cache folder holds, and what can go; copies what it knows
 * of a tree to other caches.
 */
#include "cli/options.h"

#include <time.h>

#include "analysis/hand-over.h"
#include "analysis/share.h"
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

static int show_cache(const struct options *opt)
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

static int export_tree(const struct options *opt)
{
	static const struct share nothing = { 0, 0 };
	struct check_request request = opt->request;
	struct reading_state state;

	if (opt->arguments.nr < 2)
		return error("`dmacheck cache export` needs a FILE to write"),
			EXIT_FAILED;
	if (opt->request.no_cache)
		return error("--no-cache: then there is nothing to export"),
			EXIT_FAILED;
	request.paths += 2;
	request.nr_paths -= 2;
	if (hand_over(&request, &nothing, opt->arguments.v[1], &state))
		return EXIT_FAILED;
	if (!state.complete)
		note("the cache has not all that a check of this tree needs: at least %zu files are missing",
		     state.nr_left);
	return state.complete ? EXIT_CLEAN : EXIT_FINDINGS;
}

static int import_files(const struct options *opt)
{
	char *dir = NULL;
	int status = EXIT_CLEAN;
	size_t i;

	if (opt->arguments.nr < 2)
		return error("`dmacheck cache import` needs a FILE"), EXIT_FAILED;
	dir = cache_open(opt->request.cache, false);
	if (!dir)
		return EXIT_FAILED;
	for (i = 1; i < opt->arguments.nr; i++)
		if (take_over(dir, opt->arguments.v[i]))
			status = EXIT_FAILED;
	cache_limit(dir);
	cache_close(dir);
	return status;
}

static int run(const struct options *opt)
{
	const char *what = opt->arguments.nr ? opt->arguments.v[0] : NULL;

	if (!what)
		return show_cache(opt);
	if (!strcmp(what, "export"))
		return export_tree(opt);
	if (!strcmp(what, "import"))
		return import_files(opt);
	error("`dmacheck cache` does not know what to do with '%s': it is export or import",
	      what);
	return EXIT_FAILED;
}

const struct subcommand cache_command = {
	.name = "cache",
	.arguments = "[export FILE [PATH...] | import FILE...]",
	.max_arguments = SIZE_MAX,
	.summary = "Show what the cache folder holds, or copy what it knows of a tree",
	.groups = OPTIONS_CACHE | OPTIONS_MESSAGES | OPTIONS_TREE |
		  OPTIONS_FINDINGS,
	.run = run,
};
