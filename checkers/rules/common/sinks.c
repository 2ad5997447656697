// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reports mappings of user memory with their path, and knows which of them policy.conf
 * allows; for the rules about user memory.
 */
#include "rules/common/sinks.h"

#include "knowledge/policy.h"
#include "lib/alloc.h"

struct finding *sink_report(struct rule_run *run, const struct flow_sink *sink,
			    const char *fmt, ...)
{
	struct finding *finding;
	va_list args;
	size_t i;

	va_start(args, fmt);
	finding = rule_vreport(run, &sink->loc, sink->module, fmt, args);
	va_end(args);
	for (i = 0; i < sink->nr_steps; i++)
		finding_add_step(finding, &sink->steps[i]);
	return finding;
}

bool sink_is_ignored(const struct rule_run *run, const struct flow_sink *sink)
{
	const char *function = sink->loc.function ? sink->loc.function : "";

	return policy_ignored(run->policy, run->rule->id, sink->module,
			      function) ||
	       policy_ignored(run->policy, missing_require_coherent_rule.id,
			      sink->module, function);
}

static char *place_text(const struct location *loc)
{
	return xstrfmt("%s:%u:%u", loc->file, loc->line, loc->column);
}

void places_add(struct places *places, const struct location *loc)
{
	char *text = place_text(loc);

	intern(&places->pool, text);
	free(text);
}

bool places_have(const struct places *places, const struct location *loc)
{
	char *text = place_text(loc);
	bool found = intern_has(&places->pool, text);

	free(text);
	return found;
}

void places_release(struct places *places)
{
	intern_release(&places->pool);
}

void places_add_sink(const struct flow_sink *sink, void *data)
{
	places_add(data, &sink->loc);
}
