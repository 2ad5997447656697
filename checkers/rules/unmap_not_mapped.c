// SPDX-License-Identifier: GPL-2.0-only
/* What failed to be mapped or allocated is unmapped or freed all the same, or twice. */
#include "rules/rule.h"

#include "rules/common/lives.h"
#include "rules/common/optional-maps.h"
#include "rules/common/machines.h"
#include "tree/tree.h"

/* Where the lines from `first` to `last` of a text begin and end. */
static const char *lines_of(char *text, uint32_t first, uint32_t last)
{
	char *begin = text, *end;

	for (; begin && first > 1; first--, last--)
		begin = (begin = strchr(begin, '\n')) ? begin + 1 : NULL;
	if (!begin)
		return "";
	for (end = begin; last && (end = strchr(end, '\n')); last--)
		end++;
	if (end)
		*end = '\0';
	return begin;
}

/* Whether `text` has "name = " and what follows is a constant. */
static bool sets_constant(const char *text, const char *name)
{
	size_t len = strlen(name);

	while (len && (text = strstr(text, name))) {
		text += len;
		text += strspn(text, " \t");
		if (*text != '=' || text[1] == '=')
			continue;
		text++;
		text += strspn(text, " \t\n(~-");
		if ((*text >= '0' && *text <= '9') ||
		    (*text >= 'A' && *text <= 'Z'))
			return true;
	}
	return false;
}

/* The line of the goto by which the failure is left, or of op `release`. */
static uint32_t left_at(const struct scan *s, uint32_t test, uint32_t release)
{
	uint32_t i;

	for (i = test + 1; i < release; i++)
		if (view_op(&s->v, i)->kind == OP_JUMP)
			break;
	return view_op(&s->v, i)->line;
}

/*
 * What failed is marked by a value of the driver's own, which it asks for before
 * it unmaps: "x->dma = 0;". The facts have no constants in members for
 * DMA addresses.
 */
static bool is_marked(const struct scan *s, const struct life *life)
{
	const struct op *release = view_op(&s->v, life->bad_release);
	const struct op *test;
	const struct api_function *api = scan_api(s, release, API_UNMAP);
	const char *handle;
	char *text;
	bool found;

	if (!api || life->bad_test == NO_OP ||
	    life->bad_test >= life->bad_release)
		return false;
	test = view_op(&s->v, life->bad_test);
	handle = view_text(&s->v, release, api->handle.arg);
	text = tree_read(s->run->tree, view_str(&s->v, release->file), NULL);
	found = strpbrk(handle, ".>(") && text &&
		sets_constant(lines_of(text, test->line,
				       left_at(s, life->bad_test,
					       life->bad_release)), handle);
	free(text);
	return found;
}

/* dma_free_coherent() returns at once if it is given NULL; a pool does not. */
static bool frees_nothing(const struct scan *s, const struct life *life)
{
	return life->kind == LIFE_MEMORY &&
	       scan_api(s, view_op(&s->v, life->bad_release), API_FREE);
}

/* What was unmapped or freed already. */
static void second_release_in_life(const struct scan *s, const struct life *life)
{
	const struct op *op = view_op(&s->v, life->second_release);
	bool memory = life->kind == LIFE_MEMORY;
	struct finding *f;

	f = scan_report(s, op, memory ?
			"%s() of memory that a path has freed already" :
			"%s() of what a path has unmapped already",
			view_str(&s->v, op->spelling));
	life_add_step(f, s, life->op, memory ? "it is allocated here" :
		      "it is mapped here");
	life_add_step(f, s, life->first_release, memory ?
		      "it is freed here" : "it is unmapped here");
}

static void unmap_not_mapped_in_life(const struct scan *s, const struct life *life,
				     void *data)
{
	const struct op *op;
	struct finding *f;

	if (!life->is_given_up && life->second_release != NO_OP)
		second_release_in_life(s, life);
	if (life->is_given_up || life->bad_release == NO_OP ||
	    is_marked(s, life))
		return;
	op = view_op(&s->v, life->bad_release);
	if (frees_nothing(s, life))
		f = scan_report_level(s, op, LEVEL_NOTE,
				      "%s() of memory that was not allocated: NULL, which it ignores",
				      view_str(&s->v, op->spelling));
	else if (life->kind == LIFE_MEMORY)
		f = scan_report(s, op, "%s() of memory that was not allocated",
				view_str(&s->v, op->spelling));
	else
		f = machines_report(data, s, op, "%s() of what was not mapped",
				    view_str(&s->v, op->spelling));
	life_add_step(f, s, life->op, "this call failed");
	life_add_step(f, s, life->bad_test, "as is found out here");
}

static void report_optional_unmap(const struct scan *s,
				  const struct optional_unmap *u, void *data)
{
	struct finding *f = scan_report(s, u->op, "%s() of what was only mapped if %s",
					view_str(&s->v, u->op->spelling),
					u->condition);

	(void)data;
	lives_step(f, &u->mapped_in, u->map, "it is mapped here");
}

static void check_unmap_not_mapped(struct rule_run *run)
{
	struct kconfig *machines = machines_open(run);

	lives_each(run, unmap_not_mapped_in_life, machines);
	kconfig_free(machines);
	if (!run->alone)
		optional_unmaps_each(run, report_optional_unmap, NULL);
}

const struct rule unmap_not_mapped_rule = {
	.id = "unmap-not-mapped",
	.level = LEVEL_WARNING,
	.summary = "a path unmaps or frees what could not be mapped or allocated",
	.explanation =
"A mapping or an allocation has failed, the function has detected that, and\n"
"the path that it takes then unmaps or frees it. The address is\n"
"DMA_MAPPING_ERROR, or belongs to another mapping: IOMMU page tables or\n"
"SWIOTLB slots that are in use are released.\n"
"\n"
"Or a member is mapped on a condition, and another function unmaps it whatever\n"
"that is.\n"
"\n"
"The same holds for a path that unmaps or frees what it has unmapped or freed\n"
"already.\n"
"\n"
"It is a note where dma_free_coherent() gets the NULL of an allocation that\n"
"failed, which it ignores (kernel/dma/mapping.c, dma_free_attrs()), and where\n"
"the driver can only be built for machines on which no mapping fails\n"
"(policy.conf, [cannot-fail]).\n"
"\n"
"Make the error path start after the call that undoes the failed step.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .names = lives_names },
	.check = check_unmap_not_mapped,
};
