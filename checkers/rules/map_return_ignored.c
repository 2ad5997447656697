// SPDX-License-Identifier: GPL-2.0-only
/* Follows the result of each map of a list to its uses: is it tested for 0? */
#include "rules/common/machines.h"

static bool op_reads(const struct scan *s, const struct op *op, uint32_t place)
{
	int i;

	if (view_has_place(&s->v, op->value, place))
		return true;
	for (i = 0; i < op->nr_args; i++)
		if (view_has_place(&s->v, view_arg(&s->v, op, i), place))
			return true;
	return op->kind == OP_ASSIGN && op->dst == place &&
	       (op->flags & (ASSIGN_OR | ASSIGN_AND | ASSIGN_UPDATE));
}

/* The op that first reads `place` after op `from`; nr_ops if none does. */
static uint32_t next_read(const struct scan *s, uint32_t place, uint32_t from)
{
	uint32_t i;

	for (i = from + 1; i < s->v.fn->nr_ops; i++)
		if (op_reads(s, view_op(&s->v, i), place))
			break;
	return i;
}

/* Whether some loop is around both. */
static bool share_loop(const struct scan *s, uint32_t a, uint32_t b)
{
	const struct branch *branches = view_branches(&s->v);

	for (b = scan_loop(s, b); b; b = scan_loop(s, branches[b].parent))
		if (view_is_within(&s->v, a, b))
			return true;
	return false;
}

/* Whether the result is in a local that is not read before it is set again. */
static bool is_never_read(const struct scan *s, const struct op *call)
{
	uint32_t result = call->dst, at, place, branch, i;

	if (result == NO_PLACE)
		return false;
	at = next_read(s, result, scan_number(s, call));
	if (at == s->v.fn->nr_ops || view_op(&s->v, at)->kind != OP_ASSIGN ||
	    (view_op(&s->v, at)->flags & ASSIGN_ELEMENT) ||
	    view_only_place(&s->v, view_op(&s->v, at)->value) != result)
		return false;
	place = view_op(&s->v, at)->dst;
	branch = view_op(&s->v, at)->branch;
	if (view_place(&s->v, place)->kind != PLACE_LOCAL)
		return false;
	/* A loop may lead back to a read. */
	for (i = 0; i < at; i++)
		if (op_reads(s, view_op(&s->v, i), place) &&
		    share_loop(s, view_op(&s->v, i)->branch, branch))
			return false;
	for (i = at + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op_reads(s, op, place))
			return false;
		/* Set on every path from here. */
		if (op->kind == OP_ASSIGN && op->dst == place &&
		    view_is_within(&s->v, branch, op->branch))
			return true;
	}
	return true;
}

/* --- stored and used, but never compared with 0 --- */

/* Fields of a module that are tested, or passed to code that may test them. */
struct untested_check {
	struct kconfig *machines;
	struct intern_pool tested;
};

static bool is_constant(const struct scan *s, struct value value)
{
	uint64_t bits;

	return view_constant(&s->v, value, &bits);
}

/* Whether the test distinguishes 0: `i < n` does not. */
static bool tests_for_failure(const struct scan *s, const struct op *op,
			      uint32_t place)
{
	struct value other = view_arg(&s->v, op, 0);
	bool left = view_has_place(&s->v, op->value, place);

	if (op->kind != OP_TEST || (!left && !view_has_place(&s->v, other, place)))
		return false;
	switch (op->flags) {
	case TEST_LT:
	case TEST_LE:
		return left || is_constant(s, op->value);
	case TEST_GT:
	case TEST_GE:
		return !left || is_constant(s, other);
	default:
		return true;
	}
}

/* Whether it is returned, passed or stored where other code may test it. */
static bool gives_count_away(const struct scan *s, const struct op *op,
			     uint32_t place)
{
	int i;

	switch (op->kind) {
	case OP_RETURN:
		return view_has_place(&s->v, op->value, place);
	case OP_ASSIGN:
		return view_has_place(&s->v, op->value, place) &&
		       (op->dst == NO_PLACE || (op->flags & ASSIGN_ELEMENT) ||
			view_place(&s->v, op->dst)->kind == PLACE_PARAM);
	case OP_CALL:
		if (scan_api(s, op, API_UNMAP | API_SYNC))
			return false;
		for (i = 0; i < op->nr_args; i++)
			if (view_has_place(&s->v, view_arg(&s->v, op, i), place))
				return true;
		return false;
	default:
		return false;
	}
}

static bool is_field_or_global(const struct scan *s, uint32_t place)
{
	enum place_kind kind = view_place(&s->v, place)->kind;

	return kind == PLACE_FIELD || kind == PLACE_STATIC ||
	       kind == PLACE_GLOBAL;
}

/* Before an unmap, `if (count)` only skips unmapping nothing. */
static bool unmaps(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (scan_api(s, view_op(&s->v, i), API_UNMAP))
			return true;
	return false;
}

/* Whether a map behind op `at` puts another result there: what is tested is old. */
static bool is_set_anew(const struct scan *s, uint32_t place, uint32_t at)
{
	uint32_t i;

	for (i = at + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *api = scan_api(s, op, API_SINK);

		if (api && api_in_family(api, "sg") &&
		    scan_kept_in(s, i) == place &&
		    !share_loop(s, view_op(&s->v, at)->branch, op->branch))
			return true;
	}
	return false;
}

static void find_tested_field(const struct scan *s, const struct op *op,
			      struct value value, bool undoes,
			      struct untested_check *check)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&s->v, value, i);

		if (t->kind == TERM_PLACE && is_field_or_global(s, t->place) &&
		    ((!undoes && tests_for_failure(s, op, t->place)) ||
		     gives_count_away(s, op, t->place)) &&
		    !is_set_anew(s, t->place, scan_number(s, op)))
			scan_add_kept(s, t->place, &check->tested);
	}
}

static void find_tested_fields(const struct scan *s, void *data)
{
	bool undoes = unmaps(s);
	uint32_t i;
	int arg;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		find_tested_field(s, op, op->value, undoes, data);
		for (arg = 0; arg < op->nr_args; arg++)
			find_tested_field(s, op, view_arg(&s->v, op, arg), undoes,
					  data);
	}
}

/* A counter that runs up to the result may be returned and tested. */
static bool returns_count(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (view_op(&s->v, i)->kind == OP_RETURN &&
		    view_first_place(&s->v, view_op(&s->v, i)->value) != NO_PLACE)
			return true;
	return false;
}

/* Whether no op after `from` tests `place` for 0. */
static bool is_never_tested(const struct scan *s, uint32_t place,
			    uint32_t from, const struct untested_check *check)
{
	uint32_t i;

	if (is_field_or_global(s, place)) {
		if (scan_has_kept(s, place, &check->tested))
			return false;
	} else if (view_place(&s->v, place)->kind != PLACE_LOCAL &&
		   view_place(&s->v, place)->kind != PLACE_CALL) {
		return false;
	}
	for (i = from + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (tests_for_failure(s, op, place) ||
		    gives_count_away(s, op, place) ||
		    (op->kind == OP_TEST && returns_count(s) &&
		     view_has_place(&s->v, view_arg(&s->v, op, 0), place)))
			return false;
		if (op->kind == OP_ASSIGN && op->dst != place &&
		    view_only_place(&s->v, op->value) == place &&
		    !is_never_tested(s, op->dst, i, check))
			return false;
	}
	return true;
}

static void check_map_return(const struct scan *s, const struct op *op,
			     const struct api_function *api, void *data)
{
	const struct untested_check *check = data;
	const char *name = view_str(&s->v, op->spelling);

	if (!api_in_family(api, "sg"))
		return;
	if ((op->flags & CALL_IGNORED) || is_never_read(s, op))
		machines_report(check->machines, s, op, "result of %s() is ignored: the mapping may have failed",
			    name);
	else if (scan_kept_in(s, scan_number(s, op)) != NO_PLACE &&
		 is_never_tested(s, op->dst, scan_number(s, op), check))
		machines_report(check->machines, s, op, "result of %s() is used but never checked: the mapping may have failed",
			    name);
}

static void check_map_return_ignored(struct rule_run *run)
{
	struct untested_check check = { .machines = machines_open(run),
					.tested = INTERN_POOL_INIT };

	scan_each_function(run, find_tested_fields, &check);
	scan_each_call(run, API_SINK, check_map_return, &check);
	intern_release(&check.tested);
	kconfig_free(check.machines);
}

const struct rule map_return_ignored_rule = {
	.id = "map-return-ignored",
	.level = LEVEL_WARNING,
	.summary = "the result of dma_map_sg() or dma_map_sgtable() is ignored",
	.explanation =
"Mapping a scatterlist can fail: the IOMMU has no room left, SWIOTLB has no\n"
"slot, or DMA_ATTR_REQUIRE_COHERENT refuses. dma_map_sg() then returns 0 and\n"
"dma_map_sgtable() a negative errno, and the DMA addresses in the list are\n"
"undefined. A driver that goes on programs its device with garbage.\n"
"\n"
"Check the result and fail the request: dma_map_sg() with `if (!nents)`,\n"
"dma_map_sgtable() with `if (ret)`.\n"
"\n"
"It is a note where the driver can only be built for machines on which no\n"
"mapping fails (policy.conf, [cannot-fail]).\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of both functions.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK },
	.check = check_map_return_ignored,
};
