// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that is unmapped or freed with another size than it was mapped or
 * allocated with, where all that it can come from is known: both are constants,
 * two variables of one function that have nothing to do with each other, or a
 * member that is set to something else where the memory is allocated.
 */
#include "rules/rule.h"

#include "lib/ctext.h"
#include "rules/common/lives.h"

static struct value size_at(const struct life_origin *o)
{
	const struct view *v = &o->in->v;

	return view_arg(v, view_op(v, o->op), o->api->size);
}

/* Whether all of them have another constant size than `size`. */
static bool constants_differ(const struct life_origins *o, uint64_t size)
{
	uint64_t bits;
	uint32_t i;

	for (i = 0; i < o->nr; i++)
		if (!view_constant(&o->list[i].in->v, size_at(&o->list[i]),
				   &bits) || bits == size)
			return false;
	return true;
}

static bool is_variable(const struct view *v, uint32_t place)
{
	return place != NO_PLACE &&
	       (view_place(v, place)->kind == PLACE_LOCAL ||
		view_place(v, place)->kind == PLACE_PARAM);
}

/* Whether the size is written with that variable; a macro has its own. */
static bool is_written(const struct view *v, const struct op *op,
		       const struct api_function *api, uint32_t place)
{
	const char *text = view_text(v, op, api->size);
	const char *name = view_str(v, view_place(v, place)->name);
	const char *p = text;
	size_t len = strlen(name);

	while (len && (p = strstr(p, name))) {
		if ((p == text || !ctext_in_name(p[-1])) &&
		    !ctext_in_name(p[len]))
			return true;
		p += len;
	}
	return false;
}

static unsigned int nr_unknown(const struct view *v, struct value value)
{
	unsigned int nr = 0;
	uint32_t i;

	for (i = 0; i < value.nr; i++)
		nr += view_term(v, value, i)->kind != TERM_PLACE;
	return nr;
}

/*
 * Whether `a` is ever set from `b`, by way of other variables and members or not;
 * or may be, as a member that is set to nobody knows what.
 */
static bool is_set_from(const struct view *v, uint32_t a, uint32_t b,
			unsigned int depth)
{
	uint32_t i, j, place;

	for (i = 0; i < v->fn->nr_ops; i++) {
		const struct op *op = view_op(v, i);

		if (op->kind != OP_ASSIGN || op->dst != a)
			continue;
		if (view_place(v, a)->kind == PLACE_FIELD &&
		    nr_unknown(v, op->value) == op->value.nr)
			return true;
		for_each_place(place, j, v, op->value)
			if (place == b ||
			    (depth && is_set_from(v, place, b, depth - 1)))
				return true;
	}
	return false;
}

/* Whether either is ever set from the other, or both from one thing. */
static bool are_related(const struct view *v, uint32_t a, uint32_t b)
{
	uint32_t i, j, place, k;

	if (is_set_from(v, a, b, 2) || is_set_from(v, b, a, 2))
		return true;
	for (i = 0; i < v->fn->nr_ops; i++) {
		const struct op *x = view_op(v, i);

		if (x->kind != OP_ASSIGN || (x->dst != a && x->dst != b))
			continue;
		for (j = 0; j < v->fn->nr_ops; j++) {
			const struct op *y = view_op(v, j);

			if (y->kind != OP_ASSIGN || y->dst == x->dst ||
			    (y->dst != a && y->dst != b))
				continue;
			for_each_place(place, k, v, y->value)
				if (view_has_place(v, x->value, place))
					return true;
		}
	}
	return false;
}

/* d1 is mapped with s1 and unmapped with len. */
static bool variables_differ(const struct view *v, const struct op *op,
			     const struct api_function *api,
			     const struct life_origins *o)
{
	uint32_t a = view_only_place(v, view_arg(v, op, api->size)), b;

	if (o->nr != 1 || o->list[0].in->v.fn != v->fn ||
	    o->list[0].in->v.set != v->set || !is_variable(v, a))
		return false;
	b = view_only_place(v, size_at(&o->list[0]));
	return is_variable(v, b) && a != b && is_written(v, op, api, a) &&
	       is_written(v, view_op(v, o->list[0].op), o->list[0].api, b) &&
	       !are_related(v, a, b);
}

struct field_value {
	const struct view *v;
	const char *record, *name;
	const struct op *set;
	unsigned int nr;
};

/* What the member is set to in the function, if it is set once. */
static void find_setting(struct field_value *f)
{
	uint32_t i;

	for (i = 0; i < f->v->fn->nr_ops; i++) {
		const struct op *op = view_op(f->v, i);
		const struct place *p;

		if (op->kind != OP_ASSIGN)
			continue;
		p = view_place(f->v, op->dst);
		if (p->kind != PLACE_FIELD ||
		    strcmp(view_str(f->v, p->record), f->record) ||
		    strcmp(view_str(f->v, p->name), f->name))
			continue;
		f->set = op;
		f->nr++;
	}
}

/* Whether the variable has another value at op `last` than at op `first`. */
static bool is_changed(const struct view *v, uint32_t place, uint32_t first,
		       uint32_t last)
{
	uint32_t i;

	for (i = first; i < last; i++)
		if (view_op(v, i)->kind == OP_ASSIGN &&
		    view_op(v, i)->dst == place)
			return true;
	return false;
}

/*
 * The member that is the size at the unmap is set, where the memory is
 * allocated, to a variable that is not its size there, or not all of it.
 */
static bool member_differs(const struct view *v, struct value size,
			   const struct life_origins *o)
{
	const struct view *w;
	struct field_value f = { NULL, NULL, NULL, NULL, 0 };
	uint32_t place = NO_PLACE, i, now, then, k = 0;
	struct value there;

	for_each_place(place, i, v, size) {
		const struct place *p = view_place(v, place);

		if (p->kind != PLACE_FIELD || f.record)
			return false;
		f.record = view_str(v, p->record);
		f.name = view_str(v, p->name);
	}
	if (!f.record || o->nr != 1)
		return false;
	w = f.v = &o->list[0].in->v;
	there = size_at(&o->list[0]);
	find_setting(&f);
	if (f.nr != 1 || (f.set->flags & (ASSIGN_UPDATE | ASSIGN_OR |
					  ASSIGN_AND)))
		return false;
	now = view_only_place(w, f.set->value);
	then = view_next_place(w, there, &k);
	if (!is_variable(w, now) || !is_variable(w, then) ||
	    view_next_place(w, there, &k) != NO_PLACE ||
	    is_changed(w, now, (uint32_t)(f.set - view_op(w, 0)) + 1,
		       o->list[0].op))
		return false;
	if (now == then)
		return nr_unknown(w, there) != nr_unknown(v, size);
	/* "size" and "PAGE_SIZE << order" may well be the same. */
	return nr_unknown(w, there) == nr_unknown(v, size) &&
	       !are_related(w, now, then);
}

/* Whether the value is one member, perhaps computed with a constant. */
static const struct place *size_member(const struct view *v, struct value value)
{
	uint32_t i = 0, place = view_next_place(v, value, &i);

	if (place == NO_PLACE || view_nr_alts(v, value) > 1 ||
	    view_next_place(v, value, &i) != NO_PLACE)
		return NULL;
	return view_place(v, place)->kind == PLACE_FIELD ?
		view_place(v, place) : NULL;
}

/* Whether the text adds something, and computes nothing else. */
static bool only_adds(const char *text)
{
	return strchr(text, '+') && !strpbrk(text, "*/%&|?~") &&
	       !strstr(text, "<<") && !strstr(text, ">>") &&
	       !strstr(text, "ALIGN") && !strstr(text, "round");
}

/* "q->size + sizeof(struct tail)", and "q->size". */
static bool additions_differ(const struct view *v, const struct op *op,
			     int arg, const struct life_origins *o)
{
	const struct view *w = &o->list[0].in->v;
	struct value now = view_arg(v, op, arg), then = size_at(&o->list[0]);
	const struct place *a = size_member(v, now), *b = size_member(w, then);

	if (o->nr != 1 || !a || !b ||
	    strcmp(view_str(v, a->record), view_str(w, b->record)) ||
	    strcmp(view_str(v, a->name), view_str(w, b->name)))
		return false;
	return (now.nr == 1 && only_adds(view_text(w, view_op(w, o->list[0].op),
						   o->list[0].api->size))) ||
	       (then.nr == 1 && only_adds(view_text(v, op, arg)));
}

static bool sizes_differ(const struct view *v, const struct op *op,
			 const struct api_function *api,
			 const struct life_origins *o)
{
	struct value size = view_arg(v, op, api->size);
	uint64_t bits;

	if (view_constant(v, size, &bits))
		return constants_differ(o, bits);
	return member_differs(v, size, o) ||
	       additions_differ(v, op, api->size, o);
}

static void size_mismatch_in_call(const struct scan *s,
				  const struct life_function *f,
				  const struct op *op,
				  const struct api_function *api)
{
	bool frees = api->roles & API_FREE;
	struct scan here = *s;
	struct life_origins o;
	struct finding *found;
	uint32_t i;

	lifetimes_origins(rule_lifetimes(s->run), f,
			  view_arg(&f->v, op, api->handle.arg), &o);
	if (o.others || !o.nr)
		return;
	for (i = 0; i < o.nr; i++)
		if (o.list[i].api->size < 0 ||
		    !(o.list[i].api->roles & API_ALLOC) != !frees)
			return;
	here.is_certain = variables_differ(&f->v, op, api, &o);
	if (!here.is_certain && !sizes_differ(&f->v, op, api, &o))
		return;
	found = scan_report(&here, op, frees ?
			    "%s() with another size than the memory was allocated with" :
			    "%s() with another size than the memory was mapped with",
			    view_str(&s->v, op->spelling));
	for (i = 0; i < o.nr; i++)
		lives_step(found, &o.list[i].in->v, o.list[i].op, frees ?
			   "it is allocated here" : "it is mapped here");
}

static void size_mismatch_in_function(const struct scan *s,
				      const struct life_function *f,
				      void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		const struct api_function *api =
			scan_api(s, op, API_UNMAP | API_FREE);

		if (api && api->size >= 0 && api->handle.arg >= 0)
			size_mismatch_in_call(s, f, op, api);
	}
}

static void check_size_mismatch(struct rule_run *run)
{
	lives_each_function(run, size_mismatch_in_function, NULL);
}

const struct rule size_mismatch_rule = {
	.id = "size-mismatch",
	.level = LEVEL_WARNING,
	.summary = "memory is unmapped or freed with another size than it was mapped or allocated with",
	.explanation =
"If fewer bytes are unmapped or freed than were mapped or allocated, the rest\n"
"stays mapped: IOVA space, SWIOTLB slots or pages are leaked. If more bytes\n"
"are, the next mapping is released, too. CONFIG_DMA_API_DEBUG reports \"device\n"
"driver frees DMA memory with different size\".\n"
"\n"
"It is reported if all values of the address in the module are known and the\n"
"sizes cannot be equal: two constants, two variables of one function neither\n"
"of which is set from the other, or a member that is set to another value\n"
"where the memory is allocated.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_free_coherent().\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .roles = API_UNMAP | API_FREE, .names = lives_names },
	.fixable = true,
	.check = check_size_mismatch,
};
