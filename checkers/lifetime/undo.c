// SPDX-License-Identifier: GPL-2.0-only
/*
 * What undoes a mapping on the way that a path takes: helpers, loops that unwind
 * what another loop did, conditions that say whether it is mapped. For walk.c.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"

/* Whether `callee` releases a field that the mapping is kept in. */
bool life_releases_field(struct life_walk *w, const struct life_path *p,
			 const struct life_function *callee)
{
	uint32_t i, j;

	for (i = 0; callee && i < p->nr_names; i++) {
		uint32_t place = p->names[i].place, field;

		if (place == NO_PLACE)
			field = life_text_field(w->l, w->f,
					view_str(&w->f->v, p->names[i].text));
		else if (view_place(&w->f->v, place)->kind == PLACE_FIELD)
			field = lifetimes_field(w->l, w->f, place);
		else
			continue;
		for (j = 0; j < callee->nr_fields; j++)
			if (callee->fields[j] == field)
				return true;
	}
	return false;
}

/* The ops of the loop that begins with block `head`; false if none does. */
static bool loop_ops(const struct life_walk *w, uint32_t head, uint32_t *first,
		     uint32_t *end)
{
	const struct life_function *f = w->f;
	uint32_t last = w->loop_ends[head];

	*first = life_block(f, head)->first_op;
	*end = last + 1 < f->v.fn->nr_blocks ?
	       life_block(f, last + 1)->first_op : f->v.fn->nr_ops;
	return last > head;
}

bool life_is_in_other_loop(const struct life_walk *w, uint32_t nr)
{
	uint32_t head, first, end;

	for (head = 0; head < w->f->v.fn->nr_blocks; head++)
		if (loop_ops(w, head, &first, &end) && nr >= first &&
		    nr < end && (w->life->op < first || w->life->op >= end))
			return true;
	return false;
}

bool life_is_in_its_loop(const struct life_walk *w, uint32_t nr)
{
	uint32_t head, first, end;

	for (head = 0; head < w->f->v.fn->nr_blocks; head++)
		if (loop_ops(w, head, &first, &end) && nr >= first &&
		    nr < end && w->life->op >= first && w->life->op < end)
			return true;
	return false;
}

/* Whether an op among these releases what the path has. */
static bool range_releases(struct life_walk *w, const struct life_path *p,
			   uint32_t first, uint32_t end)
{
	uint32_t i;

	for (i = first; i < end; i++) {
		const struct op *op = view_op(&w->f->v, i);
		const struct api_function *api =
			life_api(w->l, w->f, op, LIFE_RELEASES);
		int handles[2], j;
		bool exact;

		if (op->kind != OP_CALL)
			continue;
		if (!api && life_releases_field(w, p, lifetimes_callee(w->l,
							w->f, op)))
			return true;
		if (!api || (api->roles & (API_FREE | API_POOL_FREE)) !=
				    (w->life->kind == LIFE_MEMORY ?
				     api->roles & (API_FREE | API_POOL_FREE) :
				     0))
			continue;
		life_handles(api, handles);
		for (j = 0; j < 2; j++)
			if (handles[j] != API_NONE &&
			    life_is_named(w, p, op, handles[j], &exact))
				return true;
	}
	return false;
}

/* The last block that leads back to each one; itself if it is no loop's head. */
void life_find_loops(struct life_walk *w)
{
	uint32_t i, nr = w->f->v.fn->nr_blocks;
	int j;

	w->loop_ends = xmalloc(nr * sizeof(*w->loop_ends));
	for (i = 0; i < nr; i++) {
		w->loop_ends[i] = i;
		for (j = 0; j < 2; j++)
			if (life_block(w->f, i)->next[j] <= i)
				w->loop_ends[life_block(w->f, i)->next[j]] = i;
	}
	/* The body of a for leads back to its step, and that to the head. */
	for (i = 0; i < nr; i++)
		while (w->loop_ends[w->loop_ends[i]] > w->loop_ends[i])
			w->loop_ends[i] = w->loop_ends[w->loop_ends[i]];
}

/*
 * A loop undoes what another one did, as often as that ran: nobody leaves it by
 * its condition without having undone all.
 */
bool life_is_undone_by_loop(struct life_walk *w, const struct life_path *p,
			    uint32_t from, uint32_t to, bool tests)
{
	uint32_t head, nr = w->f->v.fn->nr_blocks, end;

	for (head = from + 1; head-- > 0;) {
		uint32_t last = w->loop_ends[head];

		if (last == head || last < from ||
		    (to >= head && to <= last))
			continue;
		end = last + 1 < nr ? life_block(w->f, last + 1)->first_op :
		      w->f->v.fn->nr_ops;
		/* A break, where the loop is there for nothing else. */
		if (!tests && w->life->op < end &&
		    w->life->op >= life_block(w->f, head)->first_op)
			continue;
		if (range_releases(w, p, life_block(w->f, head)->first_op,
				   end))
			return true;
	}
	return false;
}

static bool has_jump(const struct life_walk *w, uint32_t block)
{
	uint32_t i = life_block(w->f, block)->first_op;
	uint32_t end = block + 1 < w->f->v.fn->nr_blocks ?
		life_block(w->f, block + 1)->first_op : w->f->v.fn->nr_ops;

	for (; i < end; i++)
		if (view_op(&w->f->v, i)->kind == OP_JUMP)
			return true;
	return false;
}

/*
 * Whether the arms of a condition that begin at `a` and `b` meet again where
 * `b`, of one block, ends.
 */
static bool arms_meet(const struct life_walk *w, uint32_t a, uint32_t b)
{
	uint32_t meet = life_block(w->f, b)->next[0], last;

	if (life_block(w->f, b)->next[1] != NO_BLOCK || meet == NO_BLOCK)
		return false;
	if (a == meet)
		return true;
	last = a < b ? b - 1 : meet - 1;
	return meet > a && meet > b && !has_jump(w, a < b ? last : b) &&
	       life_block(w->f, last)->next[0] == meet &&
	       life_block(w->f, last)->next[1] == NO_BLOCK;
}

/* Whether what block `nr` tests is an error code, not a thing's own state. */
static bool tests_result(const struct life_walk *w, uint32_t nr)
{
	uint32_t test = life_block(w->f, nr)->test, place;

	if (test == NO_OP)
		return false;
	place = view_only_place(&w->f->v, view_op(&w->f->v, test)->value);
	return place != NO_PLACE &&
	       (view_place(&w->f->v, place)->kind == PLACE_CALL ||
		(w->nr_scalars && place == w->scalars[0]));
}

/*
 * "if (x) unmap();", "if (x) other(); else unmap();": x, whatever that is, says
 * whether it is mapped. What is released on the way to where the function is
 * left is not this one's concern.
 */
bool life_is_guarded_release(struct life_walk *w, const struct life_path *p,
			     uint32_t from, uint32_t to, bool known)
{
	uint32_t then = life_block(w->f, from)->next[0];
	uint32_t nr = w->f->v.fn->nr_blocks;
	const struct block *b;

	if (then == to)
		then = life_block(w->f, from)->next[1];
	b = life_block(w->f, then);
	return then > from && arms_meet(w, to, then) &&
	       (to == b->next[0] || (!known && !tests_result(w, from))) &&
	       range_releases(w, p, b->first_op, then + 1 < nr ?
			      life_block(w->f, then + 1)->first_op :
			      w->f->v.fn->nr_ops);
}
