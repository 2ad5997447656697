// SPDX-License-Identifier: GPL-2.0-only
#include "analysis/scope.h"

#include "analysis/examine.h"
#include "lib/path.h"
#include "rules/rule.h"

static const struct rule *reported_rule(const struct examination *ex,
					const char *id)
{
	size_t i;

	for (i = 0; i < ex->nr_rules; i++)
		if (!strcmp(ex->rules[i]->id, id))
			return examination_reports(ex, ex->rules[i]) ?
				ex->rules[i] : NULL;
	return NULL;
}

static bool asked_for(const char *rule, const char *file, void *data)
{
	const struct examination *ex = data;
	size_t i;

	if (!reported_rule(ex, rule))
		return false;
	for (i = 0; i < ex->nr_paths; i++)
		if (!strcmp(ex->paths[i], ".") ||
		    path_below(file, ex->paths[i]))
			return true;
	return !ex->nr_paths;
}

/* That it was read with another file's command is no lack. */
static bool is_whole(const struct program *program,
		     const struct not_analysed *miss)
{
	size_t i;

	for (i = 0; i < program->nr_misses; i++)
		if (program->misses[i].whole &&
		    !strcmp(program->misses[i].file, miss->file) &&
		    !strcmp(program->misses[i].reason, miss->reason))
			return true;
	return false;
}

/* What could not be read may also be a folder. */
static bool was_read(const char *rule, const char *file, void *data)
{
	const struct examination *ex = data;
	const struct coverage *coverage = &ex->coverage;
	size_t i;

	if (ex->analysis.sparse.problem &&
	    (rule_find(rule)->needs & NEEDS_SPARSE))
		return false;
	for (i = 0; i < coverage->nr_not_analysed; i++)
		if (path_below(file, coverage->not_analysed[i].file) &&
		    !is_whole(&ex->analysis.program,
			      &coverage->not_analysed[i]))
			return false;
	return true;
}

struct baseline_scope scope_of(const struct examination *ex)
{
	return (struct baseline_scope){ asked_for, was_read, (void *)ex };
}
