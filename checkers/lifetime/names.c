// SPDX-License-Identifier: GPL-2.0-only
/* What a mapping is called on a path: the variables and members that hold it. */
#include "lifetime/internal.h"

#include "lib/ctext.h"

bool life_named(const struct life_path *p, uint32_t place)
{
	uint32_t i;

	for (i = 0; place != NO_PLACE && i < p->nr_names; i++)
		if (p->names[i].place == place)
			return true;
	return false;
}

bool life_is_variable(const struct life_path *p, uint32_t place)
{
	uint32_t i;

	for (i = 0; place != NO_PLACE && i < p->nr_names; i++)
		if (p->names[i].place == place && !p->names[i].text)
			return true;
	return false;
}

/* The call that converts to another byte order, or NULL. */
static const struct op *conversion(const struct life_walk *w, uint32_t place)
{
	const struct place *p = view_place(&w->f->v, place);
	const struct op *call;
	const char *name;

	if (p->kind != PLACE_CALL)
		return NULL;
	call = view_op(&w->f->v, p->number);
	name = life_callee_name(w->f, call);
	return strstr(name, "bswap") || strstr(name, "swab") ? call : NULL;
}

bool life_value_named(const struct life_walk *w, const struct life_path *p,
		      struct value value)
{
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&w->f->v, value, i);
		const struct op *call;

		if (t->kind != TERM_PLACE)
			continue;
		if (life_named(p, t->place))
			return true;
		/* An argument is computed before the call: no endless way. */
		call = conversion(w, t->place);
		if (call && life_value_named(w, p, view_arg(&w->f->v, call, 0)))
			return true;
	}
	return false;
}

/* "&a->b" and "a->b" are one. */
static const char *bare(const char *text)
{
	while (*text == '&' || *text == ' ')
		text++;
	return text;
}

static bool same_text(const struct life_walk *w, const struct life_path *p,
		      const char *text)
{
	uint32_t i;

	for (i = 0; i < p->nr_names; i++)
		if (p->names[i].text && !p->names[i].is_stale &&
		    !strcmp(bare(view_str(&w->f->v, p->names[i].text)), text))
			return true;
	return false;
}

bool life_has_text(const struct life_walk *w, const struct life_path *p,
		   const char *text)
{
	return *text && same_text(w, p, text);
}

bool life_is_named(const struct life_walk *w, const struct life_path *p,
		   const struct op *op, int arg, bool *exact)
{
	struct value value = view_arg(&w->f->v, op, arg);
	const char *text = bare(view_text(&w->f->v, op, arg));
	uint32_t place = view_only_place(&w->f->v, value), i;

	*exact = false;
	if (*text && same_text(w, p, text)) {
		*exact = true;
		return true;
	}
	for (i = 0; i < p->nr_names; i++) {
		if (p->names[i].place == NO_PLACE ||
		    !view_has_place(&w->f->v, value, p->names[i].place))
			continue;
		*exact |= !p->names[i].text && p->names[i].place == place;
		if (*exact)
			return true;
	}
	return life_value_named(w, p, value);
}

static void add_name(struct life_path *p, uint32_t place, uint32_t text)
{
	uint32_t i;

	for (i = 0; i < p->nr_names; i++)
		if (p->names[i].place == place && p->names[i].text == text) {
			p->names[i].is_stale = false;
			return;
		}
	/* The newest one is of more use than the oldest. */
	if (p->nr_names == MAX_NAMES)
		memmove(p->names, p->names + 1,
			--p->nr_names * sizeof(*p->names));
	p->names[p->nr_names++] = (struct life_name){ place, text, false };
}

static void drop_name(struct life_path *p, uint32_t place, uint32_t text)
{
	uint32_t i;

	for (i = 0; i < p->nr_names; i++)
		if (p->names[i].place == place && p->names[i].text == text)
			p->names[i--] = p->names[--p->nr_names];
}

/* Whether `name` stands in an index: "ring[name].dma". */
static bool is_indexed_by(const char *text, const char *name)
{
	const char *p = strchr(text, '[');
	size_t len = strlen(name);

	while (p && len && (p = strstr(p, name))) {
		if (!ctext_in_name(p[-1]) && !ctext_in_name(p[len]))
			return true;
		p += len;
	}
	return false;
}

/* A variable has another value: "ring[i].dma" is another member. */
static void make_stale(struct life_walk *w, struct life_path *p,
		       const struct place *dst)
{
	uint32_t i;

	if (dst->kind != PLACE_LOCAL && dst->kind != PLACE_PARAM)
		return;
	for (i = 0; i < p->nr_names; i++)
		if (p->names[i].text &&
		    is_indexed_by(view_str(&w->f->v, p->names[i].text),
				  view_str(&w->f->v, dst->name)))
			p->names[i].is_stale = true;
}

/* An assignment: the mapping gets another name, or a name another value. */
void life_assign_names(struct life_walk *w, struct life_path *p,
		       const struct op *op)
{
	const struct place *dst = op->dst == NO_PLACE ? NULL :
				  view_place(&w->f->v, op->dst);
	bool member = (op->flags & ASSIGN_ELEMENT) || !dst ||
		      dst->kind == PLACE_FIELD;
	uint32_t text = member && *view_str(&w->f->v, op->spelling) ?
			op->spelling : 0;

	/* Those of the rounds before stay in what the loop fills. */
	if (p->flags & LIFE_OLDER)
		return;
	if (dst && !member)
		make_stale(w, p, dst);
	if (!life_value_named(w, p, op->value)) {
		/* What is but updated is still what it was. */
		if (!(op->flags & (ASSIGN_UPDATE | ASSIGN_OR | ASSIGN_AND)) &&
		    (!member || text)) {
			drop_name(p, op->dst, text);
			/* x->dma = 0 where the map has failed: nothing is left. */
			if (text && p->state == LIFE_FAILED)
				drop_name(p, op->dst, 0);
		}
		return;
	}
	if (dst && dst->kind == PLACE_PARAM && member) {
		p->flags |= LIFE_OUT;
		w->life->is_out = true;
	} else if (!dst || (dst->kind != PLACE_LOCAL &&
			    dst->kind != PLACE_PARAM)) {
		p->flags |= LIFE_STORED;
		w->life->is_stored = true;
		if (dst && dst->kind == PLACE_FIELD &&
		    (dst->carry != CARRY_OBJECT ||
		     w->life->field == NO_PLACE))
			w->life->field = op->dst;
	} else if (member) {
		/* An element of what a local points to. */
		p->flags |= LIFE_STORED;
		w->life->is_stored = true;
	}
	add_name(p, op->dst, text);
}
