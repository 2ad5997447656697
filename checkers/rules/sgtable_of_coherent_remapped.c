// SPDX-License-Identifier: GPL-2.0-only
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
};

static void add_coherent_table(const struct flow_call *call, void *data)
{
	struct sgtable_check *check = data;

	if (strcmp(call->api->name, "dma_get_sgtable_attrs"))
		return;
	ALLOC_GROW(check->tables, check->nr + 1, check->alloc);
	check->tables[check->nr++] = *call;
}

/* Where pages are put into a table it is not the one of another function. */
static bool is_of_pages(const struct flow_call *map)
{
	const struct scan s = { .v = map->v };
	uint32_t i;

	for (i = 0; i < s.v.fn->nr_ops; i++)
		if (!strncmp(scan_callee(&s, view_op(&s.v, i)),
			     "sg_alloc_table_from_pages", 25))
			return true;
	return false;
}

static void check_table_map(const struct flow_call *map, void *data)
{
	struct sgtable_check *check = data;
	const struct flow_call *table = NULL;
	size_t i;

	if (!api_in_family(map->api, "sg"))
		return;
	for (i = 0; i < check->nr; i++) {
		table = &check->tables[i];
		if (!strcmp(table->module, map->module) &&
		    (table->instance == map->instance || !is_of_pages(map)) &&
		    flow_same_memory(check->run->calls, table, ARG_TABLE, map,
				     map->api->memory.arg))
			break;
	}
	if (i < check->nr)
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
	if (check.nr)
		flow_each_call(run->calls, API_SINK, check_table_map, &check);
	free(check.tables);
}

const struct rule sgtable_of_coherent_remapped_rule = {
	.id = "sgtable-of-coherent-remapped",
	.level = LEVEL_WARNING,
	.summary = "a table from dma_get_sgtable() is mapped with dma_map_sgtable()",
	.explanation =
"dma_get_sgtable() describes memory from dma_alloc_coherent() for another\n"
"device. It does so with struct pages, which such memory need not have.\n"
"dma_map_sgtable() then maps coherent memory as if it were ordinary memory:\n"
"it does cache maintenance for an alias that nobody uses. The comment above\n"
"dma_get_sgtable_attrs() says that this is not allowed.\n"
"\n"
"It works if the memory has struct pages and both devices are coherent.\n"
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
