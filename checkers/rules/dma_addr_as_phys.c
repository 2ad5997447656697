// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the arguments of functions that take a physical address. */
#include "rules/common/lives.h"

/* Functions that take a phys_addr_t for their memory. */
static const char *const names[] = { "dma_map_resource", "dma_map_phys",
	"dma_iova_link", NULL };

/* The DMA address in an entry of a table, which may have been put there. */
static bool is_of_entry(const struct scan *s, struct value value)
{
	uint32_t place = view_only_place(&s->v, value);
	const struct place *p;

	if (place == NO_PLACE)
		return false;
	p = view_place(&s->v, place);
	return p->kind == PLACE_FIELD && p->carry == CARRY_DMA_ADDR &&
	       api_is_container(s->run->api, view_str(&s->v, p->record));
}

/* The local is assigned such an address last before op `end`. */
static bool holds_entry(const struct scan *s, struct value value, uint32_t end)
{
	uint32_t place = view_only_place(&s->v, value), last;

	if (place == NO_PLACE || view_place(&s->v, place)->kind != PLACE_LOCAL)
		return false;
	last = scan_last_assigned(s, place, end);
	return last < s->v.fn->nr_ops &&
	       is_of_entry(s, view_op(&s->v, last)->value);
}

static void check_phys_argument(const struct scan *s,
				const struct life_function *f,
				const struct op *op,
				const struct api_function *api)
{
	struct value value = view_arg(&s->v, op, api->memory.arg);
	const char *text = view_text(&s->v, op, api->memory.arg);
	struct life_origins o;
	struct finding *found;
	enum level level;

	lifetimes_origins(rule_lifetimes(s->run), f, value, &o);
	if (is_of_entry(s, value) || holds_entry(s, value, scan_number(s, op)))
		o.nr = 0;
	else if (!o.nr || (o.list[0].in == f &&
			   o.list[0].op >= scan_number(s, op)))
		return;
	level = o.nr ? s->run->rule->level : LEVEL_NOTE;
	found = scan_report_level(s, op, level, "%s is a DMA address, but %s() takes a physical address",
				  *text ? text : "the argument",
				  view_str(&s->v, op->spelling));
	if (o.nr)
		lives_step(found, &o.list[0].in->v, o.list[0].op,
			   "the address comes from here");
}

static void check_phys_in_function(const struct scan *s,
				   const struct life_function *f, void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *api =
			scan_api(s, op, API_SINK | API_MMIO);

		if (api && scan_calls_any(s, op, names))
			check_phys_argument(s, f, op, api);
	}
}

static void check_dma_addr_as_phys(struct rule_run *run)
{
	lives_each_function(run, check_phys_in_function, NULL);
}

const struct rule dma_addr_as_phys_rule = {
	.id = "dma-addr-as-phys",
	.level = LEVEL_WARNING,
	.summary = "a DMA address is passed as a physical address",
	.explanation =
"dma_map_resource(), dma_map_phys() and dma_iova_link() take a phys_addr_t,\n"
"the address that the CPU uses. A dma_addr_t, such as sg_dma_address() or the\n"
"result of another mapping, is the address that a device uses. The two types\n"
"mostly have the same width, so the compiler does not warn, and they have the\n"
"same value if there is neither an IOMMU nor an offset. Otherwise the device\n"
"accesses other memory.\n"
"\n"
"The code is right if the driver itself stored a physical address there, for\n"
"instance in an sg_table that only carries the address of a BAR: therefore it\n"
"is a note if the address is that of a table entry. It is a warning if the\n"
"address comes from a mapping or an allocation; the type of a variable alone\n"
"proves nothing.\n"
"\n"
"Pass the physical address: sg_phys(), pci_resource_start(), or the start of\n"
"the struct resource.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"CPU and DMA addresses\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_dma_addr_as_phys,
};
