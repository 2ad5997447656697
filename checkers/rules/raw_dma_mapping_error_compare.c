// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/scan.h"

#define ERROR "DMA_MAPPING_ERROR"

extern const struct rule raw_dma_mapping_error_compare_rule;

static const char *const names[] = { ERROR, NULL };

static bool gives_address(const struct api_function *api)
{
	return api && api->handle.arg == API_RETURN;
}

/* Functions that return what a mapping gave, as it is. */
static void find_helpers(const struct scan *s, void *data)
{
	uint32_t i, j;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		uint32_t kept;

		if (!gives_address(scan_api(s, op, API_SINK | API_MMIO)) ||
		    op->dst == NO_PLACE)
			continue;
		kept = scan_kept_in(s, i);
		for (j = i + 1; j < s->fn->nr_ops; j++) {
			const struct op *ret = scan_op(s, j);

			if (ret->kind == OP_RETURN &&
			    (scan_has_place(s, ret->value, op->dst) ||
			     (kept != NO_PLACE &&
			      scan_has_place(s, ret->value, kept))))
				intern(data, scan_str(s, s->fn->key));
		}
	}
}


/* A value that the driver puts there itself says more than a failure. */
static bool is_sentinel(const struct scan *s, uint32_t place)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    scan_named(s, op->value, ERROR))
			return true;
	}
	return false;
}

static void check_test(const struct scan *s, uint32_t test, void *data)
{
	const struct op *op = scan_op(s, test);
	const char *function = data;
	char *text;

	if ((op->flags != TEST_EQ && op->flags != TEST_NE) ||
	    (!scan_named(s, op->value, ERROR) &&
	     !scan_named(s, scan_arg(s, op, 0), ERROR)) ||
	    is_sentinel(s, scan_only_place(s, op->value)))
		return;
	text = xstrfmt("the result of %s() is compared with " ERROR
		       ": dma_mapping_error() is for that", function);
	scan_report(s, op, &raw_dma_mapping_error_compare_rule,
		    raw_dma_mapping_error_compare_rule.level, text);
	free(text);
}

static void check_function(const struct scan *s, void *data)
{
	const struct intern_pool *helpers = data;
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const char *key = scan_callee_key(s, op);

		if (*key && (gives_address(scan_api(s, op, API_SINK |
						    API_MMIO)) ||
			     intern_find(helpers, key) != INTERN_NONE))
			scan_each_test(s, i, check_test,
				       (void *)scan_str(s, op->spelling));
	}
}

static void check(struct rule_run *run)
{
	struct intern_pool helpers = INTERN_POOL_INIT;

	scan_each(run, find_helpers, &helpers);
	scan_each(run, check_function, &helpers);
	intern_release(&helpers);
}

const struct rule raw_dma_mapping_error_compare_rule = {
	.id = "raw-dma-mapping-error-compare",
	.level = LEVEL_NOTE,
	.summary = "the result of a mapping is compared with " ERROR,
	.explanation =
ERROR " is what a mapping returns when it fails. Its header says\n"
"that drivers should not use it but ask dma_mapping_error(), which also\n"
"tells CONFIG_DMA_API_DEBUG that somebody asked: with the comparison alone\n"
"it warns that nobody did.\n"
"\n"
"It is right as a value of the driver's own, for \"not mapped yet\", and in\n"
"an implementation of dma_map_ops.\n"
"\n"
"Write dma_mapping_error(dev, addr) in place of addr == " ERROR ".\n"
"\n"
"See include/linux/dma-mapping.h, the comment above " ERROR ",\n"
"and Documentation/core-api/dma-api.rst, dma_mapping_error().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check,
};
