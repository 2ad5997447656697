// SPDX-License-Identifier: GPL-2.0-only
/*
 * Behind each allocation of memory for DMA, up to the next value of its DMA
 * address, looks for a test of that address where no pointer is tested.
 */
#include "rules/common/scan.h"

static bool tests_pointer(const struct scan *s, const struct op *op)
{
	uint32_t place = view_first_place(&s->v, op->value);

	return op->kind == OP_TEST && place != NO_PLACE &&
	       view_place(&s->v, place)->is_pointer;
}

/* if (!dma), if (dma == 0), and no pointer beside it */
static bool tests_address(const struct scan *s, uint32_t number,
			  uint32_t handle)
{
	const struct op *op = view_op(&s->v, number);
	uint64_t bits;

	if (op->kind != OP_TEST || view_only_place(&s->v, op->value) != handle ||
	    (op->flags != TEST_FALSE &&
	     !(op->flags == TEST_EQ &&
	       view_constant(&s->v, view_arg(&s->v, op, 0), &bits) && !bits)))
		return false;
	return number + 1 == s->v.fn->nr_ops ||
	       !tests_pointer(s, view_op(&s->v, number + 1));
}

static bool gives_value(const struct scan *s, const struct op *op,
			uint32_t place)
{
	const struct api_function *api = scan_api(s, op, API_ALLOC);

	return (op->kind == OP_ASSIGN && op->dst == place) ||
	       (api && view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg)) ==
		       place);
}

/* A value of the driver's own says more than a failure. */
static bool is_ever_constant(const struct scan *s, uint32_t place)
{
	uint64_t bits;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place &&
		    view_constant(&s->v, op->value, &bits))
			return true;
	}
	return false;
}

static bool asks_about(const struct scan *s, const struct op *op,
		       uint32_t place)
{
	const struct api_function *api = scan_api(s, op, API_CHECK);

	return api && view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg)) ==
		      place;
}

static void check_alloc_result(const struct scan *s, const struct op *alloc,
			       const struct api_function *api, void *data)
{
	uint32_t handle = view_only_place(&s->v, view_arg(&s->v, alloc,
						      api->handle.arg)), i;
	const char *name = view_str(&s->v, alloc->spelling);

	(void)data;
	if (handle == NO_PLACE)
		return;
	for (i = scan_number(s, alloc) + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (tests_pointer(s, op) || gives_value(s, op, handle))
			return;
		if (asks_about(s, op, handle)) {
			scan_report(s, op, "%s() does not tell whether %s() failed, which returns NULL then",
				    view_str(&s->v, op->spelling), name);
			return;
		}
		if (tests_address(s, i, handle) &&
		    !is_ever_constant(s, handle)) {
			scan_report(s, op, "the DMA address does not tell whether %s() failed, which returns NULL then",
				    name);
			return;
		}
	}
}

static void check_coherent_alloc_check(struct rule_run *run)
{
	scan_each_call(run, API_ALLOC, check_alloc_result, NULL);
}

const struct rule coherent_alloc_check_rule = {
	.id = "coherent-alloc-check",
	.level = LEVEL_WARNING,
	.summary = "failure of dma_alloc_coherent() is looked for in the DMA address",
	.explanation =
"dma_alloc_coherent() and the like return NULL if they fail. They do not set\n"
"the DMA address then: it keeps its old value, usually 0 or garbage from the\n"
"stack, and never DMA_MAPPING_ERROR. dma_mapping_error(), or a comparison of\n"
"the address with 0, does not detect the failure, and takes the valid address\n"
"0 for one.\n"
"\n"
"Test the returned pointer.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_alloc_coherent().\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC },
	.fixable = true,
	.check = check_coherent_alloc_check,
};
