// SPDX-License-Identifier: GPL-2.0-only
/* Looks for exported functions that lead to the attribute (common/attr-reach.h). */
#include "rules/rule.h"

#include "facts/facts.h"
#include "facts/program.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "lib/strbuf.h"
#include "rules/common/attr-reach.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

/* "a,b", the argument of EXPORT_SYMBOL_FOR_MODULES(). */
static char *list_modules(const struct reach_export *export)
{
	struct strbuf buf = STRBUF_INIT;
	size_t i;

	for (i = 0; i < export->nr_modules; i++) {
		if (i)
			strbuf_addch(&buf, ',');
		strbuf_addstr(&buf, export->modules[i]);
	}
	return strbuf_detach(&buf, NULL);
}

static char *export_message(const struct reach_export *export, bool gpl)
{
	char *modules = list_modules(export), *text;

	if (export->nr_modules)
		text = xstrfmt("any module can map with " ATTR " through %s(); EXPORT_SYMBOL_FOR_MODULES(%s, \"%s\") limits it to its users%s",
			       export->name, export->name, modules,
			       gpl ? "" : " (GPL only)");
	else
		text = xstrfmt("any module can map with " ATTR " through %s(), but none does: it need not be exported",
			       export->name);
	free(modules);
	return text;
}

static void report_exported_wrapper(const struct reach_export *export, void *data)
{
	const struct unit *unit = export->unit;
	struct rule_run *run = data;
	struct location loc = {
		.file = (char *)unit->file,
		.line = export->fact->line,
		.column = export->fact->column,
	};
	bool gpl = strstr(facts_str(&unit->facts, export->fact->macro),
			  "GPL") != NULL;
	char *text;
	size_t i;

	/* It is meant to be open to all. */
	if (policy_open(run->policy, export->name, "", ATTR))
		return;
	text = export_message(export, gpl);
	for (i = 0; i < unit->nr_modules; i++)
		rule_report(run, &loc, unit->modules[i], "%s", text);
	free(text);
}

static void check_exported_coherent_wrapper(struct rule_run *run)
{
	struct reach *reach = reach_new(run->program, run->api, run->policy,
					ATTR);

	reach_each_export(reach, report_exported_wrapper, run);
	reach_free(reach);
}

const struct rule exported_coherent_wrapper_rule = {
	.id = "exported-coherent-wrapper",
	.level = LEVEL_NOTE,
	.summary = "an exported function lets any module use " ATTR,
	.explanation =
"DMA_ATTR_REQUIRE_COHERENT is for a few uAPIs, and only a few modules may use\n"
"it. An exported function that maps with it bypasses this restriction: a\n"
"driver that would never be allowed to pass the attribute gets it by calling\n"
"the function.\n"
"\n"
"EXPORT_SYMBOL_FOR_MODULES(function, \"a,b\") exports it to the listed modules\n"
"only; the message lists the modules of the tree that call it. This makes the\n"
"export GPL-only. If all drivers of a subsystem use the function by design,\n"
"as with ib_umem_get_*(), list it in a file for --policy instead, as [open\n"
"FUNCTION] with attribute and reason. An inline function in a header cannot\n"
"be restricted: it counts as part of its callers.\n"
"\n"
"Some maintainers ask for this, but it is no rule of the kernel; therefore it\n"
"is only checked if --rule names it. If a module that is not on the allowlist\n"
"calls such a function, require-coherent-not-allowed reports it.\n"
"\n"
"See Documentation/core-api/symbol-namespaces.rst and, for the attribute,\n"
"Documentation/core-api/dma-attributes.rst.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_CALLS,
	.reads = { .reaches = ATTR },
	.opt_in = true,
	.check = check_exported_coherent_wrapper,
};
