// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which members a module maps on a condition only, and unmaps without one, from
 * the blocks of its functions, for unmap-not-mapped.
 */
#include "rules/common/optional-maps.h"

#include "lib/alloc.h"

struct optional_map {
	struct view v;
	uint32_t op;
	const char *member;	/* its name */
	const char *condition;	/* NULL: none */
};

struct optional_maps {
	struct rule_run *run;
	struct optional_map *list;
	size_t nr, alloc;
	void (*fn)(const struct scan *s, const struct optional_unmap *u,
		   void *data);
	void *data;
};

/* What follows the last . or -> of a member's text; "" if it is none. */
static const char *last_member(const char *text)
{
	const char *dot = strrchr(text, '.'), *arrow = strrchr(text, '>');

	if (!dot && !arrow)
		return "";
	return (dot > arrow ? dot : arrow) + 1;
}

/* The name of the member that keeps the result of the call; or "". */
static const char *kept_member(const struct scan *s, uint32_t call)
{
	uint32_t place = scan_kept_in(s, call), i;

	if (place != NO_PLACE && view_place(&s->v, place)->kind == PLACE_FIELD)
		return view_str(&s->v, view_place(&s->v, place)->name);
	for (i = call + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_KEEP &&
		    view_has_place(&s->v, op->value, view_op(&s->v, call)->dst))
			return last_member(view_str(&s->v, op->spelling));
	}
	return "";
}

static const struct block *block_of_function(const struct scan *s, uint32_t i)
{
	return &s->v.set->blocks[s->v.fn->first_block + i];
}

/*
 * The condition that the op stands under, if it is that of an if without an
 * else, in the function's body: the text, or NULL.
 */
static const char *own_condition(const struct scan *s, uint32_t op)
{
	const struct branch *branches = view_branches(&s->v);
	uint32_t branch = view_op(&s->v, op)->branch, i, first = NO_OP;
	uint32_t into = NO_BLOCK;

	if (!branch || branches[branch].kind != BRANCH_THEN ||
	    branches[branch].parent || branches[branch].leaves)
		return NULL;
	for (i = 0; i < s->v.fn->nr_branches; i++)
		if (branches[i].kind == BRANCH_ELSE &&
		    branches[i].offset == branches[branch].offset)
			return NULL;
	for (i = 0; i < s->v.fn->nr_ops && first == NO_OP; i++)
		if (view_op(&s->v, i)->branch == branch)
			first = i;
	/* The block that its first op begins, and the one that leads there. */
	for (i = 0; i < s->v.fn->nr_blocks; i++)
		if (block_of_function(s, i)->first_op <= first)
			into = i;
	for (i = 0; i < into; i++)
		if (block_of_function(s, i)->next[0] == into &&
		    block_of_function(s, i)->next[1] != NO_BLOCK)
			return view_str(&s->v, block_of_function(s, i)->text);
	return NULL;
}

static void add_map(const struct scan *s, const struct op *op, void *data)
{
	struct optional_maps *maps = data;
	uint32_t number = scan_number(s, op);
	struct optional_map m = { s->v, number, "", NULL };

	if (!scan_mapping(s, op))
		return;
	m.member = kept_member(s, number);
	if (!*m.member)
		return;
	m.condition = own_condition(s, number);
	ALLOC_GROW(maps->list, maps->nr + 1, maps->alloc);
	maps->list[maps->nr++] = m;
}

/* The one map of the member in the module, if it has a condition. */
static const struct optional_map *only_map(const struct optional_maps *maps,
					   const struct scan *s,
					   const char *member)
{
	const struct optional_map *found = NULL;
	size_t i;

	for (i = 0; *member && i < maps->nr; i++) {
		const struct optional_map *m = &maps->list[i];

		if (strcmp(m->member, member) ||
		    !scan_same_module(m->v.unit, s->v.unit))
			continue;
		if (found)
			return NULL;
		found = m;
	}
	return found && found->condition && *last_member(found->condition) ?
	       found : NULL;
}

static const char *unmapped_member(const struct scan *s, const struct op *op)
{
	const struct api_function *api = scan_api(s, op, API_UNMAP);

	return api && api->handle.arg >= 0 ?
		last_member(view_text(&s->v, op, api->handle.arg)) :
		"";
}

/* Whether the function tests the condition, or the member itself. */
static bool tests_any(const struct scan *s, const struct optional_map *m)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_blocks; i++) {
		const char *text = view_str(&s->v, block_of_function(s, i)->text);

		if (strstr(text, last_member(m->condition)) ||
		    strstr(text, m->member))
			return true;
	}
	return false;
}

/* The map of what op `unmap` unmaps, if that may not be mapped; or NULL. */
static const struct optional_map *unmapped_anyway(const struct optional_maps *maps,
						  const struct scan *s,
						  uint32_t unmap)
{
	const struct optional_map *m =
		only_map(maps, s, unmapped_member(s, view_op(&s->v, unmap)));

	return m && m->v.fn != s->v.fn && !tests_any(s, m) ? m : NULL;
}

/* Whether the op next to it unmaps what has a condition of its own. */
static bool has_other_beside(const struct optional_maps *maps,
			     const struct scan *s, uint32_t unmap,
			     uint32_t other, const struct optional_map *m)
{
	const struct optional_map *o;

	if (other >= s->v.fn->nr_ops ||
	    view_op(&s->v, other)->branch != view_op(&s->v, unmap)->branch)
		return false;
	o = unmapped_anyway(maps, s, other);
	return o && o->v.fn == m->v.fn && strcmp(o->condition, m->condition);
}

static void check_unmaps(const struct scan *s, void *data)
{
	struct optional_maps *maps = data;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct optional_map *m = unmapped_anyway(maps, s, i);
		struct optional_unmap u;

		if (!m || (view_op(&s->v, i)->branch &&
			   !has_other_beside(maps, s, i, i + 1, m) &&
			   !has_other_beside(maps, s, i, i - 1, m)))
			continue;
		u = (struct optional_unmap){ view_op(&s->v, i), m->v, m->op,
					     m->condition };
		maps->fn(s, &u, maps->data);
	}
}

void optional_unmaps_each(struct rule_run *run,
			  void (*fn)(const struct scan *s,
				     const struct optional_unmap *u,
				     void *data), void *data)
{
	struct optional_maps maps = { .run = run, .fn = fn, .data = data };

	scan_each_op(run, add_map, &maps);
	scan_each_function(run, check_unmaps, &maps);
	free(maps.list);
}
