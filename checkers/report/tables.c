// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts by rule and by subsystem, from the findings, and from the flow; for
 * dmacheck check --summary and --stats.
 */
#include "report/tables.h"

#include "flow/flow.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "report/baseline.h"
#include "report/formats.h"
#include "report/subsystem.h"
#include "tree/tree.h"

#define MAX_COLUMNS 6
#define NAME_WIDTH 32

/* A row has a name, or belongs to the one above it of that group. */
struct row {
	char *group, *name;
	size_t nr[MAX_COLUMNS];
};

struct table {
	const char *const *columns;
	size_t nr_columns;
	struct row *list;
	size_t nr, alloc;
};

static struct row *find_row(struct table *table, const char *group,
			    const char *name)
{
	struct row *row;
	size_t i;

	for (i = 0; i < table->nr; i++)
		if (!strcmp(table->list[i].group, group) &&
		    !strcmp(table->list[i].name, name))
			return &table->list[i];
	ALLOC_GROW(table->list, table->nr + 1, table->alloc);
	row = &table->list[table->nr++];
	*row = (struct row){ .group = xstrdup(group), .name = xstrdup(name) };
	return row;
}

/* By group, its sum (without a name) first, then what has most. */
static int by_group(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;
	int ret = strcmp(a->group, b->group);

	if (!ret)
		ret = !*b->name - !*a->name;
	if (!ret && a->nr[0] != b->nr[0])
		ret = a->nr[0] < b->nr[0] ? 1 : -1;
	return ret ? ret : strcmp(a->name, b->name);
}

static void print_row(const struct table *table, const char *name,
		      bool indented, const size_t *nr)
{
	struct strbuf line = STRBUF_INIT;
	size_t i;

	strbuf_addf(&line, "%s%-*s", indented ? "    " : "",
		    NAME_WIDTH - 4 * indented, name);
	for (i = 0; i < table->nr_columns; i++)
		if (nr)
			strbuf_addf(&line, "  %*zu",
				    (int)strlen(table->columns[i]), nr[i]);
		else
			strbuf_addf(&line, "  %s", table->columns[i]);
	strbuf_addch(&line, '\n');
	fputs(line.buf, stderr);
	strbuf_release(&line);
}

/* Print it and release it; `grouped` rows stand below their group. */
static void print_table(struct table *table, const char *title, bool grouped)
{
	size_t i, c, total[MAX_COLUMNS] = { 0 };

	if (table->nr)
		qsort(table->list, table->nr, sizeof(*table->list), by_group);
	if (diag_before_message)
		diag_before_message();
	fputc('\n', stderr);
	print_row(table, title, false, NULL);
	for (i = 0; i < table->nr; i++) {
		struct row *row = &table->list[i];
		bool is_sum = grouped && !*row->name;

		print_row(table, is_sum ? row->group : row->name,
			  grouped && !is_sum, row->nr);
		for (c = 0; c < table->nr_columns && is_sum == grouped; c++)
			total[c] += row->nr[c];
		free(row->group);
		free(row->name);
	}
	print_row(table, "total", false, total);
	free(table->list);
}

/* --- findings --- */

enum { FOUND, FIXABLE, KNOWN };

static void count_finding(struct row *row, const struct finding *f, bool known)
{
	row->nr[FOUND] += !known;
	row->nr[FIXABLE] += !known && f->fixable;
	row->nr[KNOWN] += known;
}

void table_of_findings(const struct report *report)
{
	static const char *const columns[] = { "findings", "fixable", "known" };
	struct table table = { .columns = columns,
		.nr_columns = report->baseline ? 3 : 2 };
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		bool known = !report_shows(report, f);
		char *subsystem;

		if (f->level < report->level)
			continue;
		subsystem = subsystem_of(f->loc.file);
		count_finding(find_row(&table, f->rule, ""), f, known);
		count_finding(find_row(&table, f->rule, subsystem), f, known);
		free(subsystem);
	}
	print_table(&table, "rule", true);
}

/* --- mappings of user memory --- */

enum { MAPPED, WITH, WITHOUT, UNKNOWN, SYNCED, ONE_TRANSFER };

struct counting {
	struct table table;
	const char *const *paths;
	size_t nr_paths;
};

static void count_mapping(const struct flow_sink *sink, void *data)
{
	struct counting *c = data;
	char *subsystem;
	struct row *row;

	if (!path_below_any(sink->loc.file, c->paths, c->nr_paths))
		return;
	subsystem = subsystem_of(sink->loc.file);
	row = find_row(&c->table, "", subsystem);
	row->nr[MAPPED]++;
	if (sink->attrs == ATTR_HAS)
		row->nr[WITH]++;
	else if (sink->handover)
		row->nr[sink->is_synced ? SYNCED : ONE_TRANSFER]++;
	else
		row->nr[sink->attrs == ATTR_UNKNOWN ? UNKNOWN : WITHOUT]++;
	free(subsystem);
}

void table_of_mappings(const struct report *report, struct flow *flow,
		       const char *const *paths, size_t nr_paths)
{
	static const char *const columns[] = { "mapped", "with", "without",
		"unknown", "synced", "one transfer" };
	struct counting c = {
		.table = { .columns = columns, .nr_columns = MAX_COLUMNS },
		.paths = paths, .nr_paths = nr_paths,
	};

	flow_each_sink(flow, tree_attr_mask(report->tree,
					    "DMA_ATTR_REQUIRE_COHERENT"),
		       count_mapping, &c);
	print_table(&c.table, "user memory, REQUIRE_COHERENT", false);
}
