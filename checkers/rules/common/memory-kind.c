// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which pointers are memory of one kind, from the facts of all that is read, for
 * rules that say where such memory must not go.
 */
#include "rules/common/memory-kind.h"

#include "lib/alloc.h"
#include "lib/intern.h"
#include "rules/common/paths.h"

#define MAX_DEPTH 3
#define MAX_ROUNDS 4

struct memory_filling {
	const struct unit *unit;
	const char *record, *name;
	const char *text;	/* "qp->sq.va", or "" */
	struct memory_origin origin;
};

static bool is_member(const struct place *p)
{
	return p->is_pointer && (p->kind == PLACE_FIELD ||
				 p->kind == PLACE_STATIC ||
				 p->kind == PLACE_GLOBAL);
}

/* Of the calls that fill such a member the one that is the closest. */
static const struct memory_filling *find_filling(const struct memory_kind *k,
						 const struct scan *s,
						 uint32_t place,
						 const char *text)
{
	const struct place *p = view_place(&s->v, place);
	const struct memory_filling *found = NULL;
	unsigned int best = 0, score;
	size_t i;

	for (i = 0; i < k->nr_fillings; i++) {
		const struct memory_filling *f = &k->fillings[i];

		if (strcmp(f->name, view_str(&s->v, p->name)) ||
		    strcmp(f->record, view_str(&s->v, p->record)) ||
		    !scan_same_module(f->unit, s->v.unit))
			continue;
		score = 1 + 4 * texts_alike(f->text, text) +
			2 * (f->origin.v.fn == s->v.fn) +
			(f->unit == s->v.unit);
		if (score <= best)
			continue;
		best = score;
		found = f;
	}
	return found;
}

/* How the member is written at op `at`, argument `arg`, or "". */
static const char *text_at(const struct scan *s, uint32_t at, int arg)
{
	const struct op *op = view_op(&s->v, at);

	return op->kind == OP_CALL ? view_text(&s->v, op, arg) : "";
}

/* The last op before `at` that sets the variable itself; or nr_ops. */
static uint32_t last_set(const struct scan *s, uint32_t place, uint32_t at)
{
	do
		at = scan_last_assigned(s, place, at);
	while (at < s->v.fn->nr_ops &&
	       (view_op(&s->v, at)->flags & ASSIGN_ELEMENT) &&
	       !is_member(view_place(&s->v, place)));
	return at;
}

static bool is_variable(const struct place *p)
{
	return p->kind == PLACE_LOCAL || p->kind == PLACE_PARAM;
}

static bool is_of_kind(const struct memory_kind *k, const struct scan *s,
		       struct value value, uint32_t at, int arg,
		       unsigned int depth, struct memory_origin *origin);

/* Whether all that is put into the variable before op `at` is of the kind. */
static bool is_all_of_kind(const struct memory_kind *k, const struct scan *s,
			   uint32_t place, uint32_t at, unsigned int depth,
			   struct memory_origin *origin)
{
	unsigned int nr = 0;
	const char *name;
	uint32_t i;

	for (i = 0; i < at; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_ASSIGN || op->dst != place ||
		    (op->flags & ASSIGN_ELEMENT))
			continue;
		if (!is_of_kind(k, s, op->value, i, API_NONE, depth, origin))
			return false;
		nr++;
	}
	if (!nr || origin->op == NO_OP)
		return nr != 0;
	name = view_str(&s->v, view_place(&s->v, place)->name);
	return variable_set_in_text(s, name, s->v.fn->line,
				    view_op(&s->v, at)->line) <= nr;
}

static bool is_of_kind(const struct memory_kind *k, const struct scan *s,
		       struct value value, uint32_t at, int arg,
		       unsigned int depth, struct memory_origin *origin)
{
	uint32_t place = view_only_place(&s->v, value), last, id;
	const struct memory_filling *f;
	const struct place *p;

	if (value.nr > 1 && view_nr_alts(&s->v, value) == value.nr) {
		for (id = 0; id < value.nr; id++)
			if (!is_of_kind(k, s, (struct value){ value.first + id, 1 },
					at, arg, depth + 1, origin))
				return false;
		return true;
	}
	if (place == NO_PLACE)	/* NULL says that there is none. */
		return depth && value.nr == 1 &&
		       view_term(&s->v, value, 0)->kind == TERM_BITS;
	p = view_place(&s->v, place);
	if (p->kind == PLACE_CALL) {
		const struct op *call = view_op(&s->v, p->number);

		id = intern_find(&k->returns, scan_callee_key(s, call));
		if (k->is_origin(s, call))
			*origin = (struct memory_origin){ s->v, p->number };
		else if (id != INTERN_NONE)
			*origin = k->returned[id];
		return k->is_origin(s, call) || id != INTERN_NONE;
	}
	last = last_set(s, place, at);
	if (depth < MAX_DEPTH && last < s->v.fn->nr_ops &&
	    view_is_within(&s->v, view_op(&s->v, at)->branch,
			   view_op(&s->v, last)->branch))
		return is_of_kind(k, s, view_op(&s->v, last)->value, last,
				  API_NONE, depth + 1, origin) &&
		       (!is_variable(p) || origin->op == NO_OP ||
			!variable_set_in_text(s, view_str(&s->v, p->name),
					      view_op(&s->v, last)->line,
					      view_op(&s->v, at)->line));
	if (depth < MAX_DEPTH && p->kind == PLACE_LOCAL)
		return is_all_of_kind(k, s, place, at, depth + 1, origin);
	if (!is_member(p) || scan_has_kept(s, place, &k->mixed))
		return false;
	f = find_filling(k, s, place, text_at(s, at, arg));
	if (f)
		*origin = f->origin;
	return f != NULL;
}

static void add_filling(struct memory_kind *k, const struct scan *s,
			const struct op *op, const struct memory_origin *origin)
{
	const struct place *p = view_place(&s->v, op->dst);
	struct memory_filling f = { s->v.unit, view_str(&s->v, p->record),
				    view_str(&s->v, p->name),
				    view_str(&s->v, op->spelling), *origin };
	size_t i;

	for (i = 0; i < k->nr_fillings; i++)
		if (k->fillings[i].origin.v.fn == origin->v.fn &&
		    k->fillings[i].origin.op == origin->op &&
		    k->fillings[i].unit == f.unit &&
		    !strcmp(k->fillings[i].name, f.name) &&
		    !strcmp(k->fillings[i].record, f.record))
			return;
	ALLOC_GROW(k->fillings, k->nr_fillings + 1, k->alloc_fillings);
	k->fillings[k->nr_fillings++] = f;
}

/* Fields and globals that get such memory, directly. */
static void find_fillings(const struct scan *s, const struct op *op, void *data)
{
	struct memory_kind *k = data;
	struct memory_origin origin = { s->v, NO_OP };

	if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
	    is_member(view_place(&s->v, op->dst)) &&
	    is_of_kind(k, s, op->value, scan_number(s, op), API_NONE, 1,
			&origin) &&
	    origin.op != NO_OP)
		add_filling(k, s, op, &origin);
}

/* Fields and globals that hold memory of another kind, too. */
static void find_others(const struct scan *s, const struct op *op, void *data)
{
	struct memory_kind *k = data;
	struct memory_origin origin = { s->v, NO_OP };

	if (op->kind == OP_ASSIGN && op->dst != NO_PLACE &&
	    is_member(view_place(&s->v, op->dst)) &&
	    !is_of_kind(k, s, op->value, scan_number(s, op), API_NONE, 1,
			&origin))
		scan_add_kept(s, op->dst, &k->mixed);
}

/* Functions that return such memory, NULL, and nothing else. */
static void find_returns(const struct scan *s, void *data)
{
	struct memory_kind *k = data;
	struct memory_origin origin = { s->v, NO_OP };
	uint32_t i, id;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_RETURN &&
		    !is_of_kind(k, s, op->value, i, API_NONE, 1, &origin))
			return;
	}
	if (origin.op == NO_OP)
		return;
	id = intern(&k->returns, view_str(&s->v, s->v.fn->key));
	ALLOC_GROW(k->returned, (size_t)id + 1, k->alloc_returned);
	k->returned[id] = origin;
}

void memory_kind_init(struct memory_kind *k, struct rule_run *run,
		      bool (*is_origin)(const struct scan *s,
					const struct op *op))
{
	unsigned int round;
	uint32_t before;

	memset(k, 0, sizeof(*k));
	k->run = run;
	k->is_origin = is_origin;
	for (round = 0; round < MAX_ROUNDS; round++) {
		before = k->returns.nr + (uint32_t)k->nr_fillings;
		scan_each_function(run, find_returns, k);
		scan_each_op(run, find_fillings, k);
		if (before == k->returns.nr + (uint32_t)k->nr_fillings)
			break;
	}
	do {
		before = k->mixed.nr;
		scan_each_op(run, find_others, k);
	} while (k->mixed.nr > before);
}

void memory_kind_release(struct memory_kind *k)
{
	intern_release(&k->mixed);
	intern_release(&k->returns);
	free(k->returned);
	free(k->fillings);
}

bool memory_kind_is(const struct memory_kind *k, const struct scan *s,
		    uint32_t at, int arg, struct memory_origin *origin)
{
	struct value value = view_arg(&s->v, view_op(&s->v, at), arg);
	uint32_t i;

	origin->op = NO_OP;
	for (i = 0; i < value.nr; i++) {
		struct value one = { value.first + i, 1 };

		if (view_term(&s->v, value, i)->kind == TERM_PLACE &&
		    is_of_kind(k, s, one, at, arg, 0, origin) &&
		    origin->op != NO_OP)
			return true;
	}
	return false;
}

/* --- where it goes --- */

static const char *const linear[] = { "virt_to_page", "virt_to_head_page",
	"virt_to_folio", "virt_to_phys", "virt_to_pfn", "__pa", "sg_set_buf",
	"sg_init_one", NULL };

/* Who asks one of these treats other memory otherwise. */
static const char *const asks[] = { "is_vmalloc_addr",
	"is_vmalloc_or_module_addr", "object_is_on_stack", "virt_addr_valid",
	"__virt_addr_valid", "vmalloc_to_page", NULL };

static bool is_linear(const struct scan *s, const struct op *op)
{
	const char *spelling = view_str(&s->v, op->spelling);
	size_t i;

	for (i = 0; linear[i]; i++)
		if (!strcmp(linear[i], spelling))
			return true;
	return false;
}

static bool is_used_by_api(const struct scan *s, const struct op *op, int arg)
{
	const struct api_function *api =
		scan_api(s, op, API_SINK | API_TRANSFER);

	if (!api)
		return false;
	if (api->roles & API_SINK)
		return arg == api->memory.arg &&
		       (!strcmp(api->name, "dma_map_single_attrs") ||
			!strcmp(api->name, "ib_dma_map_single") ||
			!strcmp(api->name, "pci_map_single"));
	return is_linear(s, op) && api->nr_transfers &&
	       arg == api->transfers[0].from.arg;
}

static char *use_name(const char *key, int arg)
{
	return xstrfmt("%s %d", key, arg);
}

static bool asks_first(const struct scan *s)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++)
		if (scan_calls_any(s, view_op(&s->v, i), asks))
			return true;
	return false;
}

bool memory_is_used(const struct memory_uses *u, const struct scan *s,
		    const struct op *op, int arg, struct memory_origin *use)
{
	uint32_t id = INTERN_NONE;
	char *name;

	if (op->kind != OP_CALL)
		return false;
	if (is_used_by_api(s, op, arg)) {
		*use = (struct memory_origin){ s->v, scan_number(s, op) };
		return !asks_first(s);
	}
	if (u->functions.nr && *scan_callee_key(s, op)) {
		name = use_name(scan_callee_key(s, op), arg);
		id = intern_find(&u->functions, name);
		free(name);
	}
	if (id == INTERN_NONE)
		return false;
	*use = u->uses[id];
	return !asks_first(s);
}

static void find_parameters(const struct scan *s, const struct op *op,
			    void *data)
{
	struct memory_uses *u = data;
	struct memory_origin use;
	uint32_t id;
	int i;

	for (i = 0; op->kind == OP_CALL && i < op->nr_args; i++) {
		uint32_t place = view_only_place(&s->v,
						 view_arg(&s->v, op, i));
		char *name;

		if (place == NO_PLACE ||
		    view_place(&s->v, place)->kind != PLACE_PARAM ||
		    !view_place(&s->v, place)->is_pointer ||
		    !memory_is_used(u, s, op, i, &use) ||
		    scan_last_assigned(s, place, scan_number(s, op)) <
			    s->v.fn->nr_ops)
			continue;
		name = use_name(view_str(&s->v, s->v.fn->key),
				(int)view_place(&s->v, place)->number);
		id = intern(&u->functions, name);
		ALLOC_GROW(u->uses, (size_t)id + 1, u->alloc_uses);
		u->uses[id] = use;
		free(name);
	}
}

void memory_uses_find(struct memory_uses *u, struct rule_run *run)
{
	unsigned int round;
	uint32_t before;

	for (round = 0; round < MAX_ROUNDS; round++) {
		before = u->functions.nr;
		scan_each_op(run, find_parameters, u);
		if (u->functions.nr == before)
			break;
	}
}

void memory_uses_release(struct memory_uses *u)
{
	intern_release(&u->functions);
	free(u->uses);
}

void memory_use_step(struct finding *f, const struct scan *s,
		     const struct op *op, const struct memory_origin *use)
{
	const struct op *call = view_op(&use->v, use->op);
	struct location loc;

	if (call == op && use->v.fn == s->v.fn)
		return;
	loc = view_location(&use->v, call);
	finding_step(f, &loc, "%s() is called there",
		     view_str(&use->v, call->spelling));
}
