// SPDX-License-Identifier: GPL-2.0-only
/* `dmacheck explain`: prints the explanation of a rule. */
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"
#include "rules/rule.h"

static int cmd_explain(const struct options *opt)
{
	const struct rule *rule = rule_find(opt->arguments.v[0]);
	size_t len;

	if (!rule) {
		options_no_such_rule("", opt->arguments.v[0]);
		return EXIT_FAILED;
	}
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
	.summary = "Explain a rule and what to do about its findings",
	.run = cmd_explain,
};
