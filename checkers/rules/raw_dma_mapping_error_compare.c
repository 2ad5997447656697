// SPDX-License-Identifier: GPL-2.0-only
/* Follows the result of each mapping to comparisons with the constant. */
#include "rules/common/scan.h"

#define ERROR "DMA_MAPPING_ERROR"

static const char *const names[] = { ERROR, NULL };

/* Whether the function asks itself; what it returns then is its own constant. */
static bool asks_itself(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (scan_api(s, view_op(&s->v, i), API_CHECK))
			return true;
	return false;
}

/* Functions that return the result of a mapping unchanged. */
static void find_mapping_helper(const struct scan *s, const struct op *op,
				void *helpers)
{
	uint32_t number = scan_number(s, op), kept, i;

	if (!scan_mapping(s, op) || op->dst == NO_PLACE || asks_itself(s))
		return;
	kept = scan_kept_in(s, number);
	for (i = number + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *ret = view_op(&s->v, i);

		if (ret->kind == OP_RETURN &&
		    (view_has_place(&s->v, ret->value, op->dst) ||
		     (kept != NO_PLACE &&
		      view_has_place(&s->v, ret->value, kept))))
			intern(helpers, view_str(&s->v, s->v.fn->key));
	}
}

/* A value that the driver stores there itself has another meaning. */
static bool is_sentinel(const struct scan *s, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    scan_named(s, op->value, ERROR))
			return true;
	}
	return false;
}

static void check_raw_compare(const struct scan *s, uint32_t test, void *data)
{
	const struct op *op = view_op(&s->v, test);
	const char *function = data;

	if ((op->flags == TEST_EQ || op->flags == TEST_NE) &&
	    (scan_named(s, op->value, ERROR) ||
	     scan_named(s, view_arg(&s->v, op, 0), ERROR)) &&
	    !is_sentinel(s, view_only_place(&s->v, op->value)))
		scan_report(s, op, "result of %s() is compared with " ERROR
			    " instead of checked with dma_mapping_error()", function);
}

static void check_mapping_result(const struct scan *s, const struct op *op,
				 void *helpers)
{
	const char *key = scan_callee_key(s, op);

	if (*key && (scan_mapping(s, op) || intern_has(helpers, key)))
		scan_each_test(s, scan_number(s, op), check_raw_compare,
			       (void *)view_str(&s->v, op->spelling));
}

static void check_raw_dma_mapping_error_compare(struct rule_run *run)
{
	struct intern_pool helpers = INTERN_POOL_INIT;

	scan_each_op(run, find_mapping_helper, &helpers);
	scan_each_op(run, check_mapping_result, &helpers);
	intern_release(&helpers);
}

const struct rule raw_dma_mapping_error_compare_rule = {
	.id = "raw-dma-mapping-error-compare",
	.level = LEVEL_NOTE,
	.summary = "the result of a mapping is compared with " ERROR,
	.explanation =
"A mapping returns DMA_MAPPING_ERROR when it fails. The header says that\n"
"drivers should not compare with it but call dma_mapping_error(), which also\n"
"tells CONFIG_DMA_API_DEBUG that the result was checked: after a plain\n"
"comparison it warns that nobody did.\n"
"\n"
"The comparison is right if the driver itself stores DMA_MAPPING_ERROR as\n"
"\"not mapped yet\", and in an implementation of dma_map_ops.\n"
"\n"
"Write dma_mapping_error(dev, addr) instead of addr == DMA_MAPPING_ERROR.\n"
"\n"
"See include/linux/dma-mapping.h, the comment above DMA_MAPPING_ERROR, and\n"
"Documentation/core-api/dma-api.rst, dma_mapping_error().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_raw_dma_mapping_error_compare,
};
