// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"

struct unmap_check {
	struct rule_run *run;
	uint64_t valid;		/* attributes that must not differ */
};

enum fault { NO_FAULT, WRONG_DIRECTION, WRONG_FUNCTION, WRONG_ATTRS };

/* What is wrong with one map's being unmapped so. */
struct verdict {
	enum fault fault;
	struct attr_difference attrs;
};

static bool are_disjoint(const struct constants *a, const struct constants *b)
{
	uint32_t i, j;

	if (!constants_known(a) || !constants_known(b))
		return false;
	for (i = 0; i < a->nr; i++)
		for (j = 0; j < b->nr; j++)
			if (a->values[i] == b->values[j])
				return false;
	return true;
}

static struct verdict judge_unmap(const struct unmap_check *check,
				  bool guessed, const struct flow_partner *map,
				  const struct flow_partner *unmap)
{
	struct verdict v = { .fault = NO_FAULT };

	if (!guessed && !pairing_in_family(map->call.api, unmap->call.api))
		v.fault = WRONG_FUNCTION;
	else
		v.attrs = attrs_compare(check->run->tree, map, unmap,
					check->valid);
	if (v.attrs.lost || v.attrs.added)
		v.fault = WRONG_ATTRS;
	if (v.fault == NO_FAULT && !guessed && map->call.api->direction >= 0 &&
	    unmap->call.api->direction >= 0 &&
	    are_disjoint(&map->directions, &unmap->directions))
		v.fault = WRONG_DIRECTION;
	return v;
}

/* Which of the arms it is may depend on the mapping. */
static bool is_right_elsewhere(const struct unmap_check *check,
			       const struct flow_pairing *p,
			       const struct flow_partner *map)
{
	size_t i;

	for (i = 0; i < p->nr_others; i++)
		if (judge_unmap(check, p->guessed, map,
				&p->others[i]).fault == NO_FAULT)
			return true;
	return false;
}

static const char *direction_name(const struct constants *set)
{
	static const char *const names[] = { "DMA_BIDIRECTIONAL",
		"DMA_TO_DEVICE", "DMA_FROM_DEVICE", "DMA_NONE" };

	return set->nr == 1 && set->values[0] < ARRAY_SIZE(names) ?
		names[set->values[0]] : "otherwise";
}

static void report_verdict(struct rule_run *run, const struct flow_pairing *p,
			   const struct verdict *v)
{
	const struct flow_partner *map = &p->maps[0];
	const char *was = pairing_done(map), *is = pairing_undone(&p->unmap);
	struct finding *finding;

	if (v->fault == WRONG_ATTRS) {
		pairing_report_attrs(run, p, v->attrs);
		return;
	}
	if (v->fault == WRONG_FUNCTION)
		finding = pairing_report(run, p, "%s with %s(), but %s with %s()",
					 was, map->call.spelling, is,
					 p->unmap.call.spelling);
	else
		finding = pairing_report(run, p, "%s %s, but %s %s", was,
					 direction_name(&map->directions), is,
					 direction_name(&p->unmap.directions));
	finding->level = LEVEL_WARNING;
}

static void report_unmap(const struct flow_pairing *p, void *data)
{
	const struct unmap_check *check = data;
	struct verdict first = { .fault = NO_FAULT };
	size_t i;

	if (!p->complete)
		return;
	for (i = 0; i < p->nr_maps; i++) {
		struct verdict v = judge_unmap(check, p->guessed, &p->maps[i],
					       &p->unmap);

		if (v.fault == NO_FAULT ||
		    is_right_elsewhere(check, p, &p->maps[i]))
			return;
		if (!i)
			first = v;
	}
	report_verdict(check->run, p, &first);
}

static void check_unmap_attr_mismatch(struct rule_run *run)
{
	struct unmap_check check = { run, unmap_valid(run->tree) };

	flow_each_pairing(run->calls, report_unmap, &check);
}

const struct rule unmap_attr_mismatch_rule = {
	.id = "unmap-attr-mismatch",
	.level = LEVEL_ERROR,
	.summary = "the unmap or free does not match the map or allocation",
	.explanation =
"A mapping must be unmapped with the function that belongs to its map\n"
"function, in the same direction and with the same attributes; the same holds\n"
"for an allocation. The core decides by the attributes of the unmap what\n"
"there is to undo: with DMA_ATTR_REQUIRE_COHERENT or DMA_ATTR_MMIO it skips\n"
"the bounce buffer and the caches, without them it does not. A mapping that\n"
"is unmapped as another kind leaks a slot, loses data, or syncs what is not\n"
"memory.\n"
"\n"
"DMA_ATTR_UNMAP_VALID in kernel/dma/debug.c names the attributes that must be\n"
"equal; the others may differ (DMA_ATTR_SKIP_CPU_SYNC on one side only is a\n"
"common optimisation).\n"
"\n"
"Pass the same attributes to both; keep them in the object if they are not\n"
"constant. Drop attributes from the map call that only apply to allocations.\n"
"\n"
"See check_unmap() in kernel/dma/debug.c; commit a34bd60bdaeb (dma-debug: map\n"
"and unmap attributes must match), 9d625aa2ebd4 (ntb: consistent attributes\n"
"at free) and Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_UNMAP | API_MMIO | API_ALLOC |
			    API_FREE },
	.fixable = true,
	.check = check_unmap_attr_mismatch,
};
