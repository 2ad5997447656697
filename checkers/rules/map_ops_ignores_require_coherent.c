// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/scan.h"
#include "tree/tree.h"

#define ATTR "DMA_ATTR_REQUIRE_COHERENT"

extern const struct rule map_ops_ignores_require_coherent_rule;

static const char *const bounces[] = { "swiotlb_tbl_map_single",
	"swiotlb_map", NULL };

struct checking {
	uint64_t bit;
	struct intern_pool refusing;	/* keys of functions that test it */
	struct intern_pool covered;	/* those that only refusing ones call */
	struct intern_pool called;	/* those that anyone calls */
	struct intern_pool open;	/* those that another one calls */
	bool grown;
};

static bool tests_bit(const struct scan *s, const struct op *op, uint64_t bit)
{
	struct value value = scan_arg(s, op, 0);
	uint32_t i;

	for (i = 0; op->flags == TEST_AND && i < value.nr; i++)
		if (scan_term(s, value, i)->kind == TERM_BITS &&
		    (scan_term(s, value, i)->bits & bit))
			return true;
	return false;
}

static void find_refusing(const struct scan *s, void *data)
{
	struct checking *c = data;
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_TEST && tests_bit(s, op, c->bit))
			intern(&c->refusing, scan_str(s, s->fn->key));
	}
}

static bool is_in(const struct intern_pool *pool, const char *key)
{
	return intern_find(pool, key) != INTERN_NONE;
}

/* Whom functions call that do not look at the attribute themselves. */
static void find_open(const struct scan *s, void *data)
{
	struct checking *c = data;
	const char *self = scan_str(s, s->fn->key);
	bool refuses = is_in(&c->refusing, self) || is_in(&c->covered, self);
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const char *key = scan_callee_key(s, scan_op(s, i));

		if (!*key)
			continue;
		intern(&c->called, key);
		if (!refuses)
			intern(&c->open, key);
	}
}

/* A function whose callers all refuse is reached with no such mapping. */
static void find_covered(const struct scan *s, void *data)
{
	struct checking *c = data;
	const char *self = scan_str(s, s->fn->key);

	if (is_in(&c->covered, self) || !is_in(&c->called, self) ||
	    is_in(&c->open, self))
		return;
	intern(&c->covered, self);
	c->grown = true;
}

static void report(const struct scan *s, void *data)
{
	const struct checking *c = data;
	const char *self = scan_str(s, s->fn->key);
	uint32_t i, j;
	char *text;

	if (is_in(&c->refusing, self) || is_in(&c->covered, self))
		return;
	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);

		for (j = 0; bounces[j]; j++)
			if (!strcmp(scan_callee(s, op), bounces[j]))
				break;
		if (!bounces[j])
			continue;
		text = xstrfmt("%s() bounces a mapping without a look at " ATTR,
			       scan_str(s, op->spelling));
		scan_report(s, op, &map_ops_ignores_require_coherent_rule,
			    map_ops_ignores_require_coherent_rule.level, text);
		free(text);
	}
}

static void check(struct rule_run *run)
{
	struct checking c = { .bit = tree_attr_mask(run->tree, ATTR) };

	if (!c.bit)
		return;
	scan_each(run, find_refusing, &c);
	do {
		intern_release(&c.open);
		memset(&c.open, 0, sizeof(c.open));
		c.grown = false;
		scan_each(run, find_open, &c);
		scan_each(run, find_covered, &c);
	} while (c.grown);
	scan_each(run, report, &c);
	intern_release(&c.refusing);
	intern_release(&c.covered);
	intern_release(&c.called);
	intern_release(&c.open);
}

const struct rule map_ops_ignores_require_coherent_rule = {
	.id = "map-ops-ignores-require-coherent",
	.level = LEVEL_ERROR,
	.summary = "a mapping is bounced though " ATTR " forbids it",
	.explanation =
ATTR " promises that a mapping fails where SWIOTLB would\n"
"have to bounce it. Who implements dma_map_ops, or a layer below it, and\n"
"calls swiotlb_tbl_map_single() has to keep that promise: the mapping of\n"
"user memory that is bounced in silence is never synced, and process and\n"
"device see different data from then on. The unmap does not give the slot\n"
"back either, as the attribute says that there is none.\n"
"\n"
"It is right where nothing that bounces can carry the attribute because\n"
"all callers have refused it before.\n"
"\n"
"Refuse before the memory is bounced: `if (attrs &\n"
ATTR ") return DMA_MAPPING_ERROR;`, as\n"
"dma_direct_map_phys() and iommu_dma_map_phys() do.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, " ATTR ",\n"
"kernel/dma/direct.h and drivers/iommu/dma-iommu.c.\n",
	.needs_attr = ATTR,
	.needs = NEEDS_CALLS,
	.reads = { .names = bounces },
	.check = check,
};
