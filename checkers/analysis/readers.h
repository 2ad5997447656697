/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_READERS_H
#define ANALYSIS_READERS_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "rules/rule.h"

struct lexicon;
struct policy;
struct program;

/*
 * Which files are read for the rules: those with the names in their `reads`.
 * The kernel's core implements the DMA API and is left out.
 */

/*
 * Add to `files` the .c files of `lexicon` that one of the `nr_rules` rules reads,
 * if they are below one of `paths` or in the folder of a path that is a file;
 * nr_paths 0 means the whole tree.
 */
void readers_find(const struct rule *const *rules, size_t nr_rules,
		  const struct api *api, const struct lexicon *lexicon,
		  const char *const *paths, size_t nr_paths,
		  struct intern_pool *files);

/* Add the names that the rules read for. */
void readers_names(const struct rule *const *rules, size_t nr_rules,
		   const struct api *api, struct intern_pool *names);

/*
 * Add the files that call, by its name, a function of `program` that leads to an
 * attribute which a rule `reaches`. Call it again once they are read. The names
 * that it looked for are added to `asked`.
 */
void readers_find_callers(const struct rule *const *rules, size_t nr_rules,
			  const struct program *program,
			  const struct api *api,
			  const struct policy *policy,
			  const struct lexicon *lexicon,
			  struct intern_pool *files,
			  struct intern_pool *asked);

#endif
