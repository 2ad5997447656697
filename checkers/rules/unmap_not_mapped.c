// SPDX-License-Identifier: GPL-2.0-only
/* What failed to be mapped or allocated is unmapped or freed all the same. */
#include "rules/rule.h"

#include "rules/common/lives.h"

static void unmap_not_mapped_in_life(const struct scan *s, const struct life *life,
				     void *data)
{
	const struct op *op;
	struct finding *f;

	(void)data;
	if (life->is_given_up || life->bad_release == NO_OP)
		return;
	op = view_op(&s->v, life->bad_release);
	f = scan_report(s, op, life->kind == LIFE_MEMORY ?
			"%s() of memory that was not allocated" :
			"%s() of what was not mapped",
			view_str(&s->v, op->spelling));
	life_add_step(f, s, life->op, "this call failed");
	life_add_step(f, s, life->bad_test, "as is found out here");
}

static void check_unmap_not_mapped(struct rule_run *run)
{
	lives_each(run, unmap_not_mapped_in_life, NULL);
}

const struct rule unmap_not_mapped_rule = {
	.id = "unmap-not-mapped",
	.level = LEVEL_WARNING,
	.summary = "a path unmaps or frees what could not be mapped or allocated",
	.explanation =
"A mapping or an allocation failed, the function has found that out, and\n"
"the path that it takes then unmaps or frees it. What is unmapped is\n"
"DMA_MAPPING_ERROR, or an address that something else has: the IOMMU's page\n"
"tables or SWIOTLB's slots of others are taken away.\n"
"\n"
"Let the error path begin behind the call that undoes what failed.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .names = lives_names },
	.check = check_unmap_not_mapped,
};
