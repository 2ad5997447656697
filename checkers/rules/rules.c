// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#define RULE(x) extern const struct rule x##_rule;
#include "rules/rules.def"
#undef RULE

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
