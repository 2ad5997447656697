// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/scan.h"

extern const struct rule unmap_sg_mapped_count_rule;

static const char *const names[] = { "dma_unmap_sg", "dma_unmap_sg_attrs",
	"dma_map_sg", "dma_map_sg_attrs", "dma_sync_sg_for_cpu",
	"dma_sync_sg_for_device", NULL };

enum { ARG_NENTS = 2 };

struct checking {
	struct intern_pool mapped;	/* fields that hold what was mapped */
	struct intern_pool given;	/* fields that hold something else */
};

/* "module record.field"; the caller frees it. */
static char *field_name(const struct scan *s, size_t module,
			const struct place *p)
{
	return xstrfmt("%s %s.%s", s->unit->modules[module],
		       scan_str(s, p->record), scan_str(s, p->name));
}

static void add_field(const struct scan *s, uint32_t place,
		      struct intern_pool *pool)
{
	size_t i;

	for (i = 0; i < s->unit->nr_modules; i++) {
		char *name = field_name(s, i, scan_place(s, place));

		intern(pool, name);
		free(name);
	}
}

static bool is_field(const struct scan *s, uint32_t place)
{
	return place != NO_PLACE && scan_place(s, place)->kind == PLACE_FIELD;
}

/* Number of the dma_map_sg() whose result the value is, or nr_ops. */
static uint32_t map_of(const struct scan *s, struct value value)
{
	uint32_t place = scan_only_place(s, value), call;
	uint64_t bits;

	if (place == NO_PLACE || scan_place(s, place)->kind != PLACE_CALL)
		return s->fn->nr_ops;
	call = scan_place(s, place)->number;
	if (strcmp(scan_callee(s, scan_op(s, call)), "dma_map_sg_attrs"))
		return s->fn->nr_ops;
	/* Of one entry one is mapped, or none. */
	if (scan_constant(s, scan_arg(s, scan_op(s, call), ARG_NENTS), &bits))
		return s->fn->nr_ops;
	return call;
}

/* The assignment that decides what local `place` is at op `at`, or nr_ops. */
static uint32_t last_assigned(const struct scan *s, uint32_t place,
			      uint32_t at)
{
	uint32_t i = at;

	while (i-- > 0) {
		const struct op *op = scan_op(s, i);

		if (op->kind == OP_ASSIGN && op->dst == place)
			return i;
	}
	return s->fn->nr_ops;
}

static void sort_field(const struct scan *s, uint32_t number,
		       struct checking *c)
{
	const struct op *op = scan_op(s, number);
	uint32_t place = scan_only_place(s, op->value), from;
	uint64_t bits;

	if (map_of(s, op->value) < s->fn->nr_ops) {
		add_field(s, op->dst, &c->mapped);
		return;
	}
	if (scan_constant(s, op->value, &bits) && bits == 0)
		return;
	from = place == NO_PLACE ? s->fn->nr_ops :
		last_assigned(s, place, number);
	if (from < s->fn->nr_ops &&
	    map_of(s, scan_op(s, from)->value) < s->fn->nr_ops)
		add_field(s, op->dst, &c->mapped);
	else
		add_field(s, op->dst, &c->given);
}

static void find_fields(const struct scan *s, void *data)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		uint32_t place;

		if (op->kind == OP_ASSIGN && is_field(s, op->dst)) {
			sort_field(s, i, data);
			continue;
		}
		/* What is mapped with it is the number of entries. */
		if (strcmp(scan_callee(s, op), "dma_map_sg_attrs"))
			continue;
		place = scan_only_place(s, scan_arg(s, op, ARG_NENTS));
		if (is_field(s, place))
			add_field(s, place,
				  &((struct checking *)data)->given);
	}
}

static bool is_mapped_field(const struct scan *s, uint32_t place,
			    const struct checking *c)
{
	bool yes = false;
	size_t i;

	for (i = 0; i < s->unit->nr_modules && !yes; i++) {
		char *name = field_name(s, i, scan_place(s, place));

		yes = intern_find(&c->mapped, name) != INTERN_NONE &&
		      intern_find(&c->given, name) == INTERN_NONE;
		free(name);
	}
	return yes;
}

static bool takes_count(const char *name)
{
	return !strcmp(name, "dma_unmap_sg_attrs") ||
	       !strcmp(name, "dma_sync_sg_for_cpu") ||
	       !strcmp(name, "dma_sync_sg_for_device");
}

static bool is_mapped_count(const struct scan *s, uint32_t number,
			    const struct checking *c)
{
	uint32_t place = scan_only_place(s,
		scan_arg(s, scan_op(s, number), ARG_NENTS));
	uint32_t from;

	if (place == NO_PLACE)
		return false;
	if (is_field(s, place))
		return is_mapped_field(s, place, c);
	if (scan_place(s, place)->kind != PLACE_LOCAL &&
	    scan_place(s, place)->kind != PLACE_PARAM)
		return false;
	from = last_assigned(s, place, number);
	if (from == s->fn->nr_ops)
		return false;
	place = scan_only_place(s, scan_op(s, from)->value);
	if (is_field(s, place))
		return is_mapped_field(s, place, c);
	return map_of(s, scan_op(s, from)->value) < s->fn->nr_ops;
}

static void check_function(const struct scan *s, void *data)
{
	uint32_t i;

	for (i = 0; i < s->fn->nr_ops; i++) {
		const struct op *op = scan_op(s, i);
		const char *text;
		char *message;

		if (!takes_count(scan_callee(s, op)) ||
		    !is_mapped_count(s, i, data))
			continue;
		text = scan_text(s, op, ARG_NENTS);
		message = xstrfmt("%s() wants the number of entries that was passed to dma_map_sg(), %s is what that returned",
				  scan_str(s, op->spelling),
				  *text ? text : "this");
		scan_report(s, op, &unmap_sg_mapped_count_rule,
			    unmap_sg_mapped_count_rule.level, message);
		free(message);
	}
}

static void check(struct rule_run *run)
{
	struct checking c = { .mapped = INTERN_POOL_INIT };

	scan_each(run, find_fields, &c);
	scan_each(run, check_function, &c);
	intern_release(&c.mapped);
	intern_release(&c.given);
}

const struct rule unmap_sg_mapped_count_rule = {
	.id = "unmap-sg-mapped-count",
	.level = LEVEL_ERROR,
	.summary = "dma_unmap_sg() gets the count that dma_map_sg() returned",
	.explanation =
"dma_map_sg() may join entries that lie side by side and returns how many\n"
"are left for the device. dma_unmap_sg() and dma_sync_sg_for_*() want the\n"
"number that was passed to dma_map_sg(): with the smaller one the entries at\n"
"the end are not synced, and their SWIOTLB slots are not given back.\n"
"\n"
"It makes no difference for a list of one entry.\n"
"\n"
"Keep the number of entries beside the list and pass that; a struct\n"
"sg_table has both, orig_nents for this and nents for the device, and\n"
"dma_unmap_sgtable() takes the right one.\n"
"\n"
"See kernel/dma/mapping.c, the kernel-doc of dma_map_sg_attrs(), and\n"
"Documentation/core-api/dma-api.rst, dma_unmap_sg().\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check,
};
