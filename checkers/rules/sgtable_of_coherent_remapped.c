// SPDX-License-Identifier: GPL-2.0-only
/* Looks for dma_map_sgtable() of a table that dma_get_sgtable() has filled. */
#include "rules/common/scan.h"

#include "flow/flow.h"
#include "lib/alloc.h"

static const char *const names[] = { "dma_get_sgtable",
	"dma_get_sgtable_attrs", NULL };

enum { ARG_TABLE = 1 };

struct sgtable_check {
	struct rule_run *run;
	struct flow_call *tables;
	size_t nr, alloc;
	struct intern_pool of_pages, of_others;	/* keys of functions */
};

static void add_coherent_table(const struct flow_call *call, void *data)
{
	struct sgtable_check *check = data;

	if (strcmp(call->api->name, "dma_get_sgtable_attrs"))
		return;
	ALLOC_GROW(check->tables, check->nr + 1, check->alloc);
	check->tables[check->nr++] = *call;
}

static bool fills_with_pages(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (!strncmp(scan_callee(s, view_op(&s->v, i)),
			     "sg_alloc_table_from_pages", 25))
			return true;
	return false;
}

/* Which functions are called with tables of pages, which with others. */
static void find_callers(const struct scan *s, void *data)
{
	struct sgtable_check *check = data;
	struct intern_pool *pool = fills_with_pages(s) ? &check->of_pages :
							 &check->of_others;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (*scan_callee_key(s, view_op(&s->v, i)))
			intern(pool, scan_callee_key(s, view_op(&s->v, i)));
}

/*
 * Where pages are put into a table, in the function that maps or in each that
 * calls it with the table, it is not the one of another function.
 */
static bool is_of_pages(const struct sgtable_check *check,
			const struct flow_call *map)
{
	const struct scan s = { .run = check->run, .v = map->v };
	const char *key = view_str(&map->v, map->v.fn->key);
	uint32_t place = view_first_place(&map->v, view_arg(&map->v, map->op,
						map->api->memory.arg));

	return fills_with_pages(&s) ||
	       (place != NO_PLACE &&
		view_place(&map->v, place)->kind == PLACE_PARAM &&
		intern_has(&check->of_pages, key) &&
		!intern_has(&check->of_others, key));
}

/* How close the call that fills a table is to the one that maps it. */
static unsigned int closeness(const struct flow_call *table,
			      const struct flow_call *map)
{
	return 1 + 2 * (table->instance == map->instance) +
	       (table->v.unit == map->v.unit);
}

static void check_table_map(const struct flow_call *map, void *data)
{
	struct sgtable_check *check = data;
	const struct flow_call *table = NULL;
	size_t i;

	if (!api_in_family(map->api, "sg"))
		return;
	for (i = 0; i < check->nr; i++) {
		const struct flow_call *t = &check->tables[i];

		if (!strcmp(t->module, map->module) &&
		    (t->instance == map->instance ||
		     !is_of_pages(check, map)) &&
		    (!table || closeness(t, map) > closeness(table, map)) &&
		    flow_same_memory(check->run->calls, t, ARG_TABLE, map,
				     map->api->memory.arg))
			table = t;
	}
	if (table)
		finding_step(rule_report(check->run, &map->loc, map->module,
					 "%s() maps an sg_table that describes coherent memory",
					 map->spelling),
			     &table->loc,
			     "dma_get_sgtable() fills the table from coherent memory");
}

static void check_sgtable_of_coherent_remapped(struct rule_run *run)
{
	struct sgtable_check check = { .run = run };

	flow_each_call(run->calls, API_STOP, add_coherent_table, &check);
	if (check.nr) {
		scan_each_function(run, find_callers, &check);
		flow_each_call(run->calls, API_SINK, check_table_map, &check);
	}
	free(check.tables);
	intern_release(&check.of_pages);
	intern_release(&check.of_others);
}

const struct rule sgtable_of_coherent_remapped_rule = {
	.id = "sgtable-of-coherent-remapped",
	.level = LEVEL_NOTE,
	.summary = "a table from dma_get_sgtable() is mapped with dma_map_sgtable()",
	.explanation =
"dma_get_sgtable() describes memory from dma_alloc_coherent() for another\n"
"device. It does so with struct pages, which such memory need not have.\n"
"dma_map_sgtable() then maps coherent memory as if it were ordinary memory:\n"
"it does cache maintenance for an alias that nobody uses. The comment above\n"
"dma_get_sgtable_attrs() says that this is not allowed.\n"
"\n"
"It works if the memory has struct pages and both devices are coherent, and\n"
"nearly all code that exports coherent memory as a dma-buf does the same:\n"
"therefore it is a note. It is reported if the table is filled and mapped in\n"
"one module; tables that the helpers of DRM and videobuf2 map for their\n"
"drivers are not reported.\n"
"\n"
"For the same device, use the DMA address of the allocation. For another\n"
"device, allocate with dma_alloc_pages() or dma_alloc_noncontiguous(), whose\n"
"memory may be mapped.\n"
"\n"
"See kernel/dma/mapping.c, the comment above dma_get_sgtable_attrs().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_sgtable_of_coherent_remapped,
};
