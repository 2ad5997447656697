// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/scan.h"

extern const struct rule coherent_ptr_to_streaming_rule;

/* What takes a pointer for one into the kernel's own mapping of all RAM. */
static const char *const linear[] = { "virt_to_page", "virt_to_head_page",
	"virt_to_folio", "virt_to_phys", "virt_to_pfn", "__pa", "sg_set_buf",
	"sg_init_one", NULL };

/* Calls of one module, allocations and uses. */
struct calls {
	struct flow_call *list;
	size_t nr, alloc;
};

struct checking {
	struct rule_run *run;
	struct calls allocs, uses;
	struct intern_pool mixed;
};

static void add(struct calls *calls, const struct flow_call *call)
{
	ALLOC_GROW(calls->list, calls->nr + 1, calls->alloc);
	calls->list[calls->nr++] = *call;
}

static bool is_family(const struct flow_call *call, const char *family)
{
	return call->api->family && !strcmp(call->api->family, family);
}

/* Memory of dma_alloc_noncoherent() and dma_alloc_pages() may be mapped. */
static void add_alloc(const struct flow_call *call, void *data)
{
	struct checking *c = data;

	if (is_family(call, "attrs") || is_family(call, "managed"))
		add(&c->allocs, call);
}

static bool is_linear(const char *name)
{
	size_t i;

	for (i = 0; linear[i]; i++)
		if (!strcmp(linear[i], name))
			return true;
	return false;
}

static void add_use(const struct flow_call *call, void *data)
{
	struct checking *c = data;

	if (call->api->roles & API_SINK ?
	    !strcmp(call->api->name, "dma_map_single_attrs") :
	    is_linear(call->spelling) && call->api->nr_transfers)
		add(&c->uses, call);
}

static int pointer_of(const struct flow_call *use)
{
	return use->api->roles & API_SINK ? use->api->memory.arg :
		use->api->transfers[0].from.arg;
}

/* Whether a field or local gets its pointer from such an allocation, or none. */
static bool is_coherent(const struct scan *s, struct value value, uint32_t at,
			unsigned int depth)
{
	uint32_t place = scan_only_place(s, value), i;
	const struct api_function *api;
	const struct place *p;
	bool any = false;
	uint64_t bits;

	if (scan_constant(s, value, &bits))
		return true;
	if (place == NO_PLACE || depth > 2)
		return false;
	p = scan_place(s, place);
	if (p->kind == PLACE_CALL) {
		api = scan_api(s, scan_op(s, p->number), API_ALLOC);
		return api && api->family &&
		       (!strcmp(api->family, "attrs") ||
			!strcmp(api->family, "managed"));
	}
	if (p->kind != PLACE_LOCAL)
		return false;
	for (i = 0; i < at; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind != OP_ASSIGN || op->dst != place)
			continue;
		any = true;
		if (!is_coherent(s, op->value, i, depth + 1))
			return false;
	}
	return any;
}

/* Fields that hold memory of another kind, too: "module record.field" */
static void find_mixed(const struct scan *s, void *data)
{
	uint32_t i;
	size_t j;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const struct place *p;

		if (op->kind != OP_ASSIGN || op->dst == NO_PLACE)
			continue;
		p = scan_place(s, op->dst);
		if (p->kind != PLACE_FIELD || !p->is_pointer ||
		    is_coherent(s, op->value, i, 0))
			continue;
		for (j = 0; j < s->unit->nr_modules; j++) {
			char *name = xstrfmt("%s %s.%s", s->unit->modules[j],
					     scan_str(s, p->record),
					     scan_str(s, p->name));

			intern(data, name);
			free(name);
		}
	}
}

static bool is_mixed(const struct checking *c, const struct flow_call *use,
		     const struct scan *s, uint32_t place)
{
	const struct place *p = scan_place(s, place);
	char *name = xstrfmt("%s %s.%s", use->module, scan_str(s, p->record),
			     scan_str(s, p->name));
	bool yes = intern_find(&c->mixed, name) != INTERN_NONE;

	free(name);
	return yes;
}

/*
 * Whether what is used there is coherent memory whatever the branch: a field
 * that holds nothing else, or a local that is one or was just allocated.
 */
static bool is_always_coherent(const struct checking *c,
			       const struct flow_call *use)
{
	const struct scan s = { .run = c->run, .unit = use->unit,
				.set = use->set, .fn = use->fn };
	struct value value = scan_arg(&s, use->op, pointer_of(use));
	bool any = false;
	uint32_t i, j;

	if (is_coherent(&s, value, use->number, 0))
		return true;
	for (i = 0; i < value.nr; i++) {
		const struct term *t = scan_term(&s, value, i);

		if (t->kind != TERM_PLACE)
			continue;
		if (scan_place(&s, t->place)->kind == PLACE_FIELD) {
			if (is_mixed(c, use, &s, t->place))
				return false;
			any = true;
			continue;
		}
		if (scan_place(&s, t->place)->kind != PLACE_LOCAL)
			continue;
		for (j = 0; j < use->number; j++) {
			const struct op *op = scan_op(&s, j);
			uint32_t from;

			if (op->kind != OP_ASSIGN || op->dst != t->place)
				continue;
			from = scan_only_place(&s, op->value);
			if (from == NO_PLACE ||
			    scan_place(&s, from)->kind != PLACE_FIELD ||
			    is_mixed(c, use, &s, from))
				return false;
			any = true;
		}
	}
	return any;
}

static void report(struct rule_run *run, const struct flow_call *alloc,
		   const struct flow_call *use)
{
	struct finding *finding;
	char *text, *step;

	text = xstrfmt("%s() of memory from %s(), which may have no pages of its own",
		       use->spelling, alloc->spelling);
	step = xstrfmt("memory comes from %s()", alloc->spelling);
	finding = findings_add(run->findings,
			       coherent_ptr_to_streaming_rule.id,
			       coherent_ptr_to_streaming_rule.level,
			       &use->loc, use->module, text);
	finding_step(finding, &alloc->loc, step);
	free(text);
	free(step);
}

static int by_module(const void *a, const void *b)
{
	const struct flow_call *x = a, *y = b;

	return strcmp(x->module, y->module);
}

static void check_use(struct checking *c, const struct flow_call *use,
		      size_t first)
{
	size_t i;

	if (!is_always_coherent(c, use))
		return;
	for (i = first; i < c->allocs.nr; i++) {
		const struct flow_call *alloc = &c->allocs.list[i];

		if (strcmp(alloc->module, use->module))
			return;
		if (!flow_same_memory(c->run->calls, alloc, API_RETURN, use,
				      pointer_of(use)))
			continue;
		report(c->run, alloc, use);
		return;
	}
}

static void check(struct rule_run *run)
{
	struct checking c = { .run = run };
	size_t i, first = 0;

	scan_each(run, find_mixed, &c.mixed);
	flow_each_call(run->calls, API_ALLOC, add_alloc, &c);
	flow_each_call(run->calls, API_SINK | API_TRANSFER, add_use, &c);
	if (c.allocs.nr && c.uses.nr) {
		qsort(c.allocs.list, c.allocs.nr, sizeof(*c.allocs.list),
		      by_module);
		qsort(c.uses.list, c.uses.nr, sizeof(*c.uses.list),
		      by_module);
	}
	for (i = 0; i < c.uses.nr; i++) {
		while (first < c.allocs.nr &&
		       strcmp(c.allocs.list[first].module,
			      c.uses.list[i].module) < 0)
			first++;
		check_use(&c, &c.uses.list[i], first);
	}
	free(c.allocs.list);
	free(c.uses.list);
	intern_release(&c.mixed);
}

const struct rule coherent_ptr_to_streaming_rule = {
	.id = "coherent-ptr-to-streaming",
	.level = LEVEL_ERROR,
	.summary = "memory of dma_alloc_coherent() is mapped, or taken for pages",
	.explanation =
"What dma_alloc_coherent() and its kin return need not lie in the kernel's\n"
"mapping of all memory: on a device that is not coherent it is a mapping of\n"
"its own (vmalloc space), it may come from a pool with no struct pages at\n"
"all, and with DMA_ATTR_NO_KERNEL_MAPPING it is a cookie. virt_to_page(),\n"
"virt_to_phys(), sg_set_buf() and dma_map_single() compute nonsense from\n"
"such a pointer. Besides it is mapped already, with the DMA address that\n"
"came with it.\n"
"\n"
"Memory of dma_alloc_pages() and dma_alloc_noncoherent() may be mapped.\n"
"\n"
"Use the DMA address of the allocation; dma_get_sgtable() for a table of it,\n"
"dma_mmap_coherent() to give it to a process; or allocate pages and map\n"
"them.\n"
"\n"
"See kernel/dma/mapping.c, the comment above dma_get_sgtable_attrs(), and\n"
"Documentation/core-api/dma-api-howto.rst, \"What memory is DMA'able?\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.opt_in = true,
	.check = check,
};
