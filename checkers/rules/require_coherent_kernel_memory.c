// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "facts/program.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/places.h"
#include "rules/common/attr-reach.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

extern const struct rule require_coherent_kernel_memory_rule;

struct checking {
	struct rule_run *run;
	uint64_t bit;
	struct intern_pool modules;	/* that set the attribute, or get it */
	struct places user;	/* that map user memory */
};

static void add_modules(struct checking *c, const struct unit *unit)
{
	size_t i;

	for (i = 0; i < unit->nr_modules; i++)
		intern(&c->modules, unit->modules[i]);
}

static void add_use(const struct attr_use *use, void *data)
{
	add_modules(data, use->unit);
}

static void add_call(const struct reach_call *call, void *data)
{
	add_modules(data, call->use.unit);
}

static bool is_of_interest(const char *module, const void *data)
{
	const struct checking *c = data;

	return intern_find(&c->modules, module) != INTERN_NONE;
}

static struct finding *add(const struct checking *c,
			   const struct location *loc, const char *module,
			   const char *text)
{
	return findings_add(c->run->findings,
			    require_coherent_kernel_memory_rule.id,
			    require_coherent_kernel_memory_rule.level, loc,
			    module, text);
}

static void report(const struct flow_sink *hit, void *data)
{
	const struct checking *c = data;
	struct finding *finding;
	char *text;
	size_t i;

	if (places_have(&c->user, &hit->loc))
		return;
	text = xstrfmt("memory of the kernel, from %s(), is DMA-mapped with "
		       ATTR "%s%s%s", hit->source, hit->caller ? " for " : "",
		       hit->caller ? hit->caller : "", hit->caller ? "()" : "");
	finding = add(c, &hit->loc, hit->module, text);
	for (i = 0; i < hit->nr_steps; i++)
		finding_step(finding, &hit->steps[i].loc,
			     hit->steps[i].message);
	free(text);
}

/* What the argument itself shows: no process has it. */
static char *describe(const struct checking *c, const struct flow_call *call)
{
	const struct arg_detail *d = flow_call_detail(call,
						      call->api->memory.arg);
	const char *record = d ? facts_str(call->set, d->record) : "";

	if (!d)
		return NULL;
	if (d->flags & DETAIL_LOCAL)
		return xstrdup("a variable on the stack");
	if (d->record && !strcmp(record, "sk_buff"))
		return xstrdup("a packet");
	if (d->record && (d->flags & DETAIL_ADDRESS) &&
	    !(d->flags & DETAIL_ELEMENT) &&
	    !api_is_container(c->run->api, record))
		return xstrfmt("%s in struct %s",
			       facts_str(call->set, d->field), record);
	return NULL;
}

static void report_call(const struct flow_call *call, void *data)
{
	const struct checking *c = data;
	char *what = NULL, *text;

	/* A table or a page only names the memory. */
	if (api_in_family(call->api, "page") &&
	    strstr(call->api->name, "single"))
		what = describe(c, call);
	if (what && !places_have(&c->user, &call->loc) &&
	    flow_call_attr(c->run->calls, call, c->bit) == ATTR_HAS) {
		text = xstrfmt("memory of the kernel, %s, is DMA-mapped with "
			       ATTR, what);
		add(c, &call->loc, call->module, text);
		free(text);
	}
	free(what);
}

static void check(struct rule_run *run)
{
	struct checking c = { .run = run,
			      .bit = tree_attr_mask(run->tree, ATTR) };
	struct reach *reach = reach_new(run->program, run->api, run->policy,
					ATTR);

	/* User memory that another file brings would make it right. */
	if (!c.bit || run->alone)
		goto cleanup;
	reach_each_use(run->program, ATTR, add_use, &c);
	reach_each_call(reach, true, add_call, &c);
	flow_each_sink(run->flow, c.bit, places_add_sink, &c.user);
	flow_follow_kernel(run->calls, is_of_interest, &c);
	flow_each_sink_with(run->calls, c.bit, report, &c);
	flow_each_call(run->calls, API_SINK, report_call, &c);
cleanup:
	intern_release(&c.modules);
	places_release(&c.user);
	reach_free(reach);
}

const struct rule require_coherent_kernel_memory_rule = {
	.id = "require-coherent-kernel-memory",
	.level = LEVEL_ERROR,
	.summary = "memory of the kernel is DMA-mapped with " ATTR,
	.explanation =
"DMA_ATTR_REQUIRE_COHERENT is for memory that a process and a device share,\n"
"pinned with pin_user_pages() or the like: nobody can call dma_sync_*() for\n"
"the process. Memory that the kernel has allocated (kmalloc(), alloc_pages(),\n"
"dma_alloc_*(), packets) is only touched by code that can. With the attribute\n"
"the mapping fails wherever it would bounce: in guests whose memory is\n"
"encrypted, on non-coherent devices, and, at random sizes, for small kmalloc()\n"
"buffers on arm64 and riscv, which are bounced for their alignment.\n"
"\n"
"Take the attribute out, here and at the unmap; call dma_sync_*() where the\n"
"CPU and the device take turns, or allocate with dma_alloc_coherent(). Where\n"
"a helper maps both kinds, let its caller pass the attributes: a mapping that\n"
"user memory reaches as well is not reported.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT:\n"
"\"It must never be used in an in-kernel driver that only works with kernel\n"
"memory.\"\n",
	.needs_attr = ATTR,
	.needs = NEEDS_FLOW | NEEDS_CALLS,
	.reads = { .reaches = ATTR },
	.check = check,
};
