// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coherent memory that is kept in a member which nothing in the module frees,
 * or hands to anyone who might, although it frees other memory.
 */
#include "lib/alloc.h"
#include "rules/common/lives.h"
#include "rules/common/scopes.h"

struct never_freed {
	struct lifetimes *lifetimes;
	const struct program *program;
	struct scopes scopes;
	const struct life_function *in;	/* what is looked at */
	struct intern_pool handed;	/* members that may be freed */
	struct intern_pool frees;	/* modules that free something */
};

static bool is_kept_member(const struct scan *s, uint32_t place)
{
	return place != NO_PLACE &&
	       (view_place(&s->v, place)->kind == PLACE_FIELD ||
		view_place(&s->v, place)->kind == PLACE_STATIC ||
		view_place(&s->v, place)->kind == PLACE_GLOBAL);
}

/* Whether an address fits in: not the halves of it that a device is told. */
static bool keeps_address(const struct scan *s, uint32_t place)
{
	return is_kept_member(s, place) &&
	       view_place(&s->v, place)->carry != CARRY_NUMBER;
}

static char *member_name(const char *scope, const struct scan *s,
			 uint32_t place)
{
	const struct place *p = view_place(&s->v, place);

	return xstrfmt("%s %s.%s", scope,
		       view_str(&s->v, p->record), view_str(&s->v, p->name));
}

static void add_member(struct never_freed *n, const struct scan *s,
		       uint32_t place)
{
	const struct strvec *names =
		scopes_of(&n->scopes, n->program, s->v.unit);
	char *name;
	size_t i;

	for (i = 0; i < names->nr; i++) {
		name = member_name(names->v[i], s, place);
		intern(&n->handed, name);
		free(name);
	}
}

static void add_handed(struct never_freed *n, const struct scan *s,
		       struct value value, uint32_t at, unsigned int depth);

/* A variable may be what was in a member before. */
static void add_handed_by(struct never_freed *n, const struct scan *s,
			  uint32_t variable, uint32_t at, unsigned int depth)
{
	uint32_t i;

	for (i = 0; depth < 3 && i < at; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == variable)
			add_handed(n, s, op->value, i, depth + 1);
	}
}

static void add_handed(struct never_freed *n, const struct scan *s,
		       struct value value, uint32_t at, unsigned int depth)
{
	uint32_t place, i;

	for_each_place(place, i, &s->v, value) {
		if (view_place(&s->v, place)->kind == PLACE_LOCAL)
			add_handed_by(n, s, place, at, depth);
		if (is_kept_member(s, place))
			add_member(n, s, place);
	}
}

/* Whether the call may free what argument `arg` is, or keep it to do so. */
static bool may_free(const struct never_freed *n, const struct scan *s,
		     const struct life_function *f, const struct op *op, int arg)
{
	static const char *const names[] = { "free", "release", "destroy",
		"unmap", "put", "add_action", "cleanup", NULL };
	const char *name = scan_callee(s, op);
	const struct life_function *callee;
	size_t i;

	if (!*name || scan_api(s, op, API_FREE | API_POOL_FREE | API_UNMAP))
		return true;
	callee = lifetimes_callee(n->lifetimes, f, op);
	if (callee && arg < 32 && (callee->releases & 1u << arg))
		return true;
	for (i = 0; names[i]; i++)
		if (strstr(name, names[i]))
			return true;
	return false;
}

static void find_handed(const struct scan *s, const struct life_function *f,
			void *data)
{
	struct never_freed *n = data;
	uint32_t i;
	size_t m;
	int arg;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_RETURN ||
		    (op->kind == OP_ASSIGN && keeps_address(s, op->dst)))
			add_handed(n, s, op->value, i, 0);
		if (op->kind != OP_CALL)
			continue;
		for (m = 0; scan_api(s, op, API_FREE) &&
		     m < s->v.unit->nr_modules; m++)
			intern(&n->frees, s->v.unit->modules[m]);
		for (arg = 0; arg < op->nr_args; arg++)
			if (may_free(n, s, f, op, arg))
				add_handed(n, s, view_arg(&s->v, op, arg), i, 0);
	}
}

static bool is_handed(struct never_freed *n, const struct scan *s,
		      uint32_t place)
{
	const struct strvec *names =
		scopes_of(&n->scopes, n->program, s->v.unit);
	bool found = false;
	char *name;
	size_t i;

	for (i = 0; !found && i < names->nr; i++) {
		name = member_name(names->v[i], s, place);
		found = intern_has(&n->handed, name);
		free(name);
	}
	return found;
}

static bool module_frees(const struct never_freed *n, const struct scan *s)
{
	size_t m;

	for (m = 0; m < s->v.unit->nr_modules; m++)
		if (intern_has(&n->frees, s->v.unit->modules[m]))
			return true;
	return false;
}

/*
 * The only member that the result, or the variable that it is put into, ends
 * up in; NO_PLACE if there is none.
 */
static uint32_t only_member(const struct scan *s, uint32_t call)
{
	uint32_t result = view_op(&s->v, call)->dst, found = NO_PLACE, i;
	uint32_t variable = NO_PLACE;

	for (i = call + 1; result != NO_PLACE && i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if ((op->kind != OP_ASSIGN && op->kind != OP_KEEP) ||
		    (!view_has_place(&s->v, op->value, result) &&
		     (variable == NO_PLACE ||
		      !view_has_place(&s->v, op->value, variable))))
			continue;
		if (op->dst != NO_PLACE && variable == NO_PLACE &&
		    found == NO_PLACE &&
		    view_place(&s->v, op->dst)->kind == PLACE_LOCAL) {
			variable = op->dst;
			continue;
		}
		if (found != NO_PLACE || !is_kept_member(s, op->dst))
			return NO_PLACE;
		found = op->dst;
	}
	return found;
}

/*
 * The member that the address in a variable is put into: the variable itself if
 * there is none; NO_PLACE if it goes elsewhere.
 */
static uint32_t handle_of(const struct never_freed *n, const struct scan *s,
			  uint32_t call, uint32_t variable)
{
	const struct life_function *f = n->in;
	uint32_t found = variable, i;
	int arg;

	for (i = call + 1; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		for (arg = 0; op->kind == OP_CALL && arg < op->nr_args; arg++)
			if (view_has_place(&s->v, view_arg(&s->v, op, arg),
					   variable) &&
			    may_free(n, s, f, op, arg))
				return NO_PLACE;
		if ((op->kind != OP_ASSIGN && op->kind != OP_RETURN) ||
		    !view_has_place(&s->v, op->value, variable))
			continue;
		if (op->kind == OP_RETURN || found != variable ||
		    !keeps_address(s, op->dst))
			return NO_PLACE;
		found = op->dst;
	}
	return found;
}

static void check_never_freed_alloc(struct never_freed *n,
				    const struct scan *s, uint32_t number)
{
	const struct op *op = view_op(&s->v, number);
	const struct api_function *api = scan_api(s, op, API_ALLOC);
	uint32_t handle, memory;

	if (!api || !api_in_family(api, "attrs"))
		return;
	handle = view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg));
	memory = only_member(s, number);
	if (handle != NO_PLACE && memory != NO_PLACE &&
	    view_place(&s->v, handle)->kind == PLACE_LOCAL)
		handle = handle_of(n, s, number, handle);
	if (handle == NO_PLACE || memory == NO_PLACE ||
	    view_place(&s->v, handle)->kind == PLACE_PARAM ||
	    (is_kept_member(s, handle) && is_handed(n, s, handle)) ||
	    !module_frees(n, s) || is_handed(n, s, memory))
		return;
	scan_report(s, op, "memory of %s() is never freed: nothing in the module passes %s to dma_free_coherent() or anyone else",
		    view_str(&s->v, op->spelling),
		    view_str(&s->v, view_place(&s->v, memory)->name));
}

static void check_never_freed_in(const struct scan *s,
				 const struct life_function *f, void *data)
{
	struct never_freed *n = data;
	uint32_t i;

	n->in = f;
	for (i = 0; i < s->v.fn->nr_ops; i++)
		check_never_freed_alloc(n, s, i);
}

static void check_coherent_never_freed(struct rule_run *run)
{
	struct never_freed n = { .lifetimes = rule_lifetimes(run),
				 .program = run->program, .scopes = SCOPES_INIT };

	lives_each_function(run, find_handed, &n);
	if (!run->alone)
		lives_each_function(run, check_never_freed_in, &n);
	intern_release(&n.handed);
	intern_release(&n.frees);
	scopes_release(&n.scopes);
}

const struct rule coherent_never_freed_rule = {
	.id = "coherent-never-freed",
	.level = LEVEL_WARNING,
	.summary = "coherent memory is kept in a member that nothing ever frees",
	.explanation =
"Memory from dma_alloc_coherent() is stored in a member of a struct, and no\n"
"code of the module frees that member or passes it to a function that may\n"
"free it, although the module frees other memory. Each time the driver is\n"
"unbound or the object is released, the memory is leaked.\n"
"\n"
"The code is right if the object is never released, as in a driver that\n"
"cannot be unbound.\n"
"\n"
"Free it together with the other memory, or use dmam_alloc_coherent().\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_free_coherent().\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .roles = API_ALLOC | API_FREE, .names = lives_names },
	.check = check_coherent_never_freed,
};
