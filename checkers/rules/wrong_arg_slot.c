// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks at the type and the text of each argument of the DMA API, and at tests and
 * assignments of attributes.
 */
#include "rules/common/scan.h"

#define ROLES (API_SINK | API_UNMAP | API_SYNC | API_MMIO | API_ALLOC | \
	       API_FREE)

/* A file that names one of these may test it wrongly. */
static const char *const names[] = {
	"DMA_ATTR_WEAK_ORDERING", "DMA_ATTR_WRITE_COMBINE",
	"DMA_ATTR_NO_KERNEL_MAPPING", "DMA_ATTR_SKIP_CPU_SYNC",
	"DMA_ATTR_FORCE_CONTIGUOUS", "DMA_ATTR_ALLOC_SINGLE_PAGES",
	"DMA_ATTR_NO_WARN", "DMA_ATTR_PRIVILEGED", "DMA_ATTR_MMIO",
	"DMA_ATTR_DEBUGGING_IGNORE_CACHELINES", "DMA_ATTR_REQUIRE_COHERENT",
	"DMA_ATTR_CC_SHARED", NULL };

/* The kinds of arguments. */
enum slot_kind { KIND_OTHER, KIND_DIRECTION, KIND_ATTRS, KIND_GFP,
	    KIND_TRANSFER, KIND_DMA_ADDR };

static const char *const kind_names[] = {
	[KIND_OTHER] = "something else",
	[KIND_DIRECTION] = "the direction",
	[KIND_ATTRS] = "the attributes",
	[KIND_GFP] = "the gfp flags",
	[KIND_DMA_ADDR] = "the DMA address",
};

static const char *const given_names[] = {
	[KIND_DIRECTION] = "a direction",
	[KIND_ATTRS] = "attributes",
	[KIND_GFP] = "gfp flags",
	[KIND_TRANSFER] = "a dmaengine direction",
	[KIND_DMA_ADDR] = "a DMA address",
};

static enum slot_kind given_kind(const struct scan *s, const struct op *op, int arg)
{
	struct value value = view_arg(&s->v, op, arg);
	const char *type = view_type(&s->v, op, arg);

	if (scan_named(s, value, "DMA_ATTR_"))
		return KIND_ATTRS;
	if (!strcmp(type, "enum dma_data_direction"))
		return KIND_DIRECTION;
	if (!strcmp(type, "enum dma_transfer_direction"))
		return KIND_TRANSFER;
	if (!strcmp(type, "gfp_t") || scan_named(s, value, "GFP_") ||
	    scan_named(s, value, "__GFP_"))
		return KIND_GFP;
	if (!strcmp(type, "dma_addr_t"))
		return KIND_DMA_ADDR;
	return KIND_OTHER;
}

/* The right argument for the slot. */
static enum slot_kind wanted_kind(const struct api_function *api, int arg)
{
	if (arg == api->direction)
		return KIND_DIRECTION;
	if (arg == api->attrs)
		return KIND_ATTRS;
	if (arg == api->gfp)
		return KIND_GFP;
	if (arg == api->handle.arg)
		return KIND_DMA_ADDR;
	return KIND_OTHER;
}

/* Whether a DMA address, with a cast, is passed for a CPU address. */
static bool is_address_slot(const struct api_function *api, int arg)
{
	return arg == api->memory.arg &&
	       ((api->roles & API_FREE) ||
		!strcmp(api->name, "dma_map_single_attrs"));
}

static bool is_dma_field(const struct scan *s, const struct op *op, int arg)
{
	uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, arg));
	const struct arg_detail *d = view_detail(&s->v, op, arg);

	return place != NO_PLACE && d && !(d->flags & DETAIL_ADDRESS) &&
	       view_place(&s->v, place)->carry == CARRY_DMA_ADDR &&
	       !view_place(&s->v, place)->is_pointer;
}

static void check_slot_argument(const struct scan *s, const struct op *op,
			   const struct api_function *api, int arg)
{
	enum slot_kind kind = given_kind(s, op, arg);
	enum slot_kind slot = wanted_kind(api, arg);

	if (is_address_slot(api, arg) &&
	    (kind == KIND_DMA_ADDR || is_dma_field(s, op, arg)))
		kind = KIND_DMA_ADDR;
	else if (kind == KIND_OTHER || kind == KIND_DMA_ADDR)
		return;
	if (kind == slot)
		return;
	scan_report(s, op, "%s() is passed %s as argument %d, which is %s",
		       view_str(&s->v, op->spelling), given_names[kind], arg + 1,
		       is_address_slot(api, arg) ? "the CPU's address" :
		       kind_names[slot]);
}

/* The length is a number, too, and so is the DMA address. */
static void check_slot_size(const struct scan *s, const struct op *op,
			    const struct api_function *api)
{
	const char *size = view_text(&s->v, op, api->size);

	if (*size && !strcmp(size, view_text(&s->v, op, api->handle.arg)))
		scan_report(s, op, "%s() gets %s as the size and as the DMA address",
			    view_str(&s->v, op->spelling), size);
}

static void check_slot_call(const struct scan *s, const struct op *op,
			    const struct api_function *api)
{
	int i;

	for (i = 0; i < op->nr_args; i++)
		check_slot_argument(s, op, api, i);
	check_slot_size(s, op, api);
}

/* attrs && DMA_ATTR_X, attrs || DMA_ATTR_X, !DMA_ATTR_X: always the same. */
static void check_attr_truth(const struct scan *s, const struct op *op)
{
	const char *name;

	if (op->flags != TEST_TRUE && op->flags != TEST_FALSE)
		return;
	name = scan_named(s, op->value, "DMA_ATTR_");
	if (!name)
		return;
	scan_report(s, op, "%s is used as a truth value, which is always true: use & or |",
		       name);
}

/* Whether the local is set, or its address passed, before op `end`. */
static bool is_set_before(const struct scan *s, uint32_t place, uint32_t end)
{
	uint32_t i;
	int j;

	for (i = 0; i < end; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place)
			return true;
		for (j = 0; op->kind == OP_CALL && j < op->nr_args; j++)
			if (view_has_place(&s->v, view_arg(&s->v, op, j), place))
				return true;
	}
	return false;
}

/* In a loop, a later assignment counts, too. */
static bool is_ever_set(const struct scan *s, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    !(op->flags & (ASSIGN_OR | ASSIGN_AND | ASSIGN_UPDATE)))
			return true;
	}
	return false;
}

/* attrs |= DMA_ATTR_X on an uninitialised attrs. */
static void check_attr_unset(const struct scan *s, const struct op *op)
{
	uint32_t number = scan_number(s, op);
	const char *name;

	if (!(op->flags & ASSIGN_OR) || op->dst == NO_PLACE ||
	    view_place(&s->v, op->dst)->kind != PLACE_LOCAL ||
	    view_place(&s->v, op->dst)->is_pointer)
		return;
	name = scan_named(s, op->value, "DMA_ATTR_");
	if (!name || is_set_before(s, op->dst, number) ||
	    is_ever_set(s, op->dst))
		return;
	scan_report(s, op, "%s is ORed into %s, which is uninitialized", name,
		       view_str(&s->v, view_place(&s->v, op->dst)->name));
}

static void check_slot_op(const struct scan *s, const struct op *op, void *data)
{
	const struct api_function *api = scan_api(s, op, ROLES);

	(void)data;
	if (api)
		check_slot_call(s, op, api);
	else if (op->kind == OP_TEST)
		check_attr_truth(s, op);
	else if (op->kind == OP_ASSIGN)
		check_attr_unset(s, op);
}

static void check_wrong_arg_slot(struct rule_run *run)
{
	scan_each_op(run, check_slot_op, NULL);
}

const struct rule wrong_arg_slot_rule = {
	.id = "wrong-arg-slot",
	.level = LEVEL_ERROR,
	.summary = "an argument of a DMA API call is of the wrong kind",
	.explanation =
"Directions, attributes and gfp flags are all numbers to the compiler: it\n"
"does not warn if GFP_KERNEL (0xcc0) is passed as attributes, or\n"
"DMA_TO_DEVICE (1) as gfp flags. The call then does something else, or\n"
"triggers BUG_ON(!valid_dma_direction(dir)). The constants of the dmaengine\n"
"(DMA_MEM_TO_DEV, enum dma_transfer_direction) are not directions of a\n"
"mapping, though some have the same value. `attrs && DMA_ATTR_X` is true for\n"
"any attributes, where `attrs & DMA_ATTR_X` is meant; `attrs |= DMA_ATTR_X`\n"
"on an uninitialized variable passes garbage.\n"
"\n"
"Pass each argument where the prototype has it, and initialize attributes to\n"
"0.\n"
"\n"
"See include/linux/dma-mapping.h and include/linux/dma-direction.h.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = ROLES, .names = names },
	.check = check_wrong_arg_slot,
};
