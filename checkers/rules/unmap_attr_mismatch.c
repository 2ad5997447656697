// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"

extern const struct rule unmap_attr_mismatch_rule;

struct checking {
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

	if (!words_known(a) || !words_known(b))
		return false;
	for (i = 0; i < a->nr; i++)
		for (j = 0; j < b->nr; j++)
			if (a->values[i] == b->values[j])
				return false;
	return true;
}

static struct verdict judge(const struct checking *c, bool guessed,
			    const struct flow_partner *map,
			    const struct flow_partner *unmap)
{
	struct verdict v = { .fault = NO_FAULT };

	if (!guessed && !pairing_in_family(map->call.api, unmap->call.api))
		v.fault = WRONG_FUNCTION;
	else
		v.attrs = attrs_compare(c->run->tree, map, unmap, c->valid);
	if (v.attrs.lost || v.attrs.added)
		v.fault = WRONG_ATTRS;
	if (v.fault == NO_FAULT && !guessed && map->call.api->direction >= 0 &&
	    unmap->call.api->direction >= 0 &&
	    are_disjoint(&map->directions, &unmap->directions))
		v.fault = WRONG_DIRECTION;
	return v;
}

/* Which of the arms it is may depend on the mapping. */
static bool is_right_instead(const struct checking *c,
			     const struct flow_pairing *p,
			     const struct flow_partner *map)
{
	size_t i;

	for (i = 0; i < p->nr_others; i++)
		if (judge(c, p->guessed, map, &p->others[i]).fault == NO_FAULT)
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

static char *message(const struct checking *c, const struct flow_pairing *p,
		     const struct flow_partner *map, const struct verdict *v)
{
	const char *was = pairing_done(map), *is = pairing_undone(&p->unmap);

	switch (v->fault) {
	case WRONG_FUNCTION:
		return xstrfmt("%s with %s(), but %s with %s()", was,
			       map->call.spelling, is,
			       p->unmap.call.spelling);
	case WRONG_DIRECTION:
		return xstrfmt("%s %s, but %s %s", was,
			       direction_name(&map->directions), is,
			       direction_name(&p->unmap.directions));
	default:
		return attrs_message(c->run->tree, map, &p->unmap, v->attrs);
	}
}

static void report(const struct flow_pairing *p, void *data)
{
	const struct checking *c = data;
	struct verdict first = { .fault = NO_FAULT };
	struct finding *finding;
	size_t i;
	char *text;

	if (!p->complete)
		return;
	for (i = 0; i < p->nr_maps; i++) {
		struct verdict v = judge(c, p->guessed, &p->maps[i], &p->unmap);

		if (v.fault == NO_FAULT || is_right_instead(c, p, &p->maps[i]))
			return;
		if (!i)
			first = v;
	}
	text = message(c, p, &p->maps[0], &first);
	finding = findings_add(c->run->findings, unmap_attr_mismatch_rule.id,
			       first.fault == WRONG_ATTRS ? LEVEL_ERROR :
							    LEVEL_WARNING,
			       &p->unmap.call.loc, p->unmap.call.module, text);
	pairing_steps(finding, p);
	free(text);
}

static void check(struct rule_run *run)
{
	struct checking c = { run, unmap_valid(run->tree) };

	flow_each_pairing(run->calls, report, &c);
}

const struct rule unmap_attr_mismatch_rule = {
	.id = "unmap-attr-mismatch",
	.level = LEVEL_ERROR,
	.summary = "unmapped or freed otherwise than it was mapped or allocated",
	.explanation =
"A mapping has to be undone by the function that belongs to the one that\n"
"made it, in the same direction and with the same attributes; an allocation\n"
"likewise. The core looks at the attributes of the unmap to know what there\n"
"is to undo: with DMA_ATTR_REQUIRE_COHERENT or DMA_ATTR_MMIO neither bounce\n"
"buffer nor cache is looked after, without it they are. A mapping of one kind\n"
"that is unmapped as another leaks a slot, loses data, or syncs what is no\n"
"memory.\n"
"\n"
"DMA_ATTR_UNMAP_VALID of kernel/dma/debug.c names the attributes that have\n"
"to be equal; the others may differ (DMA_ATTR_SKIP_CPU_SYNC on one side only\n"
"is a common optimisation).\n"
"\n"
"Pass the same attributes to both, kept in the object where they are not\n"
"constant, or drop from the map call those that only mean something to an\n"
"allocation.\n"
"\n"
"See check_unmap() in kernel/dma/debug.c; commit a34bd60bdaeb (dma-debug:\n"
"map and unmap attributes must match), 9d625aa2ebd4 (ntb: consistent\n"
"attributes at free) and Documentation/core-api/dma-attributes.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_SINK | API_UNMAP | API_MMIO | API_ALLOC |
			    API_FREE },
	.fixable = true,
	.check = check,
};
