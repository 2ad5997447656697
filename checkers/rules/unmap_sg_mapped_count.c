// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/scan.h"

static const char *const names[] = { "dma_unmap_sg", "dma_unmap_sg_attrs",
	"dma_map_sg", "dma_map_sg_attrs", "dma_sync_sg_for_cpu",
	"dma_sync_sg_for_device", NULL };

/* What takes the number of entries of the list, once it is mapped. */
static const char *const take_count[] = { "dma_unmap_sg_attrs",
	"dma_sync_sg_for_cpu", "dma_sync_sg_for_device", NULL };

enum { ARG_NENTS = 2 };

struct count_check {
	struct intern_pool mapped;	/* fields that hold what was mapped */
	struct intern_pool given;	/* fields that hold something else */
};

static bool is_field(const struct scan *s, uint32_t place)
{
	return place != NO_PLACE && view_place(&s->v, place)->kind == PLACE_FIELD;
}

/* Whether the value is the result of a dma_map_sg(). */
static bool is_map_result(const struct scan *s, struct value value)
{
	uint32_t place = view_only_place(&s->v, value);
	const struct op *call;
	uint64_t bits;

	if (place == NO_PLACE || view_place(&s->v, place)->kind != PLACE_CALL)
		return false;
	call = view_op(&s->v, view_place(&s->v, place)->number);
	/* Of one entry one is mapped, or none. */
	return scan_calls(s, call, "dma_map_sg_attrs") &&
	       !view_constant(&s->v, view_arg(&s->v, call, ARG_NENTS), &bits);
}

/* The same of what was last assigned to `place` before op `number`. */
static bool holds_map_result(const struct scan *s, uint32_t place,
			     uint32_t number)
{
	uint32_t from = scan_last_assigned(s, place, number);

	return from < s->v.fn->nr_ops &&
	       is_map_result(s, view_op(&s->v, from)->value);
}

static void find_count_fields(const struct scan *s, const struct op *op,
			      void *data)
{
	struct count_check *check = data;
	uint32_t place = view_only_place(&s->v, op->value);
	uint64_t bits;

	if (op->kind == OP_ASSIGN && is_field(s, op->dst)) {
		if (is_map_result(s, op->value) ||
		    (place != NO_PLACE &&
		     holds_map_result(s, place, scan_number(s, op))))
			scan_add_kept(s, op->dst, &check->mapped);
		else if (!view_constant(&s->v, op->value, &bits) || bits)
			scan_add_kept(s, op->dst, &check->given);
		return;
	}
	/* What is mapped with it is the number of entries. */
	place = view_only_place(&s->v, view_arg(&s->v, op, ARG_NENTS));
	if (scan_calls(s, op, "dma_map_sg_attrs") && is_field(s, place))
		scan_add_kept(s, place, &check->given);
}

static bool is_mapped_field(const struct scan *s, uint32_t place,
			    const struct count_check *check)
{
	return is_field(s, place) && scan_has_kept(s, place, &check->mapped) &&
	       !scan_has_kept(s, place, &check->given);
}

static bool is_mapped_count(const struct scan *s, const struct op *op,
			    const struct count_check *check)
{
	uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, ARG_NENTS)), from;
	struct value value;

	if (place == NO_PLACE)
		return false;
	if (is_field(s, place))
		return is_mapped_field(s, place, check);
	if (view_place(&s->v, place)->kind != PLACE_LOCAL &&
	    view_place(&s->v, place)->kind != PLACE_PARAM)
		return false;
	from = scan_last_assigned(s, place, scan_number(s, op));
	if (from == s->v.fn->nr_ops)
		return false;
	value = view_op(&s->v, from)->value;
	return is_mapped_field(s, view_only_place(&s->v, value), check) ||
	       is_map_result(s, value);
}

static void check_sg_count(const struct scan *s, const struct op *op,
			   void *data)
{
	const char *text = view_text(&s->v, op, ARG_NENTS);

	if (scan_calls_any(s, op, take_count) && is_mapped_count(s, op, data))
		scan_report(s, op, "%s() wants the number of entries that was passed to dma_map_sg(), %s is what that returned",
			    view_str(&s->v, op->spelling), *text ? text : "this");
}

static void check_unmap_sg_mapped_count(struct rule_run *run)
{
	struct count_check check = { .mapped = INTERN_POOL_INIT };

	scan_each_op(run, find_count_fields, &check);
	scan_each_op(run, check_sg_count, &check);
	intern_release(&check.mapped);
	intern_release(&check.given);
}

const struct rule unmap_sg_mapped_count_rule = {
	.id = "unmap-sg-mapped-count",
	.level = LEVEL_ERROR,
	.summary = "dma_unmap_sg() gets the count that dma_map_sg() returned",
	.explanation =
"dma_map_sg() may join entries that lie side by side and returns how many\n"
"are left for the device. dma_unmap_sg() and dma_sync_sg_for_*() want the\n"
"number that was passed to dma_map_sg(): with the smaller one the entries at\n"
"the end are not synced, and their SWIOTLB slots are not given back.\n"
"\n"
"It makes no difference for a list of one entry.\n"
"\n"
"Keep the number of entries beside the list and pass that; a struct\n"
"sg_table has both, orig_nents for this and nents for the device, and\n"
"dma_unmap_sgtable() takes the right one.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of dma_map_sg_attrs(), and\n"
"Documentation/core-api/dma-api.rst, dma_unmap_sg().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_unmap_sg_mapped_count,
};
