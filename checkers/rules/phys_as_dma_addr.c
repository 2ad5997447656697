// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks at the address that is unmapped, synced or freed: whether it is a
 * physical one, made by virt_to_phys() and the like in the same function.
 */
#include "rules/common/scan.h"

/* What returns a physical address; also macros, by the name in the source. */
static const char *const makers[] = { "virt_to_phys", "page_to_phys",
	"sg_phys", "__pa", "slow_virt_to_phys", "folio_phys", NULL };

/* The maker's name if the value is what it returned, perhaps with an offset. */
static const char *made_by(const struct scan *s, struct value value)
{
	uint32_t place = view_first_place(&s->v, value);
	const char *name;
	size_t i;

	if (place == NO_PLACE || view_place(&s->v, place)->kind != PLACE_CALL)
		return NULL;
	name = view_str(&s->v, view_op(&s->v, view_place(&s->v, place)->number)->spelling);
	for (i = 0; makers[i]; i++)
		if (!strcmp(makers[i], name))
			return name;
	return NULL;
}

/* Modules that make sure that both addresses are the same: no IOMMU above. */
static void find_compared(const struct scan *s, const struct op *op,
			  void *modules)
{
	size_t i;

	if (op->kind != OP_TEST ||
	    (op->flags != TEST_EQ && op->flags != TEST_NE) ||
	    (!made_by(s, op->value) && !made_by(s, view_arg(&s->v, op, 0))))
		return;
	for (i = 0; i < s->v.unit->nr_modules; i++)
		intern(modules, s->v.unit->modules[i]);
}

static bool is_compared(const struct scan *s, const struct intern_pool *modules)
{
	size_t i;

	for (i = 0; i < s->v.unit->nr_modules; i++)
		if (intern_has(modules, s->v.unit->modules[i]))
			return true;
	return false;
}

static void check_given_address(const struct scan *s, const struct op *op,
				const struct api_function *api, void *data)
{
	int arg = api->roles & API_SYNC ? api->memory.arg : api->handle.arg;
	struct value value = view_arg(&s->v, op, arg);
	const char *maker = made_by(s, value);
	uint32_t place = view_only_place(&s->v, value), from;

	if (strstr(api->name, "_sg"))
		return;
	if (!maker && place != NO_PLACE &&
	    view_place(&s->v, place)->kind == PLACE_LOCAL) {
		from = scan_last_assigned(s, place, scan_number(s, op));
		if (from < s->v.fn->nr_ops)
			maker = made_by(s, view_op(&s->v, from)->value);
	}
	if (maker)
		scan_report_level(s, op, is_compared(s, data) ? LEVEL_NOTE :
				  s->run->rule->level,
				  "%s() is given a physical address, from %s(), where the DMA address of the mapping belongs%s",
				  view_str(&s->v, op->spelling), maker,
				  is_compared(s, data) ?
				  "; the driver makes sure that both are the same" : "");
}

static void check_phys_as_dma_addr(struct rule_run *run)
{
	struct intern_pool compared = INTERN_POOL_INIT;

	scan_each_op(run, find_compared, &compared);
	scan_each_call(run, API_UNMAP | API_SYNC | API_FREE,
		       check_given_address, &compared);
	intern_release(&compared);
}

const struct rule phys_as_dma_addr_rule = {
	.id = "phys-as-dma-addr",
	.level = LEVEL_WARNING,
	.summary = "a physical address is unmapped, synced or freed in place of the DMA address",
	.explanation =
"dma_sync_single_for_cpu(), dma_unmap_single(), dma_free_coherent() and the\n"
"like take the DMA address that the mapping or the allocation returned. With\n"
"an IOMMU, with SWIOTLB, or on a bus with an offset, a physical address\n"
"differs from it: other memory is synced or unmapped, or none, and the\n"
"mapping is leaked.\n"
"\n"
"It works if both addresses are equal and nothing is tracked. A driver for an\n"
"IOMMU may rely on that; it is a note if the driver compares both once.\n"
"\n"
"Store the result of dma_map_single() or dma_alloc_coherent() and pass that;\n"
"for a mapped table, pass sg_dma_address().\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"CPU and DMA addresses\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_UNMAP | API_SYNC | API_FREE },
	.check = check_phys_as_dma_addr,
};
