// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks for functions that bounce a mapping and are reached without a test of the
 * attribute.
 */
#include "rules/common/scan.h"

#include "lib/alloc.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

static const char *const bounces[] = { "swiotlb_tbl_map_single",
	"swiotlb_map", NULL };

enum map_ops_flag {
	REFUSING = 1,	/* it tests the attribute */
	COVERED = 2,	/* only functions call it that refuse */
	CALLED = 4,
	OPEN = 8,	/* a function calls it that does not refuse */
};

struct map_ops_check {
	uint64_t bit;
	uint8_t *flags;	/* of each function, by key: enum map_ops_flag */
	bool grown;
};

static uint8_t *flags_of(const struct map_ops_check *check,
			 const struct scan *s)
{
	return &check->flags[view_numbers(&s->v)->names[s->v.fn->key]];
}

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
			*flags_of(check, s) |= REFUSING;
}

static bool refuses(const struct map_ops_check *check, const struct scan *s)
{
	return *flags_of(check, s) & (REFUSING | COVERED);
}

/* The callees, and those of functions that do not test the attribute themselves. */
static void find_called(const struct scan *s, const struct op *op, void *data)
{
	struct map_ops_check *check = data;
	uint32_t key = view_callee(&s->v, op);

	if (key == NO_NAME)
		return;
	check->flags[key] |= CALLED;
	if (!refuses(check, s))
		check->flags[key] |= OPEN;
}

/* No such mapping reaches a function whose callers all refuse it. */
static void find_covered(const struct scan *s, void *data)
{
	struct map_ops_check *check = data;
	uint8_t *flags = flags_of(check, s);

	if ((*flags & (COVERED | CALLED | OPEN)) != CALLED)
		return;
	*flags |= COVERED;
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
	uint32_t nr = run->program->strings.nr, i;

	if (!check.bit)
		return;
	check.flags = xcalloc(nr, sizeof(*check.flags));
	scan_each_op(run, find_refusing, &check);
	do {
		for (i = 0; i < nr; i++)
			check.flags[i] &= (uint8_t)~OPEN;
		check.grown = false;
		scan_each_op(run, find_called, &check);
		scan_each_function(run, find_covered, &check);
	} while (check.grown);
	scan_each_op(run, report_bounce, &check);
	free(check.flags);
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
