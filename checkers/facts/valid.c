// SPDX-License-Identifier: GPL-2.0-only
/* Checks that all numbers in a fact set are valid indices, before it is used. */
#include "facts/facts.h"

/* Whether `nr` elements from `first` on are among `of`. */
static bool within(uint32_t first, uint32_t nr, uint32_t of)
{
	return first <= of && nr <= of - first;
}

static bool place_valid(const struct fact_set *set, const struct function *fn,
			const struct place *p)
{
	/* Where there is no record it is 0, whatever string that is. */
	if (p->kind > PLACE_FUNCTION || p->carry > CARRY_OBJECT ||
	    p->name >= set->strings.nr || p->record >= set->strings.nr)
		return false;
	if (p->kind == PLACE_PARAM)
		return p->number < fn->nr_params;
	if (p->kind == PLACE_CALL)
		return p->number < fn->nr_ops;
	return true;
}

static bool test_valid(const struct op *op)
{
	return op->flags <= TEST_AND &&
	       op->nr_args == (op->flags > TEST_FALSE);
}

static bool op_valid(const struct fact_set *set, const struct function *fn,
		     const struct op *op)
{
	return op->kind <= OP_KEEP && op->file < set->strings.nr &&
	       op->spelling < set->strings.nr &&
	       op->branch < fn->nr_branches &&
	       (op->dst == NO_PLACE || op->dst < fn->nr_places) &&
	       ((op->kind != OP_ASSIGN && op->kind != OP_ALIAS) ||
		op->dst != NO_PLACE) &&
	       within(op->first_arg, op->nr_args, fn->nr_args) &&
	       (op->kind != OP_TEST || test_valid(op)) &&
	       (op->kind != OP_JUMP || op->flags <= JUMP_CONTINUE) &&
	       (op->first_detail == NO_DETAIL ||
		within(op->first_detail, op->nr_args, set->nr_details)) &&
	       within(op->value.first, op->value.nr, fn->nr_terms);
}

static bool ranges_valid(const struct fact_set *set,
			 const struct function *fn)
{
	return fn->key < set->strings.nr && fn->name < set->strings.nr &&
	       fn->file < set->strings.nr && fn->nr_branches > 0 &&
	       within(fn->first_place, fn->nr_places, set->nr_places) &&
	       within(fn->first_term, fn->nr_terms, set->nr_terms) &&
	       within(fn->first_op, fn->nr_ops, set->nr_ops) &&
	       within(fn->first_arg, fn->nr_args, set->nr_args) &&
	       within(fn->first_branch, fn->nr_branches, set->nr_branches) &&
	       within(fn->first_block, fn->nr_blocks, set->nr_blocks);
}

/* The ops of a block end where the next one begins. */
static bool blocks_valid(const struct fact_set *set,
			 const struct function *fn)
{
	uint32_t i, first = 0;
	int j;

	for (i = 0; i < fn->nr_blocks; i++) {
		const struct block *b = &set->blocks[fn->first_block + i];

		if (b->first_op < first || b->first_op > fn->nr_ops ||
		    (!i && b->first_op) || b->text >= set->strings.nr ||
		    (b->test != NO_OP &&
		     (b->test >= fn->nr_ops ||
		      set->ops[fn->first_op + b->test].kind != OP_TEST)))
			return false;
		for (j = 0; j < 2; j++)
			if (b->next[j] != NO_BLOCK &&
			    b->next[j] >= fn->nr_blocks)
				return false;
		first = b->first_op;
	}
	return true;
}

static bool function_valid(const struct fact_set *set,
			   const struct function *fn)
{
	uint32_t i;

	if (!ranges_valid(set, fn))
		return false;
	for (i = 0; i < fn->nr_places; i++)
		if (!place_valid(set, fn, &set->places[fn->first_place + i]))
			return false;
	for (i = 0; i < fn->nr_terms; i++) {
		const struct term *t = &set->terms[fn->first_term + i];

		if (t->kind > TERM_UNKNOWN ||
		    (t->kind == TERM_BITS && t->name != NO_NAME &&
		     t->name >= set->strings.nr) ||
		    (t->kind == TERM_PLACE && t->place >= fn->nr_places))
			return false;
	}
	for (i = 0; i < fn->nr_args; i++) {
		const struct value *arg = &set->args[fn->first_arg + i];

		if (!within(arg->first, arg->nr, fn->nr_terms))
			return false;
	}
	/* The way up from a branch comes to the body, and ends there. */
	for (i = 0; i < fn->nr_branches; i++) {
		const struct branch *b = &set->branches[fn->first_branch + i];

		if (b->kind > BRANCH_LOOP || b->parent > i ||
		    (i && b->parent == i))
			return false;
	}
	for (i = 0; i < fn->nr_ops; i++)
		if (!op_valid(set, fn, &set->ops[fn->first_op + i]))
			return false;
	return blocks_valid(set, fn);
}

static bool details_valid(const struct fact_set *set)
{
	uint32_t i, nr = set->strings.nr;

	for (i = 0; i < set->nr_details; i++) {
		const struct arg_detail *d = &set->details[i];

		if (d->text >= nr || d->type >= nr || d->record >= nr ||
		    d->field >= nr)
			return false;
	}
	for (i = 0; i < set->nr_exports; i++) {
		const struct export_fact *e = &set->exports[i];

		if (e->name >= nr || e->macro >= nr || e->arguments >= nr)
			return false;
	}
	return true;
}

static bool records_valid(const struct fact_set *set)
{
	uint32_t i, nr = set->strings.nr;

	for (i = 0; i < set->nr_records; i++) {
		const struct record_layout *r = &set->records[i];

		if (r->name >= nr || r->file >= nr ||
		    !within(r->first_field, r->nr_fields, set->nr_fields))
			return false;
	}
	for (i = 0; i < set->nr_fields; i++)
		if (set->fields[i].name >= nr || set->fields[i].type >= nr)
			return false;
	return true;
}

bool facts_valid(const struct fact_set *set)
{
	uint32_t i;

	if (!details_valid(set) || !records_valid(set))
		return false;

	for (i = 0; i < set->nr_functions; i++)
		if (!function_valid(set, &set->functions[i]))
			return false;
	return true;
}
