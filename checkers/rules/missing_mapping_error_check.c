// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings that come to an end of the function without a dma_mapping_error()
 * on the way, and whose address nobody else asks about.
 */
#include "rules/rule.h"

#include "rules/common/lives.h"
#include "rules/common/machines.h"

struct callers {
	struct lifetimes *lifetimes;
	const struct life_function *callee;
	bool any, asks;
};

/* Whether a caller asks about anything at all: about what it was handed. */
static void look_at_caller(const struct life_function *caller, uint32_t op,
			   void *data)
{
	struct callers *c = data;

	(void)op;
	c->any = true;
	c->asks |= caller->asks || caller->checks;
}

/* What is handed to callers is their business, if there are any known. */
static bool is_up_to_callers(struct rule_run *run, const struct life *life)
{
	struct callers c = { rule_lifetimes(run), life->in, false, false };

	if (life->is_returned)
		return true;
	if (!life->is_out)
		return false;
	lifetimes_each_caller(c.lifetimes, c.callee, look_at_caller, &c);
	return !c.any || c.asks;
}

static bool is_asked_elsewhere(struct rule_run *run, const struct life *life)
{
	struct lifetimes *l = rule_lifetimes(run);

	return life->field != NO_PLACE &&
	       lifetimes_field_asked(l, lifetimes_field(l, life->in,
							life->field));
}

/* The call of the DMA API in a driver's own helper that returns the address. */
static uint32_t mapping_in(const struct scan *helper)
{
	uint32_t i;

	for (i = 0; i < helper->v.fn->nr_ops; i++) {
		const struct api_function *api =
			scan_api(helper, view_op(&helper->v, i),
				 API_SINK | API_MMIO);

		if (api && api->handle.arg == API_RETURN)
			return i;
	}
	return NO_OP;
}

static void report_helper(const struct scan *s, const struct life *life,
			  const struct life_function *callee,
			  struct kconfig *machines)
{
	const struct op *op = view_op(&s->v, life->op);
	struct scan helper = {
		.run = s->run, .v = callee->v,
	};
	uint32_t map = mapping_in(&helper);
	struct finding *f;

	if (map == NO_OP || view_is_helper(&callee->v)) {
		machines_report(machines, s, op, "result of %s() is not checked with dma_mapping_error()",
				life_name(s, life));
		return;
	}
	f = machines_report(machines, &helper, view_op(&helper.v, map),
			    "result of %s() is not checked with dma_mapping_error()",
			    view_str(&helper.v, view_op(&helper.v, map)->spelling));
	life_add_step(f, s, life->op, "and not by the caller either");
}

static void missing_mapping_error_check_in_life(const struct scan *s,
						const struct life *life,
						void *data)
{
	const struct op *op = view_op(&s->v, life->op);
	struct kconfig *machines = data;
	const struct life_function *callee;
	struct finding *f;

	if (life->kind != LIFE_ADDRESS || life->is_given_up ||
	    !life->nr_unasked || is_up_to_callers(s->run, life) ||
	    is_asked_elsewhere(s->run, life))
		return;
	callee = lifetimes_callee(rule_lifetimes(s->run), life->in, op);
	if (!life->api && callee) {
		if (!callee->asks)
			report_helper(s, life, callee, machines);
		return;
	}
	f = machines_report(machines, s, op, "result of %s() is not checked with dma_mapping_error()",
				life_name(s, life));
	if (life->is_asked)
		life_add_step(f, s, life->unasked[0].op,
			      "not on the path that comes here");
}

static void check_missing_mapping_error_check(struct rule_run *run)
{
	struct kconfig *machines = machines_open(run);

	lives_each(run, missing_mapping_error_check_in_life, machines);
	kconfig_free(machines);
}

const struct rule missing_mapping_error_check_rule = {
	.id = "missing-mapping-error-check",
	.level = LEVEL_WARNING,
	.summary = "a mapping is not checked with dma_mapping_error()",
	.explanation =
"dma_map_single(), dma_map_page(), dma_map_phys() and dma_map_resource() can\n"
"fail: the IOMMU has no room, SWIOTLB has no slot, the device cannot reach\n"
"the memory, or DMA_ATTR_REQUIRE_COHERENT refuses. They then return\n"
"DMA_MAPPING_ERROR, which is not an address: a device that gets it accesses\n"
"memory that it should not. Only dma_mapping_error() finds out.\n"
"\n"
"Each mapping is followed along each path of its function, and is reported if\n"
"a path ends without a check. It is not reported if the address is stored in\n"
"a member that another function of the module checks, or is returned to\n"
"callers that check it. It is a note where the driver can only be built for\n"
"machines on which no mapping fails (policy.conf, [cannot-fail]).\n"
"\n"
"Write `if (dma_mapping_error(dev, addr))` after the call, and fail the\n"
"request there.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_mapping_error(), and\n"
"Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.lost = "mapping_error",
	.reads = { .names = lives_names },
	.fixable = true,
	.check = check_missing_mapping_error_check,
};
