// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans the changes for a finding: which semantic patch on which calls, from the
 * pairings of maps and unmaps; for fix.c.
 */
#include "fix/plan-internal.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

#define WRITE_COMBINE "DMA_ATTR_WRITE_COMBINE"

/* --- what is known of maps and unmaps --- */

static struct plan_site site_of(const struct flow_call *call)
{
	return (struct plan_site){
		.file = xstrdup(call->loc.file),
		.function = xstrdup(call->loc.function ? call->loc.function :
				    ""),
		.line = call->loc.line,
		.column = call->loc.column,
		.module = xstrdup(call->module),
		.api = call->api,
		.param = flow_call_param(call, call->api->attrs),
	};
}

static struct plan_site partner_site(const struct flow_partner *partner)
{
	struct plan_site site = site_of(&partner->call);

	if (partner->has_via)
		site.via = (struct plan_via){ xstrdup(partner->via.file),
			partner->via.line, partner->via.column };
	return site;
}

static void site_release(struct plan_site *site)
{
	free(site->via.file);
	free(site->file);
	free(site->function);
	free(site->module);
}

bool plan_same_site(const struct plan_site *site, const char *file,
		    unsigned int line, unsigned int column)
{
	return site->line == line && site->column == column &&
	       !strcmp(site->file, file);
}

/* The only direction that the call can have, or -1. */
static int only_direction(const struct constants *set)
{
	return set->nr == 1 && !set->unknown ? (int)set->values[0] : -1;
}

static void remember_pairing(const struct flow_pairing *p, void *data)
{
	struct planner *planner = data;
	uint64_t valid = unmap_valid(planner->opt->tree);
	struct plan_pairing *to;
	size_t i;

	ALLOC_GROW(planner->pairings, planner->nr + 1, planner->alloc);
	to = &planner->pairings[planner->nr++];
	memset(to, 0, sizeof(*to));
	to->unmap = partner_site(&p->unmap);
	to->maps = xcalloc(p->nr_maps, sizeof(*to->maps));
	to->nr_maps = p->nr_maps;
	to->lost = valid;
	to->whole = p->complete;
	to->certain = p->complete;
	to->wc = p->complete;
	to->unmap_direction = only_direction(&p->unmap.directions);
	to->map_direction = p->complete ?
		only_direction(&p->maps[0].directions) : -1;
	for (i = 0; i < p->nr_maps; i++) {
		const struct flow_partner *map = &p->maps[i];
		struct attr_difference d = attrs_compare(planner->opt->tree,
			map, &p->unmap, valid);

		to->maps[i] = partner_site(map);
		if (only_direction(&map->directions) != to->map_direction)
			to->map_direction = -1;
		to->certain &= !d.added && (!i || d.lost == to->lost) &&
			       constants_common(&map->attrs) ==
				       constants_any(&map->attrs);
		to->lost &= d.lost;
		to->wc &= map->call.api->implies &&
			  !strcmp(map->call.api->implies, WRITE_COMBINE);
	}
}

static void remember_site(const struct flow_call *call, void *data)
{
	struct planner *planner = data;

	ALLOC_GROW(planner->sites, planner->nr_sites + 1,
		   planner->alloc_sites);
	planner->sites[planner->nr_sites++] = site_of(call);
}

void planner_init(struct planner *planner, const struct fix_options *opt)
{
	memset(planner, 0, sizeof(*planner));
	planner->opt = opt;
	if (!opt->calls)
		return;
	flow_each_pairing(opt->calls, remember_pairing, planner);
	flow_each_call(opt->calls, API_SINK | API_UNMAP, remember_site,
		       planner);
}

void planner_release(struct planner *planner)
{
	size_t i, j;

	for (i = 0; i < planner->nr; i++) {
		struct plan_pairing *p = &planner->pairings[i];

		site_release(&p->unmap);
		for (j = 0; j < p->nr_maps; j++)
			site_release(&p->maps[j]);
		free(p->maps);
	}
	free(planner->pairings);
	for (i = 0; i < planner->nr_sites; i++)
		site_release(&planner->sites[i]);
	free(planner->sites);
	for (i = 0; i < planner->nr_callers; i++) {
		free(planner->callers[i].file);
		free(planner->callers[i].caller);
	}
	free(planner->callers);
	names_release(&planner->uses);
	intern_release(&planner->names);
}

/* --- plans --- */

struct plan_change *plan_add(struct plan *plan, const char *patch,
			     const char *attr, const struct plan_site *site)
{
	struct plan_change *c;
	size_t i;

	for (i = 0; i < plan->nr; i++) {
		c = &plan->changes[i];
		if (plan_same_site(site, c->file, c->line, c->column) &&
		    !strcmp(c->patch, patch) &&
		    !strcmp(c->attr ? c->attr : "", attr ? attr : ""))
			return c;
	}
	ALLOC_GROW(plan->changes, plan->nr + 1, plan->alloc);
	c = &plan->changes[plan->nr++];
	*c = (struct plan_change){
		.patch = patch,
		.attr = attr ? xstrdup(attr) : NULL,
		.file = xstrdup(site->file),
		.function = xstrdup(site->function ? site->function : ""),
		.line = site->line,
		.column = site->column,
	};
	return c;
}

static struct plan_site finding_site(const struct finding *f)
{
	return (struct plan_site){
		.file = f->loc.file,
		.function = f->loc.function ? f->loc.function : (char *)"",
		.line = f->loc.line,
		.column = f->loc.column,
	};
}

bool plan_is_missing(const struct planner *planner,
		     const struct plan_site *map)
{
	const struct findings *all = planner->opt->findings;
	size_t i;

	for (i = 0; i < all->nr; i++)
		if (all->list[i].level >= LEVEL_WARNING &&
		    !strcmp(all->list[i].rule, "missing-require-coherent") &&
		    plan_same_site(map, all->list[i].loc.file,
			      all->list[i].loc.line, all->list[i].loc.column))
			return true;
	return false;
}

static void remember_caller(const struct flow_sink *hit, void *data)
{
	struct planner *planner = data;

	if (!hit->caller)
		return;
	ALLOC_GROW(planner->callers, planner->nr_callers + 1,
		   planner->alloc_callers);
	planner->callers[planner->nr_callers++] = (struct plan_caller){
		.file = xstrdup(hit->loc.file),
		.caller = xstrdup(hit->caller),
		.line = hit->loc.line,
		.column = hit->loc.column,
	};
}

const char *plan_who_brings(struct planner *planner, const struct finding *f)
{
	size_t i;

	if (!planner->has_callers)
		flow_each_sink(planner->opt->flow,
			       tree_attr_mask(planner->opt->tree,
					      REQUIRE_COHERENT),
			       remember_caller, planner);
	planner->has_callers = true;
	for (i = 0; i < planner->nr_callers; i++) {
		const struct plan_caller *c = &planner->callers[i];

		if (c->line == f->loc.line && c->column == f->loc.column &&
		    !strcmp(c->file, f->loc.file))
			return c->caller;
	}
	return NULL;
}

/*
 * A field is one place for all objects. If the file of the map unmaps it, an
 * unmap in another file that uses the same field belongs to another object.
 */
bool plan_ends_at_home(const struct planner *planner,
		       const struct plan_site *map,
		       const struct plan_site *unmap)
{
	size_t i, j;

	if (!strcmp(map->file, unmap->file))
		return false;
	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		for (j = 0; j < p->nr_maps; j++)
			if (!strcmp(p->unmap.file, map->file) &&
			    plan_same_site(&p->maps[j], map->file, map->line,
				      map->column))
				return true;
	}
	return false;
}

/*
 * Change the unmap of `p`, which must not unmap other memory. If a helper unmaps
 * for several callers, each of them has its own pairing.
 */
static void add_unmap(struct planner *planner, struct plan *plan,
		      const struct plan_pairing *p)
{
	size_t i, j;

	plan_add(plan, "add-require-coherent", NULL, &p->unmap);
	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *q = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, q->unmap.file, q->unmap.line,
			       q->unmap.column))
			continue;
		for (j = 0; j < q->nr_maps; j++) {
			if (plan_is_missing(planner, &q->maps[j]) ||
			    !pairing_in_family(q->maps[j].api, q->unmap.api) ||
			    plan_ends_at_home(planner, &q->maps[j], &q->unmap))
				continue;
			plan->why_not = xstrfmt("%s:%u also unmaps the memory that %s:%u maps, which is not known to be user memory",
				p->unmap.file, p->unmap.line,
				q->maps[j].file, q->maps[j].line);
			return;
		}
	}
}

static const struct plan_site *find_site(const struct planner *planner,
					 const struct location *loc)
{
	size_t i;

	for (i = 0; i < planner->nr_sites; i++)
		if (plan_same_site(&planner->sites[i], loc->file, loc->line,
			      loc->column))
			return &planner->sites[i];
	return NULL;
}

bool plan_is_paired(const struct planner *planner,
		    const struct plan_site *unmap)
{
	size_t i;

	for (i = 0; i < planner->nr; i++)
		if (plan_same_site(&planner->pairings[i].unmap, unmap->file,
			      unmap->line, unmap->column))
			return true;
	return false;
}

/* Whether the file of the unmap has a map that may belong to it. */
static bool maps_itself(const struct planner *planner,
			const struct plan_site *unmap)
{
	size_t i;

	for (i = 0; i < planner->nr_sites; i++) {
		const struct plan_site *s = &planner->sites[i];

		if ((s->api->roles & API_SINK) &&
		    !strcmp(s->file, unmap->file) &&
		    pairing_in_family(s->api, unmap->api))
			return true;
	}
	return false;
}

/*
 * No pairing says where the memory is unmapped. If the file maps nothing else
 * of the kind, its unmaps belong to this map, unless another file of the module
 * has an unmap that may belong to it as well.
 */
static void add_unmaps_of_file(struct planner *planner, struct plan *plan)
{
	const struct plan_site *map = find_site(planner, &plan->finding->loc);
	size_t i, before = plan->nr;

	for (i = 0; map && i < planner->nr_sites; i++) {
		const struct plan_site *s = &planner->sites[i];
		bool same_file = !strcmp(s->file, map->file);

		if (strcmp(s->module, map->module) ||
		    !pairing_in_family(map->api, s->api) || plan_is_paired(planner, s))
			continue;
		if (s->api->roles & API_SINK) {
			if (same_file && !plan_is_missing(planner, s))
				map = NULL;
			continue;
		}
		if (!same_file && !maps_itself(planner, s))
			map = NULL;
		if (same_file)
			plan_add(plan, "add-require-coherent", NULL, s);
	}
	if (!map || plan->nr == before)
		plan->why_not = xstrdup("no unmap was found for this memory, and the unmap must carry the attribute as well");
}

/* Every unmap of what the finding maps. */
static void add_unmaps(struct planner *planner, struct plan *plan)
{
	const struct finding *f = plan->finding;
	bool any = false;
	size_t i, j;

	for (i = 0; i < planner->nr && !plan->why_not; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		for (j = 0; j < p->nr_maps; j++)
			if (plan_same_site(&p->maps[j], f->loc.file, f->loc.line,
				      f->loc.column))
				break;
		if (j == p->nr_maps ||
		    !pairing_in_family(p->maps[j].api, p->unmap.api))
			continue;
		any = true;
		add_unmap(planner, plan, p);
	}
	if (!any)
		add_unmaps_of_file(planner, plan);
}

static void plan_missing(struct planner *planner, struct plan *plan)
{
	struct plan_site map = finding_site(plan->finding);

	if (!tree_attr_mask(planner->opt->tree, REQUIRE_COHERENT)) {
		plan->why_not = xstrfmt("Linux %s does not define " REQUIRE_COHERENT,
					planner->opt->tree->version);
		return;
	}
	if (plan_who_brings(planner, plan->finding)) {
		plan_helper(planner, plan);
		return;
	}
	plan->why_not = plan_shared_above(planner, plan->finding);
	if (plan->why_not)
		return;
	plan_add(plan, "add-require-coherent", NULL, &map);
	add_unmaps(planner, plan);
}

static bool shares_map(const struct plan_pairing *a,
		       const struct plan_pairing *b)
{
	size_t i, j;

	for (i = 0; i < a->nr_maps; i++)
		for (j = 0; j < b->nr_maps; j++)
			if (plan_same_site(&a->maps[i], b->maps[j].file,
					   b->maps[j].line, b->maps[j].column))
				return true;
	return false;
}

/*
 * The direction of the maps, if another unmap of the same memory has it and none
 * has a third one: then this unmap is the wrong side. Else -1.
 */
static int right_direction(const struct planner *planner,
			   const struct plan_site *unmap)
{
	int right = -1;
	bool agrees = false;
	size_t i, j;

	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, unmap->file, unmap->line,
				    unmap->column))
			continue;
		if (p->map_direction < 0 || p->unmap_direction < 0 ||
		    (right >= 0 && right != p->map_direction))
			return -1;
		right = p->map_direction;
		for (j = 0; j < planner->nr; j++) {
			const struct plan_pairing *q = &planner->pairings[j];

			if (plan_same_site(unmap, q->unmap.file, q->unmap.line,
					   q->unmap.column) ||
			    !shares_map(p, q))
				continue;
			if (q->unmap_direction != right)
				return -1;
			agrees = true;
		}
	}
	return agrees ? right : -1;
}

static void plan_direction(const struct planner *planner, struct plan *plan,
			   const struct plan_site *unmap)
{
	static const char *const names[] = { "DMA_BIDIRECTIONAL",
		"DMA_TO_DEVICE", "DMA_FROM_DEVICE" };
	int right = right_direction(planner, unmap);

	if (right >= 0 && right < (int)ARRAY_SIZE(names))
		plan_add(plan, "unmap-direction", names[right], unmap)->value_of =
			"direction";
	else
		plan->why_not = xstrdup("the direction or the function differs, and it is not known which side is wrong");
}

static void plan_unmap(struct planner *planner, struct plan *plan)
{
	struct plan_site site = finding_site(plan->finding);
	const struct plan_pairing *found = NULL;
	uint64_t bit;
	size_t i;

	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, site.file, site.line, site.column))
			continue;
		if (!p->lost)
			continue;
		if (!p->certain ||
		    (found && found->lost != p->lost)) {
			plan->why_not = xstrdup("the map does not always pass the same attributes; store them in the object and pass them to the unmap");
			return;
		}
		found = p;
	}
	if (!found) {
		plan_direction(planner, plan, &site);
		return;
	}
	bit = found->unmap.api->roles & API_FREE ? 0 : found->lost &
		attrs_of_allocations(planner->opt->tree);
	if (bit) {
		char *name = attr_names(planner->opt->tree, bit);

		plan->why_not = xstrfmt("%s is for allocations; drop it from the map instead",
					name);
		free(name);
		return;
	}
	for (bit = 1; bit; bit <<= 1) {
		char *name;

		if (!(found->lost & bit))
			continue;
		name = attr_names(planner->opt->tree, bit);
		plan_add(plan, "unmap-attrs", name, &site);
		free(name);
	}
}

static void plan_wc_free(struct planner *planner, struct plan *plan)
{
	struct plan_site site = finding_site(plan->finding);
	size_t i;

	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, site.file, site.line, site.column) ||
		    p->wc)
			continue;
		plan->why_not = xstrdup("not all of this memory comes from dma_alloc_wc(); free it with dma_free_attrs() and the attributes of the allocation");
		return;
	}
	plan_add(plan, "wc-free", NULL, &site);
}

static bool is_in_function_of(const struct finding *f, const struct finding *g)
{
	return f->loc.function && g->loc.function &&
	       !strcmp(f->loc.file, g->loc.file) &&
	       !strcmp(f->loc.function, g->loc.function);
}

/*
 * A mapping that is compared with 0 is not checked, either: both are one fix. The
 * finding that comes next in the function if it says that, or NULL.
 */
static const struct finding *compared_with_0(const struct planner *planner,
					     const struct finding *f)
{
	const struct findings *all = planner->opt->findings;
	const struct finding *next = NULL;
	size_t i;

	for (i = 0; i < all->nr; i++) {
		const struct finding *g = &all->list[i];
		bool is_zero = !strcmp(g->rule, "dma-address-zero-check");

		if ((is_zero || !strcmp(g->rule, f->rule)) &&
		    g->loc.line > f->loc.line && is_in_function_of(f, g) &&
		    (!next || g->loc.line < next->loc.line))
			next = g;
	}
	return next && strcmp(next->rule, f->rule) ? next : NULL;
}

/* Rules whose findings a semantic patch fixes at their own place. */
static const struct direct_fix {
	const char *rule, *patch;
	const char *unchanged;	/* as in struct plan_change */
	enum plan_extent extent;
} direct[] = {
	{ "map-sg-negative-check", "map-sg-negative-check", NULL, EXTENT_FUNCTION },
	{ "redundant-ignore-cachelines", "drop-redundant-ignore-cachelines",
	  NULL, EXTENT_CALL },
	{ "unmap-sg-mapped-count", "unmap-sg-count",
	  "the nents given to dma_map_sg() are not known there, or may have changed; store them beside the list",
	  EXTENT_CALL },
	{ "gfp-comp", "gfp-comp", "the flags are not written in the call",
	  EXTENT_CALL },
	{ "missing-mapping-error-check", "check-mapping",
	  "no error path of the function shows what to undo if the mapping fails",
	  EXTENT_BEHIND },
	{ "dma-address-zero-check", "dma-address-zero-check",
	  "the address can come from elsewhere, or is used before it is compared",
	  EXTENT_FUNCTION },
	{ "coherent-alloc-check", "coherent-alloc-check",
	  "the pointer or the address is used before it is tested, or they are set elsewhere as well",
	  EXTENT_CALL },
};

void plan_make(struct planner *planner, const struct finding *finding,
	       struct plan *plan)
{
	struct plan_site site;
	struct plan_change *change;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	plan->finding = finding;
	if (!strcmp(finding->rule, "missing-mapping-error-check")) {
		const struct finding *zero = compared_with_0(planner, finding);

		finding = zero ? zero : finding;
	}
	site = finding_site(finding);
	if (!strcmp(finding->rule, "missing-require-coherent"))
		return plan_missing(planner, plan);
	if (!strcmp(finding->rule, "unmap-attr-mismatch"))
		return plan_unmap(planner, plan);
	if (!strcmp(finding->rule, "wc-free-mismatch"))
		return plan_wc_free(planner, plan);
	if (!strcmp(finding->rule, "size-mismatch"))
		return plan_size(planner, plan);
	for (i = 0; i < ARRAY_SIZE(direct); i++) {
		if (strcmp(finding->rule, direct[i].rule))
			continue;
		change = plan_add(plan, direct[i].patch, NULL, &site);
		change->extent = direct[i].extent;
		change->unchanged = direct[i].unchanged;
		return;
	}
	if (!strcmp(finding->rule, "retired-attr-name")) {
		plan->why_not = xstrdup("use --rule retired-attr-name to rename it in the whole tree");
		return;
	}
	plan->why_not = xstrfmt("there is no automatic fix; see `dmacheck explain %s`",
				finding->rule);
}

void plan_release(struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr; i++) {
		free(plan->changes[i].attr);
		free(plan->changes[i].file);
		free(plan->changes[i].function);
		free(plan->changes[i].helper);
	}
	free(plan->changes);
	free(plan->why_not);
}
