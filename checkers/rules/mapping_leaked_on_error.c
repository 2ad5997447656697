// SPDX-License-Identifier: GPL-2.0-only
/*
 * Error paths that leave a mapping or an allocation behind which is the
 * function's own business: another path undoes it, or nobody else has it.
 */
#include "rules/rule.h"

#include "rules/common/lives.h"

/*
 * Kept in a member that the driver releases when it is removed: where its probe
 * function fails that does not happen.
 */
static bool is_left_by_probe(struct rule_run *run, const struct life *life)
{
	struct lifetimes *l = rule_lifetimes(run);
	uint32_t field;

	if (life->field == NO_PLACE || life->is_moved)
		return false;
	field = lifetimes_field(l, life->in, life->field);
	return lifetimes_field_released(l, field) &&
	       lifetimes_is_left(l, life->in, field, 4);
}

/* Kept in a member that a caller releases. */
static bool is_callers(struct rule_run *run, const struct life *life)
{
	struct lifetimes *l = rule_lifetimes(run);

	uint32_t field = life->field == NO_PLACE ? life->member :
			 lifetimes_field(l, life->in, life->field);

	return field != INTERN_NONE &&
	       lifetimes_is_undone_by_caller(l, life->in, field, 3);
}

/* Whether the function shows that undoing it is its job. */
static bool is_own(struct rule_run *run, const struct life *life)
{
	if (is_callers(run, life))
		return false;
	if (life->released != NO_OP || is_left_by_probe(run, life))
		return true;
	return !life->is_stored && !life->is_out && !life->is_handed_on && !life->is_moved &&
	       !life->is_returned &&
	       (life->kind == LIFE_ADDRESS || life->kind == LIFE_MEMORY);
}

/*
 * Kept only where a test of the number of mapped entries comes out another way
 * than where it is undone: more than the driver has room for, say, which it may
 * have made sure of before.
 */
static bool is_refused(const struct life *life)
{
	return life->released_count && !(life->kept_count & COUNT_UNTESTED) &&
	       !(life->kept_count & life->released_count);
}

/* Each round undoes what it maps, but for one that is left by an error. */
static bool is_kept_in_round(const struct life *life)
{
	uint32_t i;

	for (i = 0; i < life->nr_kept; i++)
		if (life->kept[i].is_error && !life->kept[i].is_later &&
		    !life->kept[i].is_older)
			return life->is_released_in_round;
	return false;
}

/*
 * Not where rounds of a loop are told apart by nothing, nor where a helper
 * may undo it, or another thing of its kind.
 */
static bool is_certain(struct rule_run *run, const struct life *life)
{
	if (is_refused(life))
		return false;
	if (life->released != NO_OP)
		return life->is_released &&
		       (!life->is_in_loop || is_kept_in_round(life));
	return is_left_by_probe(run, life) || !life->is_in_loop;
}

static bool frees_itself(const struct scan *s, const struct life *life)
{
	uint32_t i;

	for (i = life->op; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN &&
		    view_only_place(&s->v, op->value) ==
			    view_op(&s->v, life->op)->dst)
			return view_place(&s->v, op->dst)->has_cleanup;
	}
	return false;
}

/* What fails on the way there, a step a line. */
static void add_failures(struct finding *f, const struct scan *s,
			 const struct life_end *end)
{
	uint32_t i, line = 0;

	for (i = 0; i < end->nr_failures; i++) {
		const struct op *op = view_op(&s->v, end->failures[i]);

		if (op->line != line)
			life_add_step(f, s, end->failures[i], "this fails");
		line = op->line;
	}
}

/*
 * Where no loop undoes them, older ones may well stay, and where each round
 * undoes its own, none is left.
 */
static bool is_reported(const struct life *life, const struct life_end *end)
{
	return end->is_error && (!end->is_older || life->is_unwound) &&
	       (!end->is_later || !is_kept_in_round(life));
}

static void mapping_leaked_on_error_in_life(const struct scan *s,
					    const struct life *life,
					    void *data)
{
	bool allocates = life->kind == LIFE_MEMORY;
	struct finding *f = NULL;
	uint32_t i, j;

	(void)data;
	if (life->is_given_up || life->is_managed || !is_own(s->run, life) ||
	    frees_itself(s, life))
		return;
	for (i = 0; i < life->nr_kept; i++) {
		const struct life_end *end = &life->kept[i];

		if (!is_reported(life, end))
			continue;
		for (j = 0; j < i; j++)
			if (life->kept[j].op == end->op &&
			    is_reported(life, &life->kept[j]))
				break;
		if (j < i)
			continue;
		if (!f) {
			f = scan_report_level(s, view_op(&s->v, life->op),
				is_certain(s->run, life) ? LEVEL_WARNING :
				LEVEL_NOTE, allocates ?
				"memory of %s() is not freed on an error path" :
				"mapping of %s() is not undone on an error path",
				life_name(s, life));
			life_add_step(f, s, life->released, allocates ?
				      "it is freed here, on another path" :
				      "it is unmapped here, on another path");
		}
		add_failures(f, s, end);
		life_add_step(f, s, end->op, "returns here without");
	}
}

static void check_mapping_leaked_on_error(struct rule_run *run)
{
	lives_each(run, mapping_leaked_on_error_in_life, NULL);
}

const struct rule mapping_leaked_on_error_rule = {
	.id = "mapping-leaked-on-error",
	.level = LEVEL_WARNING,
	.summary = "an error path leaves a mapping or coherent memory behind",
	.explanation =
"A function maps or allocates memory for DMA, a later step fails, and the\n"
"function returns an error without unmapping or freeing. The mapping, its\n"
"IOVA space or its SWIOTLB slots are leaked.\n"
"\n"
"It is reported only if the function is responsible for the mapping: another\n"
"path of it unmaps or frees the same memory, no other code has the address,\n"
"or it is the probe function of a driver whose remove function unmaps or\n"
"frees it.\n"
"\n"
"It is a note if the mapping is made in a loop, or if a helper undoes it on\n"
"the other path, because it is then unknown which mapping that is. It is also\n"
"a note if only a test of the number of mapped entries leads to that path:\n"
"the driver may have made sure earlier that there are not too many.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"Handling Errors\".\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .names = lives_names },
	.check = check_mapping_leaked_on_error,
};
