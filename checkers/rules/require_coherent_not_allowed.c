// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the modules that set the attribute, or call what leads to it, with the
 * list in policy.conf.
 */
#include "rules/rule.h"

#include "facts/program.h"
#include "knowledge/policy.h"
#include "flow/flow.h"
#include "lib/alloc.h"
#include "rules/common/attr-reach.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

/* Where a module maps user memory with the attribute. */
struct user_mapping {
	char *module, *source, *file, *function;
	struct location loc;	/* of these strings */
};

struct allowed_check {
	struct rule_run *run;
	struct user_mapping *list;	/* the first of each module */
	size_t nr, alloc;
};

static const struct user_mapping *find_mapping(const struct allowed_check *check,
					       const char *module)
{
	size_t i;

	for (i = 0; i < check->nr; i++)
		if (!strcmp(check->list[i].module, module))
			return &check->list[i];
	return NULL;
}

static void add_mapping(const struct flow_sink *sink, void *data)
{
	struct allowed_check *check = data;
	struct user_mapping *m;

	if (find_mapping(check, sink->module))
		return;
	ALLOC_GROW(check->list, check->nr + 1, check->alloc);
	m = &check->list[check->nr++];
	*m = (struct user_mapping){
		.module = xstrdup(sink->module),
		.source = xstrdup(sink->source),
		.file = xstrdup(sink->loc.file),
		.function = xstrdup(sink->loc.function ? sink->loc.function : ""),
		.loc = sink->loc,
	};
	m->loc.file = m->file;
	m->loc.function = m->function;
}

/* Whether it may well be right, and what is to be done then. */
static void add_advice(const struct allowed_check *check, struct finding *f,
		       const struct location *loc, const char *module)
{
	const struct user_mapping *m = find_mapping(check, module);

	if (m)
		finding_step(f, &m->loc, "user memory from %s() is mapped with it here",
			     m->source);
	else if (!check->run->alone)
		finding_step(f, loc, "no user memory is seen to be mapped with it in %s",
			     module);
	finding_step(f, loc, "what would allow it in .dmacheck.conf: [allow %s] with attribute = "
		     ATTR " and reason = ...", module);
}

/* Report each module of the file that policy.conf does not list. */
static void charge_modules(const struct allowed_check *check,
			   const struct attr_use *use, enum level level,
			   const char *text)
{
	struct rule_run *run = check->run;
	struct location loc = view_location(&use->v, use->op);
	struct finding *f;
	size_t i;

	for (i = 0; i < use->v.unit->nr_modules; i++) {
		const char *module = use->v.unit->modules[i];

		if (policy_allowed(run->policy, module, ATTR))
			continue;
		f = rule_report(run, &loc, module, "%s", text);
		f->level = level;
		add_advice(check, f, &loc, module);
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
	struct allowed_check check = { .run = run };
	struct reach *reach = reach_new(run->program, run->api, run->policy,
					ATTR);
	uint64_t bit = tree_attr_mask(run->tree, ATTR);
	size_t i;

	if (bit)
		flow_each_sink_with(run->flow, bit, add_mapping, &check);
	reach_each_use(run->program, ATTR, report_coherent_use, &check);
	reach_each_call(reach, false, report_coherent_call, &check);
	reach_free(reach);
	for (i = 0; i < check.nr; i++) {
		free(check.list[i].module);
		free(check.list[i].source);
		free(check.list[i].file);
		free(check.list[i].function);
	}
	free(check.list);
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
"attribute is right (a note says where the module maps user memory with it, or\n"
"that none is seen), add an entry [allow MODULE] with attribute and reason to\n"
".dmacheck.conf at the top of the tree or to a file for --policy; `dmacheck\n"
"fix` adds the entries that its own changes need.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW | NEEDS_CALLS,
	.reads = { .reaches = ATTR },
	.check = check_require_coherent_not_allowed,
};
