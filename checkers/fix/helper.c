// SPDX-License-Identifier: GPL-2.0-only
/*
 * Plans the fix of a function that maps user memory for one caller and kernel
 * memory for another: it gets a parameter for the attributes, and so does the
 * function that unmaps. All uses come from the text of the tree, the memory that
 * each caller passes comes from the flow.
 */
#include "fix/plan-internal.h"

#include "facts/program.h"
#include "flow/flow.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "rules/common/pairing.h"
#include "tree/tree.h"

#define PARAMETER "add-attrs-parameter"
#define COHERENT "add-require-coherent"

/* A call of the function that maps. */
struct call {
	char *file, *function;
	unsigned int line, column;
	bool brings, shared, attrs_above;
	int param;
	enum attr_state attrs;
};

struct helper {
	struct planner *planner;
	struct plan *plan;
	struct call *calls;	/* of `map`, as the flow knows them */
	size_t nr_calls, alloc_calls;
	struct helper_target map;
	char **covered;		/* files in which user memory is unmapped */
	size_t nr_covered, alloc_covered;
};

static void refuse_helper(struct helper *h, char *why)
{
	if (h->plan->why_not)
		free(why);
	else
		h->plan->why_not = why;
}

/* --- who calls it, by the flow --- */

static void see_caller(const struct flow_caller *caller, void *data)
{
	struct helper *h = data;
	struct call *c = NULL;
	size_t i;

	for (i = 0; i < h->nr_calls && !c; i++)
		if (h->calls[i].line == caller->loc.line &&
		    h->calls[i].column == caller->loc.column &&
		    !strcmp(h->calls[i].file, caller->loc.file))
			c = &h->calls[i];
	if (!c) {
		ALLOC_GROW(h->calls, h->nr_calls + 1, h->alloc_calls);
		c = &h->calls[h->nr_calls++];
		*c = (struct call){
			.file = xstrdup(caller->loc.file),
			.function = xstrdup(caller->loc.function ?
					    caller->loc.function : ""),
			.line = caller->loc.line,
			.column = caller->loc.column,
			.param = caller->param,
			.attrs = caller->attrs,
		};
	}
	c->brings |= caller->brings;
	c->shared |= caller->brings && caller->shared;
	c->attrs_above |= caller->brings && caller->attrs_above;
	if (c->param != caller->param)
		refuse_helper(h, xstrfmt("the mappings in %s() do not all take their attributes from the same parameter",
				  h->map.name));
	if (caller->attrs != c->attrs)
		c->attrs = ATTR_UNKNOWN;
}

/* Ask for the callers of each mapping in the function without the attribute. */
static void see_callers(struct helper *h)
{
	const struct fix_options *opt = h->planner->opt;
	size_t i;

	for (i = 0; i < opt->findings->nr; i++) {
		const struct finding *f = &opt->findings->list[i];
		const struct plan_site site = { .file = f->loc.file,
			.line = f->loc.line, .column = f->loc.column };

		if (f->loc.function && !strcmp(f->loc.file, h->map.file) &&
		    !strcmp(f->loc.function, h->map.name) &&
		    plan_is_missing(h->planner, &site))
			flow_each_caller(opt->flow,
					 tree_attr_mask(opt->tree,
							REQUIRE_COHERENT),
					 &f->loc, see_caller, h);
	}
}

static const struct call *find_call(const struct helper *h, const char *file,
				    unsigned int line, unsigned int column)
{
	size_t i;

	for (i = 0; i < h->nr_calls; i++)
		if (h->calls[i].line == line && h->calls[i].column == column &&
		    !strcmp(h->calls[i].file, file))
			return &h->calls[i];
	return NULL;
}

static const struct call *shared_call(const struct helper *h)
{
	size_t i;

	for (i = 0; i < h->nr_calls; i++)
		if (h->calls[i].shared)
			return &h->calls[i];
	return NULL;
}

static void release_helper(struct helper *h)
{
	size_t i;

	for (i = 0; i < h->nr_calls; i++) {
		free(h->calls[i].file);
		free(h->calls[i].function);
	}
	free(h->calls);
	helper_release(&h->map);
	for (i = 0; i < h->nr_covered; i++)
		free(h->covered[i]);
	free(h->covered);
}

static char *say_shared(const struct helper *h)
{
	const struct call *c = shared_call(h);

	return c ? xstrfmt("%s() maps memory that the callers of %s() pass, and not all of them pass user memory; give both functions a parameter for the attributes and let the caller that passes user memory pass " REQUIRE_COHERENT,
			   h->map.name, c->function) : NULL;
}

char *plan_shared_above(struct planner *planner,
			const struct finding *finding)
{
	struct helper h = { .planner = planner, .map = {
		.file = finding->loc.file, .name = finding->loc.function } };
	struct plan none = { .finding = finding };
	char *why = NULL;

	h.plan = &none;
	if (h.map.name) {
		see_callers(&h);
		why = say_shared(&h);
	}
	free(none.why_not);
	release_helper(&h);
	return why;
}

/* --- which memory it is --- */

enum kin { OTHER_MEMORY, USER_MEMORY, NOT_KNOWN };

static bool is_helper(const struct helper *h, const struct plan_site *site)
{
	return !strcmp(site->file, h->map.file) &&
	       !strcmp(site->function, h->map.name);
}

static enum kin together(enum kin a, enum kin b)
{
	return a == b ? a : NOT_KNOWN;
}

/* The kind of memory that a map of a pairing maps. */
static enum kin kin_of_map(const struct helper *h, const struct plan_site *map)
{
	const struct call *c;

	if (!is_helper(h, map))
		return plan_is_missing(h->planner, map) ? NOT_KNOWN :
							  OTHER_MEMORY;
	if (!map->via.line)
		return NOT_KNOWN;
	c = find_call(h, map->via.file, map->via.line, map->via.column);
	return c && c->brings ? USER_MEMORY : OTHER_MEMORY;
}

static bool is_via(const struct plan_site *site, const struct name_use *call)
{
	return !call || !site->via.line ||
	       (site->via.line == call->line &&
		site->via.column == call->column &&
		!strcmp(site->via.file, call->file));
}

/* The kind that the unmap ends, by its pairings, for one caller or for all. */
static enum kin by_pairing(const struct helper *h,
			   const struct plan_site *unmap,
			   const struct name_use *call)
{
	const struct planner *planner = h->planner;
	enum kin kin = NOT_KNOWN;
	bool any = false;
	size_t i, j;

	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, unmap->file, unmap->line,
				    unmap->column) || !is_via(&p->unmap, call))
			continue;
		for (j = 0; j < p->nr_maps; j++) {
			const struct plan_site *m = &p->maps[j];

			if (!pairing_in_family(m->api, unmap->api) ||
			    (!is_helper(h, m) &&
			     plan_ends_at_home(planner, m, unmap)))
				continue;
			kin = any ? together(kin, kin_of_map(h, m)) :
				    kin_of_map(h, m);
			any = true;
		}
		if (any && !p->whole)
			return NOT_KNOWN;
	}
	return kin;
}

static void cover(struct helper *h, const char *file)
{
	ALLOC_GROW(h->covered, h->nr_covered + 1, h->alloc_covered);
	h->covered[h->nr_covered++] = xstrdup(file);
}

/* Cover the files of the callers that pass the memory unmapped there. */
static void cover_paired(struct helper *h, const struct plan_site *unmap,
			 const struct name_use *call)
{
	const struct planner *planner = h->planner;
	size_t i, j;

	for (i = 0; i < planner->nr; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!plan_same_site(&p->unmap, unmap->file, unmap->line,
				    unmap->column) || !is_via(&p->unmap, call))
			continue;
		for (j = 0; j < p->nr_maps; j++)
			if (p->maps[j].via.line)
				cover(h, p->maps[j].via.file);
	}
}

/* The kind by the maps in a file: a field is one place for all objects. */
static enum kin kin_in_file(const struct helper *h, const char *file,
			    const struct plan_site *unmap, bool *maps)
{
	const struct planner *planner = h->planner;
	bool user = false, other = false;
	size_t i;

	for (i = 0; i < h->map.nr; i++) {
		const struct name_use *u = h->map.uses[i];
		const struct call *c;

		if (u->kind != NAME_CALLED || strcmp(u->file, file))
			continue;
		c = find_call(h, u->file, u->line, u->column);
		user |= c && c->brings;
		other |= !c || !c->brings;
	}
	for (i = 0; i < planner->nr_sites; i++) {
		const struct plan_site *s = &planner->sites[i];

		other |= (s->api->roles & API_SINK) && !is_helper(h, s) &&
			!strcmp(s->file, file) &&
			pairing_in_family(s->api, unmap->api);
	}
	*maps = user || other;
	return user && other ? NOT_KNOWN : user ? USER_MEMORY :
	       other ? OTHER_MEMORY : NOT_KNOWN;
}

/* --- the changes --- */

/* Let a map or unmap in the function of `t` use the parameter. */
static void use_parameter(struct helper *h, const struct helper_target *t,
			  const struct plan_site *site)
{
	if (t->param < 0 || site->param < 0)
		plan_add(h->plan, COHERENT, t->attr, site);
}

/* The header that defines the attributes, if the file does not include it. */
static const char *lacks_header(const struct helper *h, const char *file)
{
	static const char header[] = "linux/dma-mapping.h";
	const struct program *program = h->planner->opt->program;
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];

		if (strcmp(unit->file, file))
			continue;
		for (j = 0; j < unit->nr_headers; j++)
			if (!strcmp(intern_str(&program->names,
					       unit->headers[j]),
				    "include/linux/dma-mapping.h"))
				return NULL;
		return header;
	}
	return NULL;
}

static void change_use(struct helper *h, const struct helper_target *t,
		       const struct name_use *u, const char *value)
{
	const struct plan_site site = {
		.file = u->file, .function = u->function,
		.line = u->line, .column = u->column,
	};
	struct plan_change *c;

	if (u->kind == NAME_EXPORTED || (t->param >= 0 && !value))
		return;
	c = plan_add(h->plan, PARAMETER, value ? value : t->attr, &site);
	free(c->helper);
	c->helper = xstrdup(t->name);
	c->how = u->kind != NAME_CALLED ? HELPER_DECLARE :
		 t->param >= 0 ? HELPER_PASS : HELPER_CALL;
	c->nr_args = u->nr_args;
	c->again = u->last_arg && value && !strcmp(u->last_arg, value);
	if (value && strcmp(value, "0"))
		c->include = lacks_header(h, u->file);
}

/* spatch changes all calls of a function alike. */
static void check_functions(struct helper *h)
{
	size_t i, j;

	for (i = 0; i < h->plan->nr; i++)
		for (j = 0; j < i; j++) {
			const struct plan_change *a = &h->plan->changes[i];
			const struct plan_change *b = &h->plan->changes[j];

			if (a->how == HELPER_CALL && b->how == HELPER_CALL &&
			    !strcmp(a->helper, b->helper) &&
			    !strcmp(a->file, b->file) &&
			    !strcmp(a->function, b->function) &&
			    strcmp(a->attr, b->attr))
				refuse_helper(h, xstrfmt("%s() calls %s() both for user memory and for other memory",
						  a->function, a->helper));
		}
}

static void change_map(struct helper *h)
{
	struct helper_target *t = &h->map;
	const struct planner *planner = h->planner;
	size_t i;

	for (i = 0; i < t->nr && !h->plan->why_not; i++) {
		const struct name_use *u = t->uses[i];
		const struct call *c = u->kind != NAME_CALLED ? NULL :
			find_call(h, u->file, u->line, u->column);
		bool brings = c && c->brings;

		if (brings && c->attrs_above)
			refuse_helper(h, xstrfmt("%s() gets the attributes from its own callers",
					  c->function));
		else if (brings && t->param >= 0 && c->attrs == ATTR_UNKNOWN)
			refuse_helper(h, xstrfmt("the attributes that %s:%u passes are not known",
					  u->file, u->line));
		else if (u->kind == NAME_CALLED && !c)
			refuse_helper(h, xstrfmt("%s:%u also calls %s(), and it is not known with which memory, because that code was not analysed",
					  u->file, u->line, t->name));
		if (u->kind != NAME_CALLED)
			change_use(h, t, u, NULL);
		else if (t->param < 0)
			change_use(h, t, u, brings ? REQUIRE_COHERENT : "0");
		else if (brings && c->attrs != ATTR_HAS)
			change_use(h, t, u, REQUIRE_COHERENT);
	}
	for (i = 0; i < planner->nr_sites; i++)
		if ((planner->sites[i].api->roles & API_SINK) &&
		    is_helper(h, &planner->sites[i]) &&
		    plan_is_missing(planner, &planner->sites[i]))
			use_parameter(h, t, &planner->sites[i]);
}

static void say_not_known(struct helper *h, const char *file,
			  unsigned int line, bool maps)
{
	refuse_helper(h, xstrfmt("it is not known whether %s:%u unmaps user memory: %s",
			  file, line, maps ?
			  "the file maps both user memory and other memory" :
			  "the file maps nothing"));
}

/* The unmap stands in a function that unmaps for several callers. */
static void change_unmap(struct helper *h, const struct plan_site *unmap)
{
	struct helper_target t = { .file = unmap->file, .name = unmap->function,
			    .param = unmap->param };
	char *why = helper_prepare(h->planner, &t);
	size_t i;

	if (why)
		refuse_helper(h, why);
	else
		use_parameter(h, &t, unmap);
	for (i = 0; i < t.nr && !h->plan->why_not; i++) {
		const struct name_use *u = t.uses[i];
		enum kin kin = OTHER_MEMORY;
		bool maps = false;

		if (u->kind == NAME_CALLED) {
			kin = by_pairing(h, unmap, u);
			if (kin == USER_MEMORY)
				cover_paired(h, unmap, u);
			if (kin == NOT_KNOWN)
				kin = kin_in_file(h, u->file, unmap, &maps);
			if (kin == NOT_KNOWN)
				say_not_known(h, u->file, u->line, maps);
		}
		if (kin == USER_MEMORY) {
			change_use(h, &t, u, REQUIRE_COHERENT);
			cover(h, u->file);
		} else if (kin == OTHER_MEMORY) {
			change_use(h, &t, u, u->kind == NAME_CALLED &&
				   t.param < 0 ? "0" : NULL);
		}
	}
	helper_release(&t);
}

/* Whether the function is called, and from its own file only. */
static bool is_called_at_home(const struct helper *h,
			      const struct plan_site *site, bool *called)
{
	struct helper_target t = { .file = site->file, .name = site->function };
	bool home = true;
	size_t i;

	free(helper_find_uses(h->planner, &t));
	*called = false;
	for (i = 0; i < t.nr; i++) {
		if (t.uses[i]->kind != NAME_CALLED)
			continue;
		*called = true;
		home &= !strcmp(t.uses[i]->file, site->file);
	}
	helper_release(&t);
	return home;
}

static void change_one(struct helper *h, const struct plan_site *unmap)
{
	bool called, home = is_called_at_home(h, unmap, &called), maps = false;
	enum kin kin;

	if (is_helper(h, unmap)) {
		use_parameter(h, &h->map, unmap);
		return;
	}
	kin = by_pairing(h, unmap, NULL);
	if (kin == USER_MEMORY)
		cover_paired(h, unmap, NULL);
	if (kin == NOT_KNOWN && home)
		kin = kin_in_file(h, unmap->file, unmap, &maps);
	if (kin == USER_MEMORY) {
		plan_add(h->plan, COHERENT, NULL, unmap);
		cover(h, unmap->file);
	} else if (kin == NOT_KNOWN && called) {
		change_unmap(h, unmap);
	} else if (kin == NOT_KNOWN) {
		say_not_known(h, unmap->file, unmap->line, maps);
	}
}

static bool ends_map(const struct helper *h, const struct plan_pairing *p)
{
	size_t i;

	for (i = 0; i < p->nr_maps; i++)
		if (is_helper(h, &p->maps[i]) &&
		    pairing_in_family(p->maps[i].api, p->unmap.api))
			return true;
	return false;
}

/* The unmaps without a pairing. */
static void change_unpaired(struct helper *h)
{
	const struct planner *planner = h->planner;
	size_t i, j;

	for (i = 0; i < planner->nr_sites; i++) {
		const struct plan_site *s = &planner->sites[i];

		if (!(s->api->roles & API_UNMAP) || plan_is_paired(planner, s))
			continue;
		for (j = 0; j < planner->nr_sites; j++)
			if (is_helper(h, &planner->sites[j]) &&
			    !strcmp(planner->sites[j].module, s->module) &&
			    pairing_in_family(planner->sites[j].api, s->api)) {
				change_one(h, s);
				break;
			}
	}
}

static void change_unmaps(struct helper *h)
{
	const struct planner *planner = h->planner;
	bool any = false;
	size_t i, j;

	for (i = 0; i < planner->nr && !h->plan->why_not; i++) {
		const struct plan_pairing *p = &planner->pairings[i];

		if (!ends_map(h, p))
			continue;
		any = true;
		for (j = 0; j < i; j++)
			if (plan_same_site(&planner->pairings[j].unmap,
					   p->unmap.file, p->unmap.line,
					   p->unmap.column) &&
			    ends_map(h, &planner->pairings[j]))
				break;
		if (j == i)
			change_one(h, &p->unmap);
	}
	if (!any)
		change_unpaired(h);
}

/* Each file that passes user memory must be covered by an unmap. */
static void check_covered(struct helper *h)
{
	size_t i, j;

	for (i = 0; i < h->nr_calls && !h->plan->why_not; i++) {
		const struct call *c = &h->calls[i];

		for (j = 0; j < h->nr_covered && c->brings; j++)
			if (!strcmp(h->covered[j], c->file))
				break;
		if (c->brings && j == h->nr_covered)
			refuse_helper(h, xstrfmt("no unmap was found for the memory that %s:%u maps, and the unmap must carry the attribute as well",
					  c->file, c->line));
	}
}

void plan_helper(struct planner *planner, struct plan *plan)
{
	struct helper h = { .planner = planner, .plan = plan, .map = {
		.file = plan->finding->loc.file,
		.name = plan->finding->loc.function, .param = -1 } };
	char *why;

	helper_find_names(planner);
	see_callers(&h);
	why = say_shared(&h);
	if (why)
		refuse_helper(&h, why);
	if (!plan->why_not) {
		h.map.param = h.nr_calls ? h.calls[0].param : -1;
		why = helper_prepare(planner, &h.map);
		if (why)
			refuse_helper(&h, why);
	}
	if (!plan->why_not)
		change_map(&h);
	if (!plan->why_not)
		change_unmaps(&h);
	if (!plan->why_not)
		check_functions(&h);
	if (!plan->why_not)
		check_covered(&h);
	release_helper(&h);
}
