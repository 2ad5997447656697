// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

/* Functions that take a phys_addr_t for their memory. */
static const char *const names[] = { "dma_map_resource", "dma_map_phys",
	"dma_iova_link", NULL };

/* A DMA address by its nature: of a mapped table, or what a mapping gave. */
static bool is_dma_address(const struct scan *s, struct value value)
{
	uint32_t place = view_only_place(&s->v, value);
	const struct place *p;

	if (place == NO_PLACE)
		return false;
	p = view_place(&s->v, place);
	if (p->kind == PLACE_FIELD)
		return p->carry == CARRY_DMA_ADDR && !p->is_pointer;
	return p->kind == PLACE_CALL && scan_mapping(s, view_op(&s->v, p->number));
}

/* The local is assigned such an address before op `end`, and nothing else. */
static bool holds_dma_address(const struct scan *s, uint32_t place,
			      uint32_t end)
{
	bool yes = false;
	uint32_t i;

	for (i = 0; i < end; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & ASSIGN_UPDATE))
			yes = is_dma_address(s, op->value);
	}
	return yes;
}

static void check_phys_argument(const struct scan *s, const struct op *op,
				const struct api_function *api, void *data)
{
	struct value value = view_arg(&s->v, op, api->memory.arg);
	uint32_t place = view_only_place(&s->v, value);
	const char *text = view_text(&s->v, op, api->memory.arg);

	(void)data;
	if (place == NO_PLACE || !scan_calls_any(s, op, names))
		return;
	if (is_dma_address(s, value) ||
	    (view_place(&s->v, place)->kind == PLACE_LOCAL &&
	     holds_dma_address(s, place, scan_number(s, op))))
		scan_report(s, op, "%s is a DMA address, but %s() takes a physical address",
			    *text ? text : "the argument", view_str(&s->v, op->spelling));
}

static void check_dma_addr_as_phys(struct rule_run *run)
{
	scan_each_call(run, API_SINK | API_MMIO, check_phys_argument, NULL);
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
"instance in an sg_table that only carries the address of a BAR. A field of\n"
"type phys_addr_t would make that clear.\n"
"\n"
"Pass the physical address: sg_phys(), pci_resource_start(), or the start of\n"
"the struct resource.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"CPU and DMA addresses\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_dma_addr_as_phys,
};
