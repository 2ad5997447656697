// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/scan.h"

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
	struct intern_pool assigned, mixed;	/* "module record.name" */
	bool first_pass, grown;
};

static void add(struct calls *calls, const struct flow_call *call)
{
	ALLOC_GROW(calls->list, calls->nr + 1, calls->alloc);
	calls->list[calls->nr++] = *call;
}

/* Memory of dma_alloc_noncoherent() and dma_alloc_pages() may be mapped. */
static void add_alloc(const struct flow_call *call, void *data)
{
	struct checking *c = data;

	if (api_in_family(call->api, "attrs") || api_in_family(call->api, "managed"))
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

static bool is_kept(const struct place *p)
{
	return p->kind == PLACE_FIELD || p->kind == PLACE_STATIC ||
	       p->kind == PLACE_GLOBAL;
}

/* "module record.name" of a field or global; the caller frees it. */
static char *kept_name(const struct scan *s, const char *module,
		       const struct place *p)
{
	return xstrfmt("%s %s.%s", module, scan_str(s, p->record),
		       scan_str(s, p->name));
}

/* Whether nothing but such memory is ever put there in the module. */
static bool holds_only(const struct checking *c, const struct scan *s,
		       const char *module, const struct place *p)
{
	char *name = kept_name(s, module, p);
	bool yes = intern_find(&c->assigned, name) != INTERN_NONE &&
		   intern_find(&c->mixed, name) == INTERN_NONE;

	free(name);
	return yes;
}

static bool is_alloc(const struct scan *s, const struct place *p)
{
	const struct api_function *api;

	if (p->kind != PLACE_CALL)
		return false;
	api = scan_api(s, scan_op(s, p->number), API_ALLOC);
	return api && (api_in_family(api, "attrs") ||
		       api_in_family(api, "managed"));
}

/* The last assignment to `place` before op `at`, or nr_ops. */
static uint32_t last_assigned(const struct scan *s, uint32_t place,
			      uint32_t at)
{
	uint32_t i = at;

	while (i-- > 0)
		if (scan_op(s, i)->kind == OP_ASSIGN &&
		    scan_op(s, i)->dst == place)
			return i;
	return s->fn->nr_ops;
}

/* Whether the value at op `at` is such memory, whatever the branch. */
static bool is_coherent(const struct checking *c, const struct scan *s,
			const char *module, struct value value, uint32_t at,
			unsigned int depth)
{
	uint32_t place = scan_only_place(s, value), last;
	const struct place *p;
	uint64_t bits;

	if (place == NO_PLACE)
		return scan_constant(s, value, &bits) && depth;
	p = scan_place(s, place);
	if (is_alloc(s, p))
		return true;
	last = last_assigned(s, place, at);
	if (depth < 3 && last < s->fn->nr_ops &&
	    scan_branch_within(s, scan_op(s, at)->branch,
			       scan_op(s, last)->branch))
		return is_coherent(c, s, module, scan_op(s, last)->value,
				   last, depth + 1);
	return is_kept(p) && holds_only(c, s, module, p);
}

/* Fields and globals that hold memory of another kind, too. */
static void find_mixed(const struct scan *s, void *data)
{
	struct checking *c = data;
	uint32_t i;
	size_t j;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const struct place *p;

		if (op->kind != OP_ASSIGN || op->dst == NO_PLACE)
			continue;
		p = scan_place(s, op->dst);
		if (!is_kept(p) || !p->is_pointer)
			continue;
		for (j = 0; j < s->unit->nr_modules; j++) {
			const char *module = s->unit->modules[j];
			char *name = kept_name(s, module, p);

			if (c->first_pass)
				intern(&c->assigned, name);
			else if (!is_coherent(c, s, module, op->value, i, 1) &&
				 intern_find(&c->mixed, name) == INTERN_NONE) {
				intern(&c->mixed, name);
				c->grown = true;
			}
			free(name);
		}
	}
}

static bool is_always_coherent(const struct checking *c,
			       const struct flow_call *use)
{
	const struct scan s = { .run = c->run, .unit = use->unit,
				.set = use->set, .fn = use->fn };
	struct value value = scan_arg(&s, use->op, pointer_of(use));
	uint32_t i;

	/* Of an address that is computed, what it is computed from. */
	for (i = 0; i < value.nr; i++) {
		struct value one = { value.first + i, 1 };

		if (scan_term(&s, value, i)->kind == TERM_PLACE &&
		    is_coherent(c, &s, use->module, one, use->number, 0))
			return true;
	}
	return false;
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

	c.first_pass = true;
	scan_each(run, find_mixed, &c);
	c.first_pass = false;
	do {
		c.grown = false;
		scan_each(run, find_mixed, &c);
	} while (c.grown);
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
	intern_release(&c.assigned);
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
	.check = check,
};
