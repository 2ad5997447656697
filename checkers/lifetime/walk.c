// SPDX-License-Identifier: GPL-2.0-only
/*
 * The paths of a function from its entry on: where they meet in the same state
 * they become one, which knows what both know. What comes of it is put into a
 * struct life.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"

/* More than this, and the function is given up. */
#define MAX_PATHS 800
#define MAX_STEPS 8000

struct saved_path {
	struct life_path path;
	uint32_t block;
	bool is_queued;
	uint32_t next;		/* the next one of the same block, or NONE */
};
#define NONE UINT32_MAX

struct paths {
	struct saved_path *list;
	uint32_t nr, alloc;
	uint32_t *of_block;
	uint32_t *queue;
	uint32_t nr_queue, alloc_queue;
	uint32_t steps;
};

static bool same_state(const struct life_path *a, const struct life_path *b)
{
	if (a->state != b->state)
		return false;
	return a->state == LIFE_NONE ||
	       (a->flags == b->flags && a->verdict == b->verdict &&
		a->copy == b->copy &&
		a->signs[0] == b->signs[0]);
}

static bool merge_names(struct life_path *into, const struct life_path *p)
{
	bool any = false;
	uint32_t i, j;

	for (i = 0; i < p->nr_names; i++) {
		for (j = 0; j < into->nr_names; j++)
			if (into->names[j].place == p->names[i].place &&
			    into->names[j].text == p->names[i].text)
				break;
		if (j < into->nr_names && p->names[i].is_stale &&
		    !into->names[j].is_stale)
			any = into->names[j].is_stale = true;
		if (j < into->nr_names || into->nr_names == MAX_NAMES)
			continue;
		into->names[into->nr_names++] = p->names[i];
		any = true;
	}
	return any;
}

/* What both know; whether `into` knows less than before. */
static bool merge(struct life_path *into, const struct life_path *p)
{
	uint64_t known = into->known & p->known &
			 ~(into->truth ^ p->truth);
	bool any = known != into->known;
	uint32_t i;

	into->known = known;
	any |= (p->failures & ~into->failures) != 0;
	into->failures |= p->failures;
	any |= merge_names(into, p);
	for (i = 0; i < MAX_SCALARS; i++) {
		any |= (p->signs[i] & ~into->signs[i]) != 0;
		into->signs[i] |= p->signs[i];
	}
	return any;
}

static void enqueue(struct paths *paths, uint32_t nr)
{
	if (paths->list[nr].is_queued)
		return;
	paths->list[nr].is_queued = true;
	ALLOC_GROW(paths->queue, paths->nr_queue + 1, paths->alloc_queue);
	paths->queue[paths->nr_queue++] = nr;
}

static void arrive(struct paths *paths, uint32_t block,
		   const struct life_path *p)
{
	uint32_t i;

	for (i = paths->of_block[block]; i != NONE; i = paths->list[i].next) {
		if (!same_state(&paths->list[i].path, p))
			continue;
		if (merge(&paths->list[i].path, p))
			enqueue(paths, i);
		return;
	}
	ALLOC_GROW(paths->list, paths->nr + 1, paths->alloc);
	paths->list[paths->nr] = (struct saved_path){
		.path = *p, .block = block, .next = paths->of_block[block],
	};
	paths->of_block[block] = paths->nr;
	enqueue(paths, paths->nr++);
}

static void name_argument(struct life_walk *w, struct life_path *p,
			  const struct op *op, int arg)
{
	uint32_t place = view_only_place(&w->f->v, view_arg(&w->f->v, op, arg));
	const char *text = view_text(&w->f->v, op, arg);
	bool is_member = place == NO_PLACE ||
		(view_place(&w->f->v, place)->kind != PLACE_LOCAL &&
		 view_place(&w->f->v, place)->kind != PLACE_PARAM);
	struct life_name name = { place, 0, false };

	if (*text && (is_member || strpbrk(text, "[.>")))
		name.text = w->f->v.set->details[op->first_detail +
					       (uint32_t)arg].text;
	if (place != NO_PLACE || name.text)
		p->names[p->nr_names++] = name;
	if (place == NO_PLACE && name.text)
		w->life->member = life_text_field(w->l, w->f, text);
	if (is_member) {
		p->flags |= LIFE_STORED;
		w->life->is_stored = true;
		if (place != NO_PLACE &&
		    view_place(&w->f->v, place)->kind == PLACE_FIELD)
			w->life->field = place;
	}
}

static bool is_mapped(const struct life_path *p)
{
	return p->state == LIFE_UNASKED || p->state == LIFE_GOOD;
}

/* Past the call that maps; false if the path need not be followed. */
static bool acquire(struct life_walk *w, struct life_path *p,
		    const struct op *op)
{
	struct life *life = w->life;
	uint32_t i;

	if (is_mapped(p)) {
		/* In a loop: those of the rounds before. */
		if (!(p->flags & LIFE_STORED) || p->state != LIFE_GOOD)
			return false;
		p->flags |= LIFE_OLDER;
		for (i = 0; i < p->nr_names; i++)
			if (!p->names[i].text)
				p->names[i--] = p->names[--p->nr_names];
		return true;
	}
	p->state = LIFE_UNASKED;
	p->flags &= LIFE_FAILING;
	p->nr_names = 0;
	p->verdict = p->copy = NO_PLACE;
	p->verdict_fails = 0;
	p->failed = NO_OP;
	p->failures = 0;
	if (life->kind != LIFE_SGTABLE && life->kind != LIFE_TABLE &&
	    op->dst != NO_PLACE)
		p->names[p->nr_names++] = (struct life_name){ op->dst, 0,
							       false };
	if (life->api && life->api->handle.arg >= 0)
		name_argument(w, p, op, life->api->handle.arg);
	return true;
}

static bool is_narrow(const char *type)
{
	static const char *const narrow[] = { "u32", "__u32", "uint32_t",
		"unsigned int", "int", "__le32", "__be32", "__le64", "__be64",
		"__le16", NULL };
	const char *const *name;

	for (name = narrow; *name; name++)
		if (!strcmp(type, *name))
			return true;
	return false;
}

/* `place` is not 0 if the mapping has failed. */
static void take_verdict(struct life_walk *w, struct life_path *p,
			 uint32_t place)
{
	p->flags |= LIFE_ASKED;
	w->life->is_asked = true;
	p->verdict = place;
	p->verdict_fails = SIGN_NEGATIVE | SIGN_POSITIVE;
}

static void ask(struct life_walk *w, struct life_path *p, const struct op *op,
		int arg)
{
	const struct arg_detail *d =
		&w->f->v.set->details[op->first_detail + (uint32_t)arg];

	if (p->flags & LIFE_OLDER)
		return;
	if (is_narrow(view_str(&w->f->v, d->type)))
		w->life->asked_narrow = (uint32_t)(op - view_op(&w->f->v, 0));
	take_verdict(w, p, op->dst);
}

/* In the order of the source. */
static void add_failure(struct life_end *end, uint32_t test)
{
	uint32_t i;

	for (i = 0; i < end->nr_failures; i++)
		if (end->failures[i] >= test)
			break;
	if (end->nr_failures == MAX_LIFE_FAILURES ||
	    (i < end->nr_failures && end->failures[i] == test))
		return;
	memmove(end->failures + i + 1, end->failures + i,
		(end->nr_failures++ - i) * sizeof(*end->failures));
	end->failures[i] = test;
}

static void add_end(struct life_end *ends, uint32_t *nr,
		    const struct life_end *end)
{
	uint32_t i, j;

	for (i = 0; i < *nr; i++) {
		if (ends[i].op != end->op || ends[i].is_older != end->is_older ||
		    ends[i].is_later != end->is_later)
			continue;
		ends[i].is_error |= end->is_error;
		for (j = 0; j < end->nr_failures; j++)
			add_failure(&ends[i], end->failures[j]);
		return;
	}
	if (*nr < MAX_LIFE_ENDS)
		ends[(*nr)++] = *end;
}

static uint8_t count_of(const struct life_path *p)
{
	return p->flags & LIFE_COUNT_YES ? COUNT_YES :
	       p->flags & LIFE_COUNT_NO ? COUNT_NO : COUNT_UNTESTED;
}

/*
 * Whether op `nr` releases what the path has released already: two calls of the
 * DMA API, the second one in no branch of its own, which may well ask for the first.
 */
static bool is_second_release(const struct life_walk *w,
			      const struct life_path *p, uint32_t nr)
{
	const struct view *v = &w->f->v;
	const struct op *op = view_op(v, nr);

	return p->state == LIFE_RELEASED && p->released != NO_OP &&
	       w->life->second_release == NO_OP && nr > p->released &&
	       !(p->flags & LIFE_OLDER) &&
	       view_is_within(v, view_op(v, p->released)->branch, op->branch) &&
	       life_api(w->l, w->f, op, LIFE_RELEASES) &&
	       !life_is_in_other_loop(w, p->released) &&
	       !life_is_in_other_loop(w, nr);
}

/* Whether the path goes on: it does not where the mapping is gone. */
static bool release(struct life_walk *w, struct life_path *p, uint32_t nr,
		    bool exact)
{
	struct life *life = w->life;

	life->released = nr;
	if (p->state == LIFE_FAILED && exact && !(p->flags & LIFE_OLDER) &&
	    life->bad_release == NO_OP && nr > life->op &&
	    !life_is_in_other_loop(w, nr)) {
		life->bad_release = nr;
		life->bad_test = p->failed;
	}
	if (exact && is_second_release(w, p, nr)) {
		life->second_release = nr;
		life->first_release = p->released;
	}
	if (exact && p->state == LIFE_UNASKED && !(p->flags & LIFE_ASKED))
		add_end(life->unasked, &life->nr_unasked,
			&(struct life_end){ .op = nr });
	if (!exact || (p->flags & LIFE_OLDER)) {
		life->is_moved = true;
		return false;
	}
	life->is_released |= is_mapped(p);
	if (is_mapped(p)) {
		life->released_count |= count_of(p);
		life->is_released_in_round |= nr > life->op &&
			life_is_in_its_loop(w, nr) &&
			!life_is_in_other_loop(w, nr);
	}
	p->state = LIFE_RELEASED;
	p->released = life_api(w->l, w->f, view_op(&w->f->v, nr),
			       LIFE_RELEASES) ? nr : NO_OP;
	return true;
}

/*
 * What is released has been got back by a call, and a function that nothing is
 * known of has the address: it may well be this one.
 */
static bool is_read_back(const struct life_walk *w, const struct life_path *p,
			 uint32_t nr, struct value handle)
{
	uint32_t place = view_only_place(&w->f->v, handle);
	const struct op *call;

	if (!is_mapped(p) || !(p->flags & LIFE_PASSED) || place == NO_PLACE ||
	    view_place(&w->f->v, place)->kind != PLACE_CALL ||
	    life_is_in_other_loop(w, nr))
		return false;
	call = view_op(&w->f->v, view_place(&w->f->v, place)->number);
	return !life_api(w->l, w->f, call, LIFE_MAPS);
}

static bool call_api(struct life_walk *w, struct life_path *p, uint32_t nr,
		     const struct api_function *api)
{
	const struct op *op = view_op(&w->f->v, nr);
	bool frees = api->roles & (API_FREE | API_POOL_FREE), exact;
	int handles[2], i;

	life_handles(api, handles);
	if (api->roles & API_CHECK) {
		if (life_is_named(w, p, op, handles[0], &exact))
			ask(w, p, op, handles[0]);
		return true;
	}
	if (frees != (w->life->kind == LIFE_MEMORY))
		return true;
	for (i = 0; i < 2; i++)
		if (handles[i] != API_NONE &&
		    life_is_named(w, p, op, handles[i], &exact))
			return release(w, p, nr, exact);
	if (is_read_back(w, p, nr, view_arg(&w->f->v, op, handles[0]))) {
		w->life->is_moved = true;
		return false;
	}
	return true;
}

/* A function whose address is given away, to be called later. */
static const struct life_function *callback(struct life_walk *w,
					    struct value value)
{
	uint32_t i, id;

	for (i = 0; i < value.nr; i++) {
		const struct term *t = view_term(&w->f->v, value, i);

		if (t->kind != TERM_PLACE ||
		    view_place(&w->f->v, t->place)->kind != PLACE_FUNCTION)
			continue;
		id = intern_find(&w->l->keys, view_str(&w->f->v,
				 view_place(&w->f->v, t->place)->name));
		if (id != INTERN_NONE)
			return &w->l->functions[id];
	}
	return NULL;
}

/* Kept in a member of a [barrier] struct: no value tells of it. */
static bool has_no_place(const struct life_walk *w, const struct life_path *p)
{
	uint32_t i;

	(void)w;
	for (i = 0; i < p->nr_names; i++)
		if (p->names[i].place == NO_PLACE)
			return true;
	return false;
}

static bool is_unknown(const struct life_walk *w, struct value value)
{
	uint32_t i = 0;

	return view_next_place(&w->f->v, value, &i) == NO_PLACE;
}

/* Whether what a call returned is used for more than to be passed on. */
static bool is_tested(const struct life_walk *w, uint32_t place)
{
	uint32_t i;

	for (i = 0; place != NO_PLACE && i < w->f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&w->f->v, i);

		if ((op->kind == OP_TEST || op->kind == OP_ASSIGN ||
		     op->kind == OP_RETURN) &&
		    view_has_place(&w->f->v, op->value, place))
			return true;
	}
	return false;
}

static bool call(struct life_walk *w, struct life_path *p, uint32_t nr)
{
	const struct op *op = view_op(&w->f->v, nr);
	const struct api_function *api =
		life_api(w->l, w->f, op, LIFE_RELEASES | API_CHECK | API_SYNC);
	const struct life_function *callee =
		lifetimes_callee(w->l, w->f, op);
	bool named = false;
	int i;

	if (op->flags & CALL_NO_RETURN)
		return false;
	if (api)
		return call_api(w, p, nr, api);
	/* Tried again: the variables are those of another one now. */
	api = life_api(w->l, w->f, op, LIFE_ALLOCS);
	if (api && api->handle.arg >= 0 &&
	    life_is_named(w, p, op, api->handle.arg, &named))
		return false;
	named = false;
	if (life_releases_field(w, p, callee) ||
	    (callee && callee->unmaps_unknown && (p->flags & (LIFE_STORED | LIFE_PASSED)))) {
		w->life->released = nr;
		w->life->is_moved = true;
		return false;
	}
	for (i = 0; i < op->nr_args; i++) {
		struct value arg = view_arg(&w->f->v, op, i);

		if (life_releases_field(w, p, callback(w, arg))) {
			w->life->is_moved = true;
			return false;
		}
		if (callee && i < 32 && (callee->releases & 1u << i) &&
		    has_no_place(w, p) && is_unknown(w, arg)) {
			w->life->released = nr;
			w->life->is_moved = true;
			return false;
		}
		if (!life_value_named(w, p, arg))
			continue;
		named = true;
		if (!callee || i >= 32)
			continue;
		/* It asks, and undoes what cannot be used: its result says so. */
		if ((callee->checks & callee->releases & 1u << i) &&
		    is_tested(w, op->dst)) {
			take_verdict(w, p, op->dst);
			continue;
		}
		/* Of an array that a loop maps, the helper undoes what came before. */
		if (callee->releases & 1u << i)
			return release(w, p, nr,
				life_is_variable(p, view_only_place(&w->f->v,
								    arg)) &&
				!(p->state == LIFE_FAILED &&
				  w->life->is_in_loop));
		if (callee->checks & 1u << i)
			take_verdict(w, p, op->dst);
	}
	if (named) {
		p->flags |= LIFE_PASSED;
		w->life->is_passed = true;
		w->life->is_handed_on |= callee ? !view_is_helper(&callee->v) :
			!*life_callee_name(w->f, op) &&
			w->life->kind == LIFE_ADDRESS;
	}
	return true;
}

static void assign(struct life_walk *w, struct life_path *p,
		   const struct op *op)
{
	const struct life *life = w->life;
	uint32_t place = view_only_place(&w->f->v, op->value);
	uint8_t signs = life_signs(w, p, op->value);
	uint32_t i;

	if (!(op->flags & ASSIGN_ELEMENT) && op->dst != NO_PLACE)
		life_forget(w, p, op->dst);
	life_assign_condition(w, p, op);
	for (i = 0; i < w->nr_scalars; i++)
		if (w->scalars[i] == op->dst && !(op->flags & ASSIGN_ELEMENT))
			p->signs[i] = op->flags & (ASSIGN_OR | ASSIGN_AND |
				ASSIGN_UPDATE) ? SIGN_ANY : signs;
	if (p->state == LIFE_NONE)
		return;
	if (op->dst != NO_PLACE && op->dst == p->copy)
		p->copy = NO_PLACE;
	if (place != NO_PLACE && place == p->verdict) {
		p->copy = p->verdict;
		p->verdict = op->dst;
	} else if (place != NO_PLACE && !(p->flags & LIFE_OLDER) &&
		   place == view_op(&w->f->v, life->op)->dst &&
		   (life->kind == LIFE_TABLE || life->kind == LIFE_SGTABLE)) {
		p->verdict = op->dst;
		p->verdict_fails = life->kind == LIFE_TABLE ? SIGN_ZERO :
			SIGN_NEGATIVE | SIGN_POSITIVE;
	} else if (op->dst != NO_PLACE && op->dst == p->verdict) {
		p->verdict = NO_PLACE;
		p->verdict_fails = 0;
	}
	life_assign_names(w, p, op);
}

/* NETDEV_TX_OK or the like: 0, but not false. */
static bool is_named_code(const struct life_walk *w, struct value value)
{
	const struct term *t = value.nr ? view_term(&w->f->v, value, 0) : NULL;

	return t && t->kind == TERM_BITS && t->name != NO_NAME &&
	       strcmp(view_str(&w->f->v, t->name), "false") != 0;
}

static bool is_error(const struct life_walk *w, const struct life_path *p,
		     struct value value)
{
	uint8_t signs = value.nr ? life_signs(w, p, value) : SIGN_ANY;

	if (w->returns_pointer)
		return !(signs & SIGN_POSITIVE);
	if (w->f->v.fn->flags & FUNCTION_BOOL)
		return signs == SIGN_ZERO && !is_named_code(w, value);
	/*
	 * `if (ret) return ret;`. Who returns no error, as ndo_start_xmit(),
	 * undoes by its descriptors what he mapped: nothing is known of that.
	 */
	return w->has_errors && (signs & SIGN_NEGATIVE) &&
	       !(signs & SIGN_ZERO);
}

/* Whether a call makes what is returned of the address. */
static bool is_made_of_it(const struct life_walk *w, const struct life_path *p,
			  struct value value)
{
	uint32_t place, i;
	int j;

	for_each_place(place, i, &w->f->v, value) {
		const struct op *call;

		if (view_place(&w->f->v, place)->kind != PLACE_CALL)
			continue;
		call = view_op(&w->f->v, view_place(&w->f->v, place)->number);
		for (j = 0; j < call->nr_args; j++)
			if (life_value_named(w, p, view_arg(&w->f->v, call, j)))
				return true;
	}
	return false;
}

static void leave(struct life_walk *w, struct life_path *p, uint32_t nr)
{
	struct value value = nr == NO_OP ? (struct value){ 0, 0 } :
			     view_op(&w->f->v, nr)->value;
	struct life *life = w->life;
	struct life_end end = { .op = nr, .is_older = p->flags & LIFE_OLDER,
				.is_later = p->flags & LIFE_LATER };
	uint32_t i;

	if (!is_mapped(p))
		return;
	if (life_value_named(w, p, value)) {
		life->is_returned = true;
		return;
	}
	if (w->life->kind == LIFE_ADDRESS && is_made_of_it(w, p, value))
		life->is_returned = true;
	if (p->verdict != NO_PLACE &&
	    view_has_place(&w->f->v, value, p->verdict)) {
		life->is_asked = true;
		return;
	}
	for (i = 0; i < w->nr_failures; i++)
		if (p->failures & 1ull << i)
			add_failure(&end, w->failures[i]);
	end.is_error = is_error(w, p, value);
	if (end.is_error)
		life->kept_count |= count_of(p);
	if (p->state == LIFE_UNASKED && !(p->flags & LIFE_ASKED))
		add_end(life->unasked, &life->nr_unasked, &end);
	add_end(life->kept, &life->nr_kept, &end);
}

/* False where the path ends. */
static bool step(struct life_walk *w, struct life_path *p, uint32_t nr)
{
	const struct op *op = view_op(&w->f->v, nr);

	switch (op->kind) {
	case OP_CALL:
		if (nr == w->life->op)
			return acquire(w, p, op);
		if (p->state == LIFE_NONE)
			return !(op->flags & CALL_NO_RETURN);
		return call(w, p, nr);
	case OP_ASSIGN:
	case OP_KEEP:
		assign(w, p, op);
		return true;
	case OP_RETURN:
		leave(w, p, nr);
		return false;
	default:
		return true;
	}
}

/* Whether the arm of test `test` that begins at `first` ends in a goto or return. */
static bool leaves_arm(const struct life_walk *w, uint32_t test, uint32_t first)
{
	const struct view *v = &w->f->v;
	const struct branch *branches = view_branches(v);
	uint32_t outer = view_op(v, test)->branch, arm, i;

	if (first >= v->fn->nr_ops)
		return false;
	arm = view_op(v, first)->branch;
	while (arm && branches[arm].parent != outer)
		arm = branches[arm].parent;
	if (!arm || !branches[arm].leaves)
		return false;
	for (i = first; i < v->fn->nr_ops &&
	     view_is_within(v, view_op(v, i)->branch, arm); i++) {
		const struct op *op = view_op(v, i);

		if (op->branch == arm &&
		    (op->kind == OP_RETURN ||
		     (op->kind == OP_JUMP && op->flags == JUMP_GOTO)))
			return true;
	}
	return false;
}

/* If that way out of block `from` ends in a goto or a return, remember the test. */
static void note_way_out(struct life_walk *w, struct life_path *p,
			 uint32_t from, uint32_t to)
{
	uint32_t test = life_block(w->f, from)->test, i;

	if (test == NO_OP ||
	    !leaves_arm(w, test, life_block(w->f, to)->first_op))
		return;
	for (i = 0; i < w->nr_failures; i++)
		if (w->failures[i] == test)
			break;
	if (i == MAX_FAILURES)
		return;
	if (i == w->nr_failures)
		w->failures[w->nr_failures++] = test;
	p->failures |= 1ull << i;
}

static void take(struct life_walk *w, struct paths *paths, uint32_t from,
		 struct life_path p, bool truth, bool tests)
{
	uint32_t to = life_block(w->f, from)->next[truth ? 0 : 1];
	bool was_known = life_knows(w, &p, from);

	if (tests && !life_take_edge(w, &p, from, truth))
		return;
	if (tests && is_mapped(&p) && to != NO_BLOCK)
		note_way_out(w, &p, from, to);
	if (is_mapped(&p) && life_is_undone_by_loop(w, &p, from, to, tests)) {
		w->life->is_moved = w->life->is_unwound = true;
		return;
	}
	if (tests && is_mapped(&p) && life_is_guarded_release(w, &p, from, to,
							     was_known)) {
		w->life->is_moved = true;
		return;
	}
	if (tests && !was_known && p.state == LIFE_FAILED &&
	    life_is_guarded_release(w, &p, from,
			       life_block(w->f, from)->next[truth ? 1 : 0],
			       false))
		return;
	if (to <= from) {
		life_forget_loop(w, &p, to, w->loop_ends[to]);
		if (is_mapped(&p) &&
		    life_is_in_its_loop(w, life_block(w->f, to)->first_op))
			p.flags |= LIFE_LATER;
	}
	if (p.state == LIFE_NONE)
		p.flags = 0;
	arrive(paths, to, &p);
}

static void follow(struct life_walk *w, struct paths *paths, uint32_t block,
		   struct life_path p)
{
	const struct life_function *f = w->f;
	const struct block *b = life_block(f, block);
	uint32_t end = block + 1 < f->v.fn->nr_blocks ?
		life_block(f, block + 1)->first_op : f->v.fn->nr_ops, i;

	for (i = b->first_op; i < end; i++)
		if (!step(w, &p, i))
			return;
	if (b->next[0] == NO_BLOCK) {
		leave(w, &p, NO_OP);
		return;
	}
	take(w, paths, block, p, true, b->next[1] != NO_BLOCK);
	if (b->next[1] != NO_BLOCK)
		take(w, paths, block, p, false, true);
}

/* Whether the function says -EIO or the like somewhere. */
static bool has_errors(const struct life_function *f)
{
	uint32_t i, j;

	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);

		if (op->kind != OP_RETURN && op->kind != OP_ASSIGN)
			continue;
		for (j = 0; j < op->value.nr; j++) {
			const struct term *t = view_term(&f->v, op->value, j);

			if (t->kind == TERM_BITS && t->bits >> 63 &&
			    t->bits > (uint64_t)-4096)
				return true;
			if (op->kind == OP_RETURN && t->kind == TERM_PLACE &&
			    view_place(&f->v, t->place)->kind == PLACE_CALL)
				return true;
		}
	}
	return false;
}

void life_walk(struct lifetimes *l, const struct life_function *f,
	       struct life *life)
{
	struct life_walk w = { .l = l, .f = f, .life = life };
	struct life_path start = {
		.state = LIFE_NONE, .verdict = NO_PLACE, .copy = NO_PLACE,
		.failed = NO_OP,
	};
	struct paths paths = { NULL, 0, 0, NULL, NULL, 0, 0, 0 };
	uint32_t i;

	w.has_errors = has_errors(f);
	life_prepare_tests(&w);
	life_prepare_conditions(&w);
	life_find_loops(&w);
	for (i = 0; i < f->v.fn->nr_blocks; i++) {
		uint32_t last = w.loop_ends[i];

		life->is_in_loop |= last > i &&
			life->op >= life_block(f, i)->first_op &&
			(last + 1 == f->v.fn->nr_blocks ||
			 life->op < life_block(f, last + 1)->first_op);
	}
	memset(start.signs, SIGN_ANY, sizeof(start.signs));
	paths.of_block = xmalloc(f->v.fn->nr_blocks * sizeof(uint32_t));
	for (i = 0; i < f->v.fn->nr_blocks; i++)
		paths.of_block[i] = NONE;
	arrive(&paths, 0, &start);
	while (paths.nr_queue) {
		struct saved_path *s =
			&paths.list[paths.queue[--paths.nr_queue]];

		s->is_queued = false;
		if (paths.nr > MAX_PATHS || ++paths.steps > MAX_STEPS) {
			life->is_given_up = true;
			l->given_up++;
			break;
		}
		follow(&w, &paths, s->block, s->path);
	}
	free(w.loop_ends);
	free(w.asked);
	free(paths.list);
	free(paths.of_block);
	free(paths.queue);
}
