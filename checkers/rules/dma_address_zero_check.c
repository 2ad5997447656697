// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks for `!addr` behind the mapping that returned addr, in functions that
 * do not ask dma_mapping_error() about it.
 */
#include "rules/common/scan.h"

/* Whether the function asks about `place`, or sets it to 0 for "not mapped". */
static bool knows_otherwise(const struct scan *s, uint32_t place)
{
	uint32_t i;
	uint64_t bits;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *asks = scan_api(s, op, API_CHECK);

		if (asks && view_has_place(&s->v, view_arg(&s->v, op,
				asks->handle.arg), place))
			return true;
		if (op->kind == OP_ASSIGN && op->dst == place &&
		    view_constant(&s->v, op->value, &bits))
			return true;
	}
	return false;
}

static void check_zero_test(const struct scan *s, uint32_t test, void *data)
{
	const struct op *op = view_op(&s->v, test);
	uint32_t place = view_only_place(&s->v, op->value);
	uint64_t bits;

	if (place == NO_PLACE || knows_otherwise(s, place))
		return;
	if (op->flags == TEST_FALSE ||
	    (op->flags == TEST_EQ &&
	     view_constant(&s->v, view_arg(&s->v, op, 0), &bits) && !bits))
		scan_report(s, op, "%s() does not return 0 when it fails: dma_mapping_error() tells whether it did",
			    (const char *)data);
}

static void check_zero_mapping(const struct scan *s, const struct op *op,
			       void *data)
{
	(void)data;
	if (scan_mapping(s, op))
		scan_each_test(s, scan_number(s, op), check_zero_test,
			       (void *)view_str(&s->v, op->spelling));
}

static void check_dma_address_zero_check(struct rule_run *run)
{
	scan_each_op(run, check_zero_mapping, NULL);
}

const struct rule dma_address_zero_check_rule = {
	.id = "dma-address-zero-check",
	.level = LEVEL_WARNING,
	.summary = "the DMA address of a mapping is compared with 0 to see whether it failed",
	.explanation =
"dma_map_single(), dma_map_page() and the like return DMA_MAPPING_ERROR if\n"
"they fail, which has all bits set. A comparison with 0 does not detect that,\n"
"and the device gets an invalid address. 0 is a valid address with an IOMMU,\n"
"or where memory begins at 0.\n"
"\n"
"It is not reported if the function itself sets the variable to 0 as \"not\n"
"mapped\".\n"
"\n"
"Write `if (dma_mapping_error(dev, addr))`.\n"
"\n"
"See include/linux/dma-mapping.h, DMA_MAPPING_ERROR, and\n"
"Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_MMIO },
	.fixable = true,
	.check = check_dma_address_zero_check,
};
