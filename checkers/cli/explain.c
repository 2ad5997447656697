// SPDX-License-Identifier: GPL-2.0-only
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/nearest.h"
#include "rules/rule.h"

static int unknown(const char *id)
{
	size_t nr, i;
	const struct rule *const *rules = rules_all(&nr);
	const char **names = xcalloc(nr, sizeof(*names)), *near;

	for (i = 0; i < nr; i++)
		names[i] = rules[i]->id;
	near = nearest(id, names, nr);
	free(names);
	if (near)
		error("there is no rule '%s'; did you mean '%s'?", id, near);
	else
		error("there is no rule '%s'; `dmacheck rules` lists them", id);
	return EXIT_FAILED;
}

static int run(const struct options *opt)
{
	const struct rule *rule = rule_find(opt->arguments.v[0]);
	size_t len;

	if (!rule)
		return unknown(opt->arguments.v[0]);
	len = strlen(rule->explanation);
	printf("%s (%s): %s\n\n%s%s", rule->id, level_name(rule->level),
	       rule->summary, rule->explanation,
	       len && rule->explanation[len - 1] == '\n' ? "" : "\n");
	return EXIT_CLEAN;
}

const struct subcommand explain_command = {
	.name = "explain",
	.arguments = "RULE",
	.min_arguments = 1,
	.max_arguments = 1,
	.summary = "Say what a rule means, and what to do",
	.run = run,
};
