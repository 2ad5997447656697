// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks at the memory of each mapping with the attribute: by its argument, or by
 * following kernel memory through the modules that set it.
 */
#include "rules/common/sinks.h"

#include "facts/facts.h"
#include "facts/program.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/attr-reach.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

struct kernel_memory_check {
	struct rule_run *run;
	uint64_t bit;
	struct intern_pool modules;	/* that set the attribute, or get it */
	struct places user;	/* that map user memory */
};

static void add_modules(struct kernel_memory_check *check,
			const struct unit *unit)
{
	size_t i;

	for (i = 0; i < unit->nr_modules; i++)
		intern(&check->modules, unit->modules[i]);
}

static void add_use_modules(const struct attr_use *use, void *data)
{
	add_modules(data, use->v.unit);
}

static void add_call_modules(const struct reach_call *call, void *data)
{
	add_modules(data, call->use.v.unit);
}

static bool uses_coherent(const char *module, const void *data)
{
	const struct kernel_memory_check *check = data;

	return intern_has(&check->modules, module);
}

static void report_kernel_sink(const struct flow_sink *sink, void *data)
{
	const struct kernel_memory_check *check = data;

	if (!places_have(&check->user, &sink->loc))
		sink_report(check->run, sink, "kernel memory from %s() is DMA-mapped with "
			    ATTR "%s%s%s", sink->source,
			    sink->caller ? " for " : "",
			    sink->caller ? sink->caller : "",
			    sink->caller ? "()" : "");
}

/* Whether the argument itself shows that no process has the memory. */
static char *describe_memory(const struct rule_run *run,
			     const struct flow_call *call)
{
	const struct arg_detail *d = flow_call_detail(call,
						      call->api->memory.arg);
	const char *record = d ? view_str(&call->v, d->record) : "";

	if (!d)
		return NULL;
	if (d->flags & DETAIL_LOCAL)
		return xstrdup("a stack variable");
	if (d->record && !strcmp(record, "sk_buff"))
		return xstrdup("a packet");
	if (d->record && (d->flags & DETAIL_ADDRESS) &&
	    !(d->flags & DETAIL_ELEMENT) &&
	    !api_is_container(run->api, record))
		return xstrfmt("%s in struct %s",
			       view_str(&call->v, d->field), record);
	return NULL;
}

static void report_kernel_call(const struct flow_call *call, void *data)
{
	const struct kernel_memory_check *check = data;
	char *what = NULL;

	/* A table or a page only refers to the memory. */
	if (api_in_family(call->api, "page") &&
	    strstr(call->api->name, "single"))
		what = describe_memory(check->run, call);
	if (what && !places_have(&check->user, &call->loc) &&
	    flow_call_attr(check->run->calls, call, check->bit) == ATTR_HAS)
		rule_report(check->run, &call->loc, call->module,
			    "kernel memory (%s) is DMA-mapped with "
			    ATTR, what);
	free(what);
}

static void check_require_coherent_kernel_memory(struct rule_run *run)
{
	struct kernel_memory_check check = {
		.run = run, .bit = tree_attr_mask(run->tree, ATTR),
	};
	struct reach *reach = reach_new(run->program, run->api, run->policy,
					ATTR);

	/* User memory from another file would make it right. */
	if (!check.bit || run->alone)
		goto cleanup;
	reach_each_use(run->program, ATTR, add_use_modules, &check);
	reach_each_call(reach, true, add_call_modules, &check);
	flow_each_sink(run->flow, check.bit, places_add_sink, &check.user);
	flow_follow_kernel(run->calls, uses_coherent, &check);
	flow_each_sink_with(run->calls, check.bit, report_kernel_sink, &check);
	flow_each_call(run->calls, API_SINK, report_kernel_call, &check);
cleanup:
	intern_release(&check.modules);
	places_release(&check.user);
	reach_free(reach);
}

const struct rule require_coherent_kernel_memory_rule = {
	.id = "require-coherent-kernel-memory",
	.level = LEVEL_ERROR,
	.summary = "kernel memory is DMA-mapped with " ATTR,
	.explanation =
"DMA_ATTR_REQUIRE_COHERENT is for memory that a process and a device share,\n"
"pinned with pin_user_pages() or the like: nobody can call dma_sync_*() for\n"
"the process. Kernel memory (kmalloc(), alloc_pages(), dma_alloc_*(),\n"
"packets) is only accessed by code that can. With the attribute the mapping\n"
"fails wherever it would bounce: in confidential-computing guests, on\n"
"non-coherent devices, and for small kmalloc() buffers on arm64 and riscv,\n"
"which are bounced because of their alignment.\n"
"\n"
"Drop the attribute here and at the unmap. Call dma_sync_*() where the CPU\n"
"and the device take turns, or allocate with dma_alloc_coherent(). If a\n"
"helper maps both kinds of memory, let its callers pass the attributes: a\n"
"mapping that user memory also reaches is not reported.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT:\n"
"\"It must never be used in an in-kernel driver that only works with kernel\n"
"memory.\"\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW | NEEDS_CALLS,
	.reads = { .reaches = ATTR },
	.check = check_require_coherent_kernel_memory,
};
