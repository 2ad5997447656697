// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "rules/common/scan.h"

extern const struct rule dma_addr_as_phys_rule;

static const char *const names[] = { "dma_map_resource", "dma_map_phys",
	"dma_iova_link", NULL };

/* Whether the functions takes a phys_addr_t for its memory. */
static bool takes_phys(const struct api_function *api)
{
	size_t i;

	for (i = 0; names[i]; i++)
		if (!strcmp(api->name, names[i]))
			return true;
	return false;
}

/* A DMA address by its nature: of a mapped table, or what a mapping gave. */
static bool is_dma_address(const struct scan *s, struct value value)
{
	uint32_t place = scan_only_place(s, value);
	const struct api_function *api;
	const struct place *p;

	if (place == NO_PLACE)
		return false;
	p = scan_place(s, place);
	if (p->kind == PLACE_FIELD)
		return p->carry == CARRY_DMA_ADDR && !p->is_pointer;
	if (p->kind != PLACE_CALL)
		return false;
	api = scan_api(s, scan_op(s, p->number), API_SINK | API_MMIO);
	return api && api->handle.arg == API_RETURN;
}

/* The local is assigned such an address before op `end`, and nothing else. */
static bool holds_dma_address(const struct scan *s, uint32_t place,
			      uint32_t end)
{
	bool yes = false;
	uint32_t i;

	for (i = 0; i < end; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & ASSIGN_UPDATE))
			yes = is_dma_address(s, op->value);
	}
	return yes;
}

static void check_call(const struct scan *s, uint32_t number)
{
	const struct op *op = scan_op(s, number);
	const struct api_function *api = scan_api(s, op, API_SINK | API_MMIO);
	struct value value;
	uint32_t place;
	char *text;

	if (!api || !takes_phys(api))
		return;
	value = scan_arg(s, op, api->memory.arg);
	place = scan_only_place(s, value);
	if (place == NO_PLACE || (!is_dma_address(s, value) &&
	    (scan_place(s, place)->kind != PLACE_LOCAL ||
	     !holds_dma_address(s, place, number))))
		return;
	text = xstrfmt("%s is a DMA address, where %s() wants a physical one",
		       *scan_text(s, op, api->memory.arg) ?
		       scan_text(s, op, api->memory.arg) : "this",
		       scan_str(s, op->spelling));
	scan_report(s, op, &dma_addr_as_phys_rule,
		    dma_addr_as_phys_rule.level, text);
	free(text);
}

static void check_function(const struct scan *s, void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < s->fn->nr_ops; i++)
		if (scan_op(s, i)->kind == OP_CALL)
			check_call(s, i);
}

static void check(struct rule_run *run)
{
	scan_each(run, check_function, NULL);
}

const struct rule dma_addr_as_phys_rule = {
	.id = "dma-addr-as-phys",
	.level = LEVEL_WARNING,
	.summary = "a DMA address is mapped as if it were a physical one",
	.explanation =
"dma_map_resource(), dma_map_phys() and dma_iova_link() take a phys_addr_t:\n"
"where the CPU finds the memory. A dma_addr_t, such as sg_dma_address() or\n"
"what another mapping returned, is where a device finds it. The two have\n"
"the same width mostly, so the compiler is silent, and the same value where\n"
"neither an IOMMU nor an offset lies between; elsewhere the device is given\n"
"some other memory.\n"
"\n"
"It is right where the driver itself put a physical address there, as into\n"
"a table that only carries the address of a BAR. A phys_addr_t of its own\n"
"would say so.\n"
"\n"
"Pass the physical address: sg_phys(), pci_resource_start(), the start of\n"
"the struct resource.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"CPU and DMA addresses\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check,
};
