// SPDX-License-Identifier: GPL-2.0-only
/* The table of rules, from rules.def, and the findings that rules report. */
#include "rules/rule.h"

#include "lib/alloc.h"
#include "lib/nearest.h"

static const struct rule *const rules[] = {
#define RULE(x) &x##_rule,
#include "rules/rules.def"
#undef RULE
};

const struct rule *const *rules_all(size_t *nr)
{
	*nr = ARRAY_SIZE(rules);
	return rules;
}

const struct rule *rule_find(const char *id)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		if (!strcmp(rules[i]->id, id))
			return rules[i];
	return NULL;
}

const char *rule_nearest(const char *id)
{
	const char *ids[ARRAY_SIZE(rules)];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rules); i++)
		ids[i] = rules[i]->id;
	return nearest(id, ids, ARRAY_SIZE(rules));
}

struct finding *rule_vreport(struct rule_run *run, const struct location *loc,
			     const char *module, const char *fmt, va_list args)
{
	char *message = xvstrfmt(fmt, args);
	struct finding *finding;

	finding = findings_add(run->findings, run->rule->id, run->rule->level,
			       loc, module, message);
	free(message);
	return finding;
}

struct finding *rule_report(struct rule_run *run, const struct location *loc,
			    const char *module, const char *fmt, ...)
{
	struct finding *finding;
	va_list args;

	va_start(args, fmt);
	finding = rule_vreport(run, loc, module, fmt, args);
	va_end(args);
	return finding;
}
