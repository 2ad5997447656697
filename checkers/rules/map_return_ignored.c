// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"

extern const struct rule map_return_ignored_rule;

static const char *const families[] = { "dma_map_sg_attrs", "dma_map_sg",
	"dma_map_sgtable", NULL };

/* Whether a term of `value` is the place `place`. */
static bool reads(const struct flow_call *call, struct value value,
		  uint32_t place)
{
	const struct term *t =
		&call->set->terms[call->fn->first_term + value.first];
	uint32_t i;

	for (i = 0; i < value.nr; i++)
		if (t[i].kind == TERM_PLACE && t[i].place == place)
			return true;
	return false;
}

static bool op_reads(const struct flow_call *call, const struct op *op,
		     uint32_t place)
{
	const struct value *args =
		&call->set->args[call->fn->first_arg + op->first_arg];
	uint32_t i;

	if (reads(call, op->value, place))
		return true;
	for (i = 0; i < op->nr_args; i++)
		if (reads(call, args[i], place))
			return true;
	return op->kind == OP_ASSIGN && op->dst == place &&
	       (op->flags & (ASSIGN_OR | ASSIGN_AND | ASSIGN_UPDATE));
}

/* The local variable that the result is put into, by op *at; or NO_PLACE. */
static uint32_t kept_in(const struct flow_call *call, uint32_t *at)
{
	const struct op *ops = &call->set->ops[call->fn->first_op];
	uint32_t i;

	for (i = call->number + 1; i < call->fn->nr_ops; i++) {
		if (!op_reads(call, &ops[i], call->op->dst))
			continue;
		*at = i;
		if (ops[i].kind != OP_ASSIGN || ops[i].value.nr != 1 ||
		    (ops[i].flags & ASSIGN_ELEMENT))
			return NO_PLACE;
		return ops[i].dst;
	}
	return NO_PLACE;
}

static const struct branch *branch_at(const struct flow_call *call, uint32_t b)
{
	return &call->set->branches[call->fn->first_branch + b];
}

/* Whether branch `outer` is `inner` or one that it lies in. */
static bool is_around(const struct flow_call *call, uint32_t outer,
		      uint32_t inner)
{
	while (inner && inner != outer)
		inner = branch_at(call, inner)->parent;
	return inner == outer;
}

static bool share_loop(const struct flow_call *call, uint32_t a, uint32_t b)
{
	for (; b; b = branch_at(call, b)->parent)
		if (branch_at(call, b)->kind == BRANCH_LOOP &&
		    is_around(call, b, a))
			return true;
	return false;
}

/* Kept in a local that is not read before it is written again. */
static bool kept_in_vain(const struct flow_call *call)
{
	const struct op *ops = &call->set->ops[call->fn->first_op];
	uint32_t at, place, i;

	if (call->op->dst == NO_PLACE)
		return false;
	place = kept_in(call, &at);
	if (place == NO_PLACE ||
	    call->set->places[call->fn->first_place + place].kind !=
		    PLACE_LOCAL)
		return false;
	/* A loop may come back to what reads it. */
	for (i = 0; i < at; i++)
		if (op_reads(call, &ops[i], place) &&
		    share_loop(call, ops[i].branch, ops[at].branch))
			return false;
	for (i = at + 1; i < call->fn->nr_ops; i++) {
		if (op_reads(call, &ops[i], place))
			return false;
		/* Written on every way that goes on from here. */
		if (ops[i].kind == OP_ASSIGN && ops[i].dst == place &&
		    is_around(call, ops[i].branch, ops[at].branch))
			return true;
	}
	return true;
}

static void report(const struct flow_call *call, void *data)
{
	struct rule_run *run = data;
	char *text;

	if ((!(call->op->flags & CALL_IGNORED) && !kept_in_vain(call)) ||
	    strcmp(call->api->family ? call->api->family : "", "sg"))
		return;
	text = xstrfmt("nobody looks at what %s() returns: the mapping may have failed",
		       call->spelling);
	findings_add(run->findings, map_return_ignored_rule.id,
		     map_return_ignored_rule.level, &call->loc, call->module,
		     text);
	free(text);
}

static void check(struct rule_run *run)
{
	flow_each_call(run->calls, API_SINK, report, run);
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
"See kernel/dma/mapping.c, the kernel-doc of both functions.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = families },
	.check = check,
};
