// SPDX-License-Identifier: GPL-2.0-only
/* Compares attributes and direction of each unmap with those of its maps. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"
#include "rules/common/scan.h"
#include "rules/common/scopes.h"
#include "rules/common/sinks.h"

struct unmap_check {
	struct rule_run *run;
	uint64_t valid;		/* attributes that must not differ */
	struct places *reported;
};

enum fault { NO_FAULT, WRONG_DIRECTION, WRONG_FUNCTION, WRONG_ATTRS };

/* The differences between one map and its unmap. */
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

/* The choice between the alternatives may depend on the mapping. */
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
	places_add(check->reported, &p->unmap.call.loc);
}

/*
 * Members of a struct that flow does not follow ([barrier]), such as the lists
 * of a crypto request: what the same expression, or that member anywhere in the
 * module, is mapped with.
 */
struct member_map {
	struct view v;
	const char *record, *field, *text;
	const struct op *op;
	uint64_t direction;
	bool is_known;
};

struct member_maps {
	struct rule_run *run;
	struct member_map *list;
	size_t nr, alloc;
};

/* What keeps the result of the call, as text: "t->tx_dma"; or "". */
static const char *kept_text(const struct scan *s, uint32_t call)
{
	uint32_t i;

	for (i = call + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		uint32_t place = op->kind == OP_KEEP ?
			view_only_place(&s->v, op->value) : NO_PLACE;

		if (place != NO_PLACE &&
		    view_place(&s->v, place)->kind == PLACE_CALL &&
		    view_place(&s->v, place)->number == call)
			return view_str(&s->v, op->spelling);
	}
	return "";
}

static void add_member_map(const struct scan *s, const struct op *op,
			   const struct api_function *api, void *data)
{
	struct member_maps *maps = data;
	int arg = api->handle.arg;
	const struct arg_detail *d = view_detail(&s->v, op, arg);
	struct member_map m = { s->v, "", "", "", op, 0, false };

	if (api->direction < 0 ||
	    (d && view_first_place(&s->v, view_arg(&s->v, op, arg)) != NO_PLACE))
		return;
	m.text = arg == API_RETURN ? kept_text(s, scan_number(s, op)) :
		 view_text(&s->v, op, arg);
	if (!*m.text)
		return;
	m.field = strrchr(m.text, '>') ? strrchr(m.text, '>') + 1 : "";
	if (d && d->record) {
		m.record = view_str(&s->v, d->record);
		m.field = view_str(&s->v, d->field);
	}
	m.is_known = view_constant(&s->v, view_arg(&s->v, op, api->direction),
				   &m.direction);
	ALLOC_GROW(maps->list, maps->nr + 1, maps->alloc);
	maps->list[maps->nr++] = m;
}

static bool is_called_here(const struct scan *s, const struct view *callee)
{
	const char *key = view_str(callee, callee->fn->key);
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (!strcmp(scan_callee_key(s, view_op(&s->v, i)), key))
			return true;
	return false;
}

/* Whether the unmap `op` may be about that map, by the member. */
static bool is_same_member(const struct member_map *m, const struct scan *s,
			   const struct arg_detail *d)
{
	return d->record && d->field &&
	       (!*m->record ||
		!strcmp(m->record, view_str(&s->v, d->record))) &&
	       !strcmp(m->field, view_str(&s->v, d->field)) &&
	       scan_same_module(m->v.unit, s->v.unit);
}

/*
 * A map in another direction if all that may be meant are mapped so: those of
 * the same text before the unmap `op`, unless a function that is called there
 * maps it anew; or else those of the member anywhere in the module.
 */
static const struct member_map *mapped_otherwise(const struct member_maps *maps,
						 const struct scan *s,
						 const struct op *op,
						 const struct arg_detail *d,
						 uint64_t direction)
{
	const struct member_map *here = NULL, *found = NULL;
	bool is_right_here = false, is_right = false;
	size_t i;

	for (i = 0; i < maps->nr; i++) {
		const struct member_map *m = &maps->list[i];
		bool right = !m->is_known || m->direction == direction;

		if (m->v.fn == s->v.fn && m->op < op &&
		    !strcmp(m->text, view_str(&s->v, d->text))) {
			here = m;
			is_right_here |= right;
		} else if (is_same_member(m, s, d)) {
			is_right_here |= right && is_called_here(s, &m->v);
		} else {
			continue;
		}
		found = m;
		is_right |= right;
	}
	if (here)
		return is_right_here ? NULL : here;
	return is_right || s->run->alone ? NULL : found;
}

static void check_member_unmap(const struct scan *s, const struct op *op,
			       const struct api_function *api, void *data)
{
	const struct member_maps *maps = data;
	const struct arg_detail *d = view_detail(&s->v, op, api->handle.arg);
	struct constants was = { .nr = 1 }, is = { .nr = 1 };
	const struct member_map *m;
	struct location loc;

	if (!d || !*view_str(&s->v, d->text) ||
	    view_first_place(&s->v, view_arg(&s->v, op, api->handle.arg)) !=
		    NO_PLACE ||
	    !view_constant(&s->v, view_arg(&s->v, op, api->direction),
			   &is.values[0]))
		return;
	m = mapped_otherwise(maps, s, op, d, is.values[0]);
	if (!m)
		return;
	was.values[0] = m->direction;
	loc = view_location(&m->v, m->op);
	finding_step(scan_report_level(s, op, LEVEL_WARNING,
				       "mapped %s, but unmapped %s",
				       direction_name(&was),
				       direction_name(&is)),
		     &loc, "mapped here with %s()",
		     view_str(&m->v, m->op->spelling));
}

static void check_members(struct rule_run *run)
{
	struct member_maps maps = { .run = run };

	scan_each_call(run, API_SINK, add_member_map, &maps);
	scan_each_call(run, API_UNMAP, check_member_unmap, &maps);
	free(maps.list);
}

/*
 * Addresses that come back from the hardware's own descriptors, whose map is not
 * known: no map of the module is in that direction.
 */
struct module_directions {
	struct rule_run *run;
	const struct places *reported;	/* by the map that is known */
	struct scopes scopes;
	struct intern_pool mapped;	/* "scope direction" */
	struct intern_pool unclear;	/* scopes that map in any direction */
};

static bool maps_so(const struct module_directions *d, const char *scope,
		    uint64_t direction)
{
	char *name = xstrfmt("%s %llu", scope, (unsigned long long)direction);
	bool found = intern_has(&d->mapped, name);

	free(name);
	return found;
}

static void find_module_direction(const struct scan *s, const struct op *op,
				  void *data)
{
	struct module_directions *d = data;
	const struct api_function *api = scan_api(s, op, API_SINK);
	const struct strvec *names;
	uint64_t direction;
	char *name;
	size_t i;

	if (!api && strncmp(scan_callee(s, op), "page_pool_", 10))
		return;
	names = scopes_of(&d->scopes, d->run->program, s->v.unit);
	for (i = 0; i < names->nr; i++) {
		if (!api || api->direction < 0 ||
		    !view_constant(&s->v, view_arg(&s->v, op, api->direction),
				   &direction)) {
			intern(&d->unclear, names->v[i]);
			continue;
		}
		name = xstrfmt("%s %llu", names->v[i],
			       (unsigned long long)direction);
		intern(&d->mapped, name);
		free(name);
	}
}

/* Whether all that shares structs with the file maps in other directions. */
static bool never_maps_so(struct module_directions *d, const struct unit *unit,
			  uint64_t direction)
{
	const struct strvec *names = scopes_of(&d->scopes, d->run->program, unit);
	bool any = false;
	uint64_t other;
	size_t i;

	for (i = 0; i < names->nr; i++) {
		if (maps_so(d, names->v[i], direction) ||
		    intern_has(&d->unclear, names->v[i]))
			return false;
		for (other = 0; other < 3; other++)
			any |= maps_so(d, names->v[i], other);
	}
	return any;
}

/* Whether the function unmaps in another direction, too: which, a flag may say. */
static bool unmaps_otherwise(const struct scan *s, uint64_t direction)
{
	uint64_t other;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *api = scan_api(s, op, API_UNMAP);

		if (api && (!view_constant(&s->v, view_arg(&s->v, op,
							   api->direction),
					   &other) || other != direction))
			return true;
	}
	return false;
}

static void check_module_direction(const struct scan *s, const struct op *op,
				   const struct api_function *api, void *data)
{
	struct location loc = view_location(&s->v, op);
	const struct module_directions *d = data;
	const struct arg_detail *detail =
		view_detail(&s->v, op, api->handle.arg);
	struct constants is = { .nr = 1 };

	/* The subsystem may have mapped what is in its own structs. */
	if (!api_in_family(api, "page") || s->run->alone ||
	    (detail && detail->record &&
	     api_barrier(s->run->api, view_str(&s->v, detail->record))) ||
	    !view_constant(&s->v, view_arg(&s->v, op, api->direction),
			   &is.values[0]) ||
	    places_have(d->reported, &loc) ||
	    unmaps_otherwise(s, is.values[0]) ||
	    !never_maps_so(data, s->v.unit, is.values[0]))
		return;
	scan_report_level(s, op, LEVEL_WARNING, "unmapped %s, which nothing in the module maps",
			  direction_name(&is));
}

static void check_modules(struct rule_run *run, const struct places *reported)
{
	struct module_directions d = { .run = run, .reported = reported,
				       .scopes = SCOPES_INIT };

	scan_each_op(run, find_module_direction, &d);
	scan_each_call(run, API_UNMAP, check_module_direction, &d);
	intern_release(&d.mapped);
	intern_release(&d.unclear);
	scopes_release(&d.scopes);
}

static void check_unmap_attr_mismatch(struct rule_run *run)
{
	struct places reported = { INTERN_POOL_INIT };
	struct unmap_check check = { run, unmap_valid(run->tree), &reported };

	flow_each_pairing(run->calls, report_unmap, &check);
	check_members(run);
	check_modules(run, &reported);
	places_release(&reported);
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
