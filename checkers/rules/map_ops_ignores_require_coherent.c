// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks for functions that bounce a mapping and are reached without a test of the
 * attribute.
 */
#include "rules/common/scan.h"

#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

static const char *const bounces[] = { "swiotlb_tbl_map_single",
	"swiotlb_map", NULL };

/* Functions, by their keys. */
struct map_ops_check {
	uint64_t bit;
	struct intern_pool refusing;	/* that test the attribute */
	struct intern_pool covered;	/* that only refusing functions call */
	struct intern_pool called;	/* that are called */
	struct intern_pool open;	/* that other functions call, too */
	bool grown;
};

static void find_refusing(const struct scan *s, const struct op *op, void *data)
{
	struct map_ops_check *check = data;
	struct value value = view_arg(&s->v, op, 0);
	uint32_t i;

	if (op->kind != OP_TEST || op->flags != TEST_AND)
		return;
	for (i = 0; i < value.nr; i++)
		if (view_term(&s->v, value, i)->kind == TERM_BITS &&
		    (view_term(&s->v, value, i)->bits & check->bit))
			intern(&check->refusing, view_str(&s->v, s->v.fn->key));
}

static bool refuses(const struct map_ops_check *check, const struct scan *s)
{
	const char *self = view_str(&s->v, s->v.fn->key);

	return intern_has(&check->refusing, self) ||
	       intern_has(&check->covered, self);
}

/* The callees of functions that do not test the attribute themselves. */
static void find_open(const struct scan *s, const struct op *op, void *data)
{
	struct map_ops_check *check = data;
	const char *key = scan_callee_key(s, op);

	if (!*key)
		return;
	intern(&check->called, key);
	if (!refuses(check, s))
		intern(&check->open, key);
}

/* No such mapping reaches a function whose callers all refuse it. */
static void find_covered(const struct scan *s, void *data)
{
	struct map_ops_check *check = data;
	const char *self = view_str(&s->v, s->v.fn->key);

	if (intern_has(&check->covered, self) ||
	    !intern_has(&check->called, self) ||
	    intern_has(&check->open, self))
		return;
	intern(&check->covered, self);
	check->grown = true;
}

static void report_bounce(const struct scan *s, const struct op *op, void *data)
{
	if (scan_calls_any(s, op, bounces) && !refuses(data, s))
		scan_report(s, op, "%s() bounces a mapping without checking "
			    ATTR, view_str(&s->v, op->spelling));
}

static void check_map_ops_ignores_require_coherent(struct rule_run *run)
{
	struct map_ops_check check = { .bit = tree_attr_mask(run->tree, ATTR) };

	if (!check.bit)
		return;
	scan_each_op(run, find_refusing, &check);
	do {
		intern_release(&check.open);
		check.grown = false;
		scan_each_op(run, find_open, &check);
		scan_each_function(run, find_covered, &check);
	} while (check.grown);
	scan_each_op(run, report_bounce, &check);
	intern_release(&check.refusing);
	intern_release(&check.covered);
	intern_release(&check.called);
	intern_release(&check.open);
}

const struct rule map_ops_ignores_require_coherent_rule = {
	.id = "map-ops-ignores-require-coherent",
	.level = LEVEL_ERROR,
	.summary = "a mapping is bounced although " ATTR " forbids it",
	.explanation =
"DMA_ATTR_REQUIRE_COHERENT promises that a mapping fails if SWIOTLB would\n"
"have to bounce it. An implementation of dma_map_ops, or a layer below it,\n"
"that calls swiotlb_tbl_map_single() must keep this promise: user memory that\n"
"is silently bounced is never synced, and the process and the device see\n"
"different data from then on. The unmap does not release the bounce slot\n"
"either, as the attribute says that there is none.\n"
"\n"
"The code is right if all callers refuse such a mapping first.\n"
"\n"
"Refuse it before the memory is bounced: `if (attrs &\n"
"DMA_ATTR_REQUIRE_COHERENT) return DMA_MAPPING_ERROR;`, as\n"
"dma_direct_map_phys() and iommu_dma_map_phys() do.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT,\n"
"kernel/dma/direct.h and drivers/iommu/dma-iommu.c.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_CALLS,
	.reads = { .names = bounces },
	.check = check_map_ops_ignores_require_coherent,
};
