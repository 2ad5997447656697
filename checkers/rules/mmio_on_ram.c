// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the origin of the physical address of each MMIO mapping. */
#include "rules/common/scan.h"

#include "lib/alloc.h"
#include "tree/tree.h"

#define MMIO "DMA_ATTR_MMIO"

static const char *const names[] = { "dma_map_resource", MMIO, "memremap",
	"devm_memremap", NULL };
static const char *const beside[] = { "dma_map_resource", MMIO, NULL };

/* Functions that return the physical address of memory with struct pages. */
static const char *const of_pages[] = { "page_to_phys", "page_to_pfn",
	"virt_to_phys", "slow_virt_to_phys", "__phys_addr",
	"__phys_addr_nodebug", "__virt_to_phys", "__pa", "__pfn_to_phys",
	"PFN_PHYS", "sg_phys", "bvec_phys", "folio_pfn", NULL };

/* A memremap() call of a module: its memory is RAM. */
struct remap {
	const struct unit *unit;
	const char *text;	/* the text of the address */
	const char *record;	/* the struct that holds the result */
};

struct ram_check {
	struct remap *remaps;
	size_t nr, alloc;
};

/* "name(" in the text of an argument. */
static const char *called_in(const char *text)
{
	const char *const *name;

	for (name = of_pages; *name; name++) {
		const char *p = strstr(text, *name);
		size_t len = strlen(*name);

		if (p && p[len] == '(' && (p == text || strchr(" (+-|,", p[-1])))
			return *name;
	}
	return NULL;
}

static void add_remap(const struct scan *s, const struct op *op, void *data)
{
	bool managed = scan_calls(s, op, "devm_memremap");
	struct ram_check *check = data;
	struct remap *r;
	uint32_t kept;

	if (!managed && !scan_calls(s, op, "memremap"))
		return;
	ALLOC_GROW(check->remaps, check->nr + 1, check->alloc);
	r = &check->remaps[check->nr++];
	kept = scan_kept_in(s, scan_number(s, op));
	r->unit = s->v.unit;
	r->text = view_text(&s->v, op, managed ? 1 : 0);
	r->record = kept != NO_PLACE &&
		view_place(&s->v, kept)->kind == PLACE_FIELD ?
		view_str(&s->v, view_place(&s->v, kept)->record) : "";
}

/* Whether memremap() maps the same address. */
static bool is_remapped(const struct ram_check *check, const struct scan *s,
			const struct op *op, int arg)
{
	uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, arg));
	const char *text = view_text(&s->v, op, arg), *record = "";
	size_t i;

	if (place != NO_PLACE && view_place(&s->v, place)->kind == PLACE_FIELD)
		record = view_str(&s->v, view_place(&s->v, place)->record);
	for (i = 0; i < check->nr; i++) {
		const struct remap *r = &check->remaps[i];

		if (r->unit == s->v.unit && *text && strstr(text, "->") &&
		    !strcmp(r->text, text))
			return true;
		if (*record && !strcmp(r->record, record) &&
		    scan_same_module(r->unit, s->v.unit))
			return true;
	}
	return false;
}

/* Whether it is the address of a page or a kernel pointer. */
static const char *made_of(const struct scan *s, struct value value)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&s->v, value, i);
		const struct place *p;

		if (t->kind != TERM_PLACE)
			continue;
		p = view_place(&s->v, t->place);
		if (p->carry == CARRY_CONTAINER && p->is_pointer)
			return "page_to_phys";
		if (p->kind != PLACE_CALL)
			continue;
		if (scan_calls_any(s, view_op(&s->v, p->number), of_pages))
			return scan_callee(s, view_op(&s->v, p->number));
	}
	return NULL;
}

/* The same for a local that such an address is assigned to. */
static const char *local_made_of(const struct scan *s, struct value value,
				 uint32_t end)
{
	uint32_t place = view_only_place(&s->v, value), i;
	const char *name = made_of(s, value);

	if (name || place == NO_PLACE ||
	    view_place(&s->v, place)->kind != PLACE_LOCAL)
		return name;
	for (i = 0; i < end; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & ASSIGN_UPDATE))
			name = made_of(s, op->value);
	}
	return name;
}

/* Pages of another device are not RAM, and code with p2pdma distinguishes them. */
static bool asks_p2pdma(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (!strncmp(scan_callee(s, view_op(&s->v, i)), "pci_p2pdma_", 11))
			return true;
	return false;
}

/* dma_map_resource(), or another function with the attribute in its call. */
static bool maps_mmio(const struct scan *s, const struct op *op,
		      const struct api_function *api)
{
	uint64_t bit = tree_attr_mask(s->run->tree, MMIO), bits;
	struct value attrs;

	if (api->roles & API_MMIO)
		return true;
	attrs = view_arg(&s->v, op, api->attrs);
	return bit && view_constant(&s->v, attrs, &bits) && (bits & bit);
}

static void check_mmio_call(const struct scan *s, const struct op *op,
			    const struct api_function *api, void *data)
{
	int arg = api->memory.arg;
	const char *name;

	if (!maps_mmio(s, op, api) || asks_p2pdma(s))
		return;
	name = called_in(view_text(&s->v, op, arg));
	if (!name)
		name = local_made_of(s, view_arg(&s->v, op, arg),
				     scan_number(s, op));
	/* Of a page frame number it is not known what there is. */
	if (name)
		scan_report_level(s, op, strcasestr(name, "pfn_") ?
				  LEVEL_NOTE : s->run->rule->level,
				  "%s() is for MMIO, but the address comes from %s() and may be RAM",
				  view_str(&s->v, op->spelling), name);
	else if (is_remapped(data, s, op, arg))
		scan_report(s, op, "%s() is for MMIO, but memremap() maps the same memory as RAM",
			    view_str(&s->v, op->spelling));
}

static void check_mmio_on_ram(struct rule_run *run)
{
	struct ram_check check = { .nr = 0 };

	scan_each_op(run, add_remap, &check);
	scan_each_call(run, API_SINK | API_MMIO, check_mmio_call, &check);
	free(check.remaps);
}

const struct rule mmio_on_ram_rule = {
	.id = "mmio-on-ram",
	.level = LEVEL_WARNING,
	.summary = "RAM is mapped for DMA as if it were MMIO",
	.explanation =
"dma_map_resource() and DMA_ATTR_MMIO are for device registers. RAM that is\n"
"mapped this way is never synced with the CPU caches and never bounced: a\n"
"non-coherent device reads stale data, and a device that cannot reach the\n"
"address is not helped. The kernel only notices pages that are in use\n"
"(CONFIG_DMA_API_DEBUG), but not memory that was reserved at boot and mapped\n"
"with memremap().\n"
"\n"
"The code is right if only devices ever touch such memory, and for device\n"
"pages (ZONE_DEVICE), where pci_p2pdma_*() says so.\n"
"\n"
"Map RAM with dma_map_phys() without the attribute, with dma_map_page() or\n"
"dma_map_single(). Give reserved memory to the device as its DMA pool\n"
"(of_reserved_mem_device_init()) and call dma_alloc_coherent().\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_map_resource(), and\n"
"Documentation/core-api/dma-attributes.rst, DMA_ATTR_MMIO.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names, .beside = beside },
	.check = check_mmio_on_ram,
};
