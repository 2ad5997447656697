// SPDX-License-Identifier: GPL-2.0-only
/*
 * `dmacheck explain`: prints the explanation of a rule, or explains a kernel log
 * (cli/explain-log.h).
 */
#include "cli/explain-log.h"
#include "cli/options.h"
#include "cli/subcommand.h"
#include "lib/diag.h"
#include "rules/rule.h"

static int explain_rule(const char *id)
{
	const struct rule *rule = rule_find(id);
	size_t len;

	if (!rule) {
		options_no_such_rule("", id);
		return EXIT_FAILED;
	}
	len = strlen(rule->explanation);
	printf("%s (%s): %s\n\n%s%s", rule->id, level_name(rule->level),
	       rule->summary, rule->explanation,
	       len && rule->explanation[len - 1] == '\n' ? "" : "\n");
	return EXIT_CLEAN;
}

static int cmd_explain(const struct options *opt)
{
	if (opt->dmesg && opt->arguments.nr)
		error("explain: give a RULE or --dmesg LOG, not both");
	else if (opt->dmesg)
		return explain_log(opt);
	else if (opt->arguments.nr)
		return explain_rule(opt->arguments.v[0]);
	else
		error("explain: which RULE? `dmacheck rules` lists them; --dmesg LOG explains a kernel log");
	return EXIT_FAILED;
}

const struct subcommand explain_command = {
	.name = "explain",
	.arguments = "[RULE]",
	.max_arguments = 1,
	.summary = "Explain a rule, or the warnings in a kernel log",
	.groups = OPTIONS_MESSAGES | OPTIONS_TREE | OPTIONS_FINDINGS |
		  OPTIONS_LEVEL | OPTIONS_LOG,
	.run = cmd_explain,
};
