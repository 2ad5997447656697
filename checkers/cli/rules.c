// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck rules`: lists the rules. */
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"
#include "rules/rule.h"

static int cmd_rules(const struct options *opt)
{
	size_t nr, i, width = 0;
	const struct rule *const *rules = rules_all(&nr);

	(void)opt;
	for (i = 0; i < nr; i++)
		if (strlen(rules[i]->id) > width)
			width = strlen(rules[i]->id);
	for (i = 0; i < nr; i++)
		printf("%-*s  %-7s  %s%s\n", (int)width, rules[i]->id,
		       level_name(rules[i]->level), rules[i]->summary,
		       rules[i]->opt_in ? " (only with --rule)" : "");
	return EXIT_CLEAN;
}

const struct subcommand rules_command = {
	.name = "rules",
	.arguments = "",
	.summary = "List the rules",
	.run = cmd_rules,
};
