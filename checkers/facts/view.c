// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is asked of facts again and again, for flow/ and rules/: where an op
 * stands, how an argument is written, what a value is.
 */
#include "facts/view.h"

#include "facts/program.h"
#include "tree/tree.h"

bool view_next_set(struct view_iter *it)
{
	const struct program *program = it->program;
	const struct unit *unit = it->v.unit;

	it->v.fn = NULL;
	if (unit && it->next_header < (it->drivers ? unit->nr_driver_sets :
				       unit->nr_header_sets)) {
		it->header = (it->drivers ? unit->driver_sets :
			      unit->header_sets)[it->next_header++];
		it->v.set = &program->header_sets[it->header]->facts;
		return true;
	}
	while (it->next_unit < program->nr_units) {
		unit = program->units[it->next_unit++];
		if (it->only &&
		    intern_find(it->only, unit->file) == INTERN_NONE)
			continue;
		it->next_header = 0;
		it->header = VIEW_NO_HEADER;
		it->v.unit = unit;
		it->v.set = &unit->facts;
		return true;
	}
	return false;
}

const struct arg_detail *view_detail(const struct view *v, const struct op *op,
				     int arg)
{
	if (op->kind != OP_CALL || arg < 0 || arg >= op->nr_args ||
	    op->first_detail == NO_DETAIL)
		return NULL;
	return &v->set->details[op->first_detail + (uint32_t)arg];
}

const char *view_text(const struct view *v, const struct op *op, int arg)
{
	const struct arg_detail *d = view_detail(v, op, arg);

	return d ? view_str(v, d->text) : "";
}

const char *view_type(const struct view *v, const struct op *op, int arg)
{
	const struct arg_detail *d = view_detail(v, op, arg);

	return d ? view_str(v, d->type) : "";
}

struct location view_location(const struct view *v, const struct op *op)
{
	return (struct location){
		.file = (char *)view_str(v, op->file),
		.line = op->line,
		.column = op->column,
		.function = v->fn->flags & FUNCTION_FILE ? NULL :
			(char *)view_str(v, v->fn->name),
	};
}

bool view_is_helper(const struct view *v)
{
	return (v->fn->flags & FUNCTION_HEADER) &&
		tree_is_kernel_wide(view_str(v, v->fn->file));
}

unsigned int view_nr_alts(const struct view *v, struct value value)
{
	unsigned int alts = 1;
	uint32_t i;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(v, value, i);

		if (t->alt != ALT_ALL && t->alt + 1u > alts)
			alts = t->alt + 1u;
	}
	return alts;
}

bool view_constant(const struct view *v, struct value value, uint64_t *bits)
{
	uint32_t i;

	*bits = 0;
	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(v, value, i);

		if (t->kind != TERM_BITS || t->alt != ALT_ALL)
			return false;
		*bits |= t->bits;
	}
	return value.nr > 0;
}

const char *view_function(const struct view *v, struct value value)
{
	uint32_t place, i;

	for_each_place(place, i, v, value)
		if (view_place(v, place)->kind == PLACE_FUNCTION)
			return view_str(v, view_place(v, place)->name);
	return NULL;
}

const char *view_key_name(const char *key)
{
	const char *colon = strrchr(key, ':');

	return colon ? colon + 1 : key;
}
