// SPDX-License-Identifier: GPL-2.0-only
/*
 * Follows what dma_map_sg() returned through locals, fields of the module and
 * functions that return it, to where the number of entries belongs.
 */
#include "rules/common/scan.h"

struct count_check {
	struct intern_pool mapped;	/* fields that hold what was mapped */
	struct intern_pool given;	/* fields that hold something else */
	struct intern_pool returned;	/* functions that return it */
	struct intern_pool other;	/* functions that return something else */
	struct intern_pool tables;	/* modules that map a struct sg_table */
};

static bool is_field(const struct scan *s, uint32_t place)
{
	return place != NO_PLACE && view_place(&s->v, place)->kind == PLACE_FIELD;
}

/* The entry of a call that maps a list of so many entries, or NULL. */
static const struct api_function *maps_list(const struct scan *s,
					    const struct op *op)
{
	const struct api_function *api = scan_api(s, op, API_SINK);

	return api && api->count >= 0 ? api : NULL;
}

/* Whether the value is the result of a dma_map_sg(), perhaps of a helper's. */
static bool is_map_result(const struct scan *s, struct value value,
			  const struct count_check *check)
{
	uint32_t place = view_only_place(&s->v, value);
	const struct api_function *api;
	const struct op *call;
	const char *key;
	uint64_t bits;

	if (place == NO_PLACE || view_place(&s->v, place)->kind != PLACE_CALL)
		return false;
	call = view_op(&s->v, view_place(&s->v, place)->number);
	api = maps_list(s, call);
	/* Of one entry one is mapped, or none. */
	if (api)
		return !view_constant(&s->v, view_arg(&s->v, call, api->count),
				      &bits) || bits != 1;
	key = scan_callee_key(s, call);
	return *key && intern_has(&check->returned, key) &&
	       !intern_has(&check->other, key);
}

/* Whether the number of entries that is mapped is `place`. */
static bool is_passed_to_map(const struct scan *s, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *api = maps_list(s, op);

		if (api && view_has_place(&s->v, view_arg(&s->v, op, api->count),
					  place))
			return true;
	}
	return false;
}

static bool is_mapped_nents(const struct scan *s, const struct place *p,
			    const struct count_check *check)
{
	size_t i;

	for (i = 0; i < s->v.unit->nr_modules; i++)
		if (intern_has(&check->tables, s->v.unit->modules[i]))
			return !strcmp(view_str(&s->v, p->record), "sg_table") &&
			       !strcmp(view_str(&s->v, p->name), "nents");
	return false;
}

static bool is_mapped_field(const struct scan *s, uint32_t place,
			    const struct count_check *check)
{
	return is_field(s, place) && !scan_has_kept(s, place, &check->given) &&
	       (scan_has_kept(s, place, &check->mapped) ||
		is_mapped_nents(s, view_place(&s->v, place), check));
}

/* Whether `place` can be such a result at op `number`, on some branch. */
static bool may_hold_map_result(const struct scan *s, uint32_t place,
				uint32_t number,
				const struct count_check *check)
{
	uint32_t branch = view_op(&s->v, number)->branch, i = number;

	while (i-- > 0) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_ASSIGN || op->dst != place)
			continue;
		if (is_map_result(s, op->value, check) ||
		    (is_mapped_field(s, view_only_place(&s->v, op->value),
				     check) && !is_passed_to_map(s, place)))
			return true;
		if (view_is_within(&s->v, branch, op->branch))
			return false;
	}
	return false;
}

static bool may_be_map_result(const struct scan *s, struct value value,
			      const struct op *op,
			      const struct count_check *check)
{
	uint32_t place = view_only_place(&s->v, value);

	return is_map_result(s, value, check) ||
	       (place != NO_PLACE &&
		(view_place(&s->v, place)->kind == PLACE_LOCAL ||
		 view_place(&s->v, place)->kind == PLACE_PARAM) &&
		may_hold_map_result(s, place, scan_number(s, op), check));
}

static void find_count_helpers(const struct scan *s, const struct op *op,
			       void *data)
{
	struct count_check *check = data;
	const char *key = view_str(&s->v, s->v.fn->key);
	uint64_t bits;

	if (op->kind != OP_RETURN)
		return;
	if (may_be_map_result(s, op->value, op, check))
		intern(&check->returned, key);
	else if (!view_constant(&s->v, op->value, &bits))
		intern(&check->other, key);
}

static void find_count_fields(const struct scan *s, const struct op *op,
			      void *data)
{
	const struct api_function *api = scan_api(s, op, API_SINK);
	struct count_check *check = data;
	uint64_t bits;
	size_t i;

	if (op->kind == OP_ASSIGN && is_field(s, op->dst)) {
		if (may_be_map_result(s, op->value, op, check))
			scan_add_kept(s, op->dst, &check->mapped);
		else if (!view_constant(&s->v, op->value, &bits) || bits)
			scan_add_kept(s, op->dst, &check->given);
	} else if (api && api->count >= 0) {
		/* What is mapped with it is the number of entries. */
		uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, api->count));

		if (is_field(s, place))
			scan_add_kept(s, place, &check->given);
	} else if (api && !strcmp(api->name, "dma_map_sgtable")) {
		for (i = 0; i < s->v.unit->nr_modules; i++)
			intern(&check->tables, s->v.unit->modules[i]);
	}
}

static void check_sg_count(const struct scan *s, const struct op *op,
			   const struct api_function *api, void *data)
{
	const char *text = view_text(&s->v, op, api->count);
	struct value value = view_arg(&s->v, op, api->count);

	if (api->count >= 0 &&
	    (is_mapped_field(s, view_only_place(&s->v, value), data) ||
	     may_be_map_result(s, value, op, data)))
		scan_report(s, op, "%s() must be passed the nents given to dma_map_sg(), but %s is the count that it returned",
			    view_str(&s->v, op->spelling), *text ? text : "the argument");
}

static void check_unmap_sg_mapped_count(struct rule_run *run)
{
	struct count_check check = { .mapped = INTERN_POOL_INIT };

	scan_each_op(run, find_count_helpers, &check);
	scan_each_op(run, find_count_fields, &check);
	scan_each_call(run, API_UNMAP | API_SYNC, check_sg_count, &check);
	intern_release(&check.mapped);
	intern_release(&check.given);
	intern_release(&check.returned);
	intern_release(&check.other);
	intern_release(&check.tables);
}

const struct rule unmap_sg_mapped_count_rule = {
	.id = "unmap-sg-mapped-count",
	.level = LEVEL_ERROR,
	.summary = "dma_unmap_sg() is passed the count that dma_map_sg() returned",
	.explanation =
"dma_map_sg() may merge adjacent entries and returns how many are left for\n"
"the device. dma_unmap_sg() and dma_sync_sg_for_*() take the number that was\n"
"passed to dma_map_sg(): with a smaller one the last entries are not synced,\n"
"and their SWIOTLB slots leak.\n"
"\n"
"It makes no difference for a list of one entry.\n"
"\n"
"Keep the number of entries beside the list and pass that. A struct sg_table\n"
"has both, orig_nents for this and nents for the device, and\n"
"dma_unmap_sgtable() uses the right one.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of dma_map_sg_attrs(), and\n"
"Documentation/core-api/dma-api.rst, dma_unmap_sg().\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_UNMAP | API_SYNC },
	.fixable = true,
	.check = check_unmap_sg_mapped_count,
};
