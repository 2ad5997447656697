// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/program.h"
#include "knowledge/policy.h"
#include "lib/alloc.h"
#include "rules/common/attr-reach.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

/* For each module of the file that policy.conf does not list. */
static void charge_modules(struct rule_run *run, const struct attr_use *use,
			  enum level level, const char *text)
{
	struct location loc = view_location(&use->v, use->op);
	size_t i;

	for (i = 0; i < use->v.unit->nr_modules; i++) {
		const char *module = use->v.unit->modules[i];

		if (!policy_allowed(run->policy, module, ATTR))
			rule_report(run, &loc, module, "%s", text)->level =
				level;
	}
}

static void report_coherent_use(const struct attr_use *use, void *data)
{
	charge_modules(data, use, LEVEL_ERROR,
	       ATTR " is set by a module that policy.conf does not allow to use it");
}

static void report_coherent_call(const struct reach_call *call, void *data)
{
	char *text = xstrfmt("%s() maps with " ATTR
			     " for a module that policy.conf does not allow to use it",
			     call->name);

	charge_modules(data, &call->use, LEVEL_WARNING, text);
	free(text);
}

static void check_require_coherent_not_allowed(struct rule_run *run)
{
	struct reach *reach = reach_new(run->program, run->api, run->policy,
					ATTR);

	reach_each_use(run->program, ATTR, report_coherent_use, run);
	reach_each_call(reach, false, report_coherent_call, run);
	reach_free(reach);
}

const struct rule require_coherent_not_allowed_rule = {
	.id = "require-coherent-not-allowed",
	.level = LEVEL_ERROR,
	.summary = ATTR " is used by a module that policy.conf does not allow",
	.explanation =
"DMA_ATTR_REQUIRE_COHERENT makes a mapping fail on every system that bounces\n"
"(SWIOTLB) or needs cache maintenance. It is only for uAPIs that share memory\n"
"between a process and a device permanently, as RDMA and DRM do. A driver\n"
"that adds it stops working in confidential-computing guests and on many\n"
"SoCs, where the DMA API would have handled everything. Therefore only a few\n"
"modules may use it. policy.conf lists them, with reasons.\n"
"\n"
"The module is KBUILD_MODNAME of the file that sets the attribute, even if a\n"
"parameter or a field carries it to the mapping; a file that is built into\n"
"two modules counts for each. Code that only tests the attribute does not use\n"
"it. A module that gets such mappings from an exported function of another\n"
"module is a user as well (a warning), unless an entry [open FUNCTION] says\n"
"that the function is meant for it.\n"
"\n"
"Map without the attribute, and call dma_sync_*() where the CPU and the\n"
"device take turns; dma_mmap_pages() gives a process coherent memory. If the\n"
"attribute is right, add an entry [allow MODULE] with attribute and reason to\n"
".dmacheck.conf at the top of the tree or to a file for --policy; `dmacheck\n"
"fix` adds the entries that its own changes need.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_CALLS,
	.reads = { .reaches = ATTR },
	.check = check_require_coherent_not_allowed,
};
