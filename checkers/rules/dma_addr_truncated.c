// SPDX-License-Identifier: GPL-2.0-only
/* dma_mapping_error() of what was a dma_addr_t once. */
#include "rules/rule.h"

#include "rules/common/lives.h"
#include "rules/common/machines.h"

static void dma_addr_truncated_in_life(const struct scan *s, const struct life *life,
				       void *data)
{
	const struct op *op = view_op(&s->v, life->op);
	struct location loc;
	struct finding *f;

	if (life->kind != LIFE_ADDRESS || life->asked_narrow == NO_OP)
		return;
	f = machines_report_narrow(data, s, op, "the check of what %s() returned never fails: it has been cut or converted",
				   life_name(s, life));
	op = view_op(&s->v, life->asked_narrow);
	loc = view_location(&s->v, op);
	finding_step(f, &loc, "dma_mapping_error() is given %s, of type %s",
		     view_text(&s->v, op, 1), view_type(&s->v, op, 1));
}

static void check_dma_addr_truncated(struct rule_run *run)
{
	struct kconfig *machines = machines_open_narrow(run);

	lives_each(run, dma_addr_truncated_in_life, machines);
	kconfig_free(machines);
}

const struct rule dma_addr_truncated_rule = {
	.id = "dma-addr-truncated",
	.level = LEVEL_WARNING,
	.summary = "dma_mapping_error() is given a DMA address that was cut to 32 bits or converted",
	.explanation =
"DMA_MAPPING_ERROR is a dma_addr_t with all bits set. If the address is first\n"
"stored in a u32 or in a little-endian descriptor, its value changes, and\n"
"dma_mapping_error() compares the rest of it with all 64 bits: a\n"
"failure is never detected, and the device gets an invalid address.\n"
"\n"
"It is a note where the driver can only be built for machines whose dma_addr_t\n"
"has 32 bits in every build, or on which no mapping fails (policy.conf,\n"
"[dma-addr-32] and [cannot-fail]).\n"
"\n"
"Store the result of dma_map_single() and the like in a dma_addr_t, check\n"
"that, and convert it afterwards.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = lives_names },
	.check = check_dma_addr_truncated,
};
