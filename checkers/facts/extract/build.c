// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adds functions, places, terms, values and ops to the fact set that is being built;
 * for the rest of extract/.
 */
#include "facts/extract/internal.h"
#include "lib/alloc.h"
#include "lib/diag.h"

uint32_t extract_str(struct extractor *x, const char *s)
{
	return intern(&x->set->strings, s);
}

uint32_t extract_clang_str(struct extractor *x, CXString s)
{
	const char *text = clang_getCString(s);
	uint32_t id = extract_str(x, text ? text : "");

	clang_disposeString(s);
	return id;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->name == b->name &&
	       a->record == b->record && a->number == b->number;
}

uint32_t extract_place(struct extractor *x, const struct place *place)
{
	struct fact_set *set = x->set;
	uint32_t i = set->nr_places;

	/* The last ones used are the likeliest. */
	while (i > x->fn.first_place)
		if (same_place(&set->places[--i], place))
			return i - x->fn.first_place;
	ALLOC_GROW(set->places, set->nr_places + 1, set->alloc_places);
	set->places[set->nr_places] = *place;
	return set->nr_places++ - x->fn.first_place;
}

static struct term *new_term(struct extractor *x)
{
	struct term *t;

	ALLOC_GROW(x->scratch, x->nr_scratch + 1, x->alloc_scratch);
	t = &x->scratch[x->nr_scratch++];
	memset(t, 0, sizeof(*t));
	return t;
}

struct val extract_place_val(struct extractor *x, uint32_t place)
{
	struct val val = { x->nr_scratch, 0 };
	struct term *t;

	if (place == NO_PLACE)
		return val;
	t = new_term(x);
	t->kind = TERM_PLACE;
	t->alt = ALT_ALL;
	t->place = place;
	val.nr = 1;
	return val;
}

struct val extract_bits_val(struct extractor *x, uint64_t bits)
{
	struct val val = { x->nr_scratch, 1 };
	struct term *t = new_term(x);

	t->kind = TERM_BITS;
	t->alt = ALT_ALL;
	t->name = NO_NAME;
	t->bits = bits;
	return val;
}

struct val extract_unknown_val(struct extractor *x)
{
	struct val val = { x->nr_scratch, 1 };
	struct term *t = new_term(x);

	t->kind = TERM_UNKNOWN;
	t->alt = ALT_ALL;
	return val;
}

static unsigned int alts(const struct extractor *x, struct val val)
{
	unsigned int max = 0;
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		uint8_t alt = x->scratch[val.first + i].alt;

		if (alt != ALT_ALL && alt + 1u > max)
			max = alt + 1u;
	}
	return max;
}

/* Copy `val` to the top of the scratch terms, its arms from `base` on. */
static void append(struct extractor *x, struct val val, unsigned int base,
		   bool one_arm)
{
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		struct term t = x->scratch[val.first + i];
		unsigned int alt = t.alt + base;

		if (t.alt == ALT_ALL)
			alt = one_arm ? base : ALT_ALL;
		else if (alt >= ALT_ALL)
			alt = ALT_ALL - 1;
		t.alt = (uint8_t)alt;
		*new_term(x) = t;
	}
}

struct val extract_join(struct extractor *x, struct val a, struct val b)
{
	struct val val;
	uint32_t i;

	if (!b.nr)
		return a;
	if (!a.nr)
		return b;
	/* Arms on both sides: their product is not kept, only their union. */
	if (alts(x, a) && alts(x, b))
		return extract_arms(x, a, b);
	val.first = x->nr_scratch;
	val.nr = a.nr + b.nr;
	for (i = 0; i < a.nr; i++) {
		struct term t = x->scratch[a.first + i];

		*new_term(x) = t;
	}
	for (i = 0; i < b.nr; i++) {
		struct term t = x->scratch[b.first + i];

		*new_term(x) = t;
	}
	return val;
}

struct val extract_arms(struct extractor *x, struct val a, struct val b)
{
	struct val val;
	unsigned int nr_a;

	if (!a.nr)
		a = extract_unknown_val(x);
	if (!b.nr)
		b = extract_unknown_val(x);
	nr_a = alts(x, a);
	val.first = x->nr_scratch;
	val.nr = a.nr + b.nr;
	append(x, a, 0, nr_a == 0);
	append(x, b, nr_a ? nr_a : 1, alts(x, b) == 0);
	return val;
}

bool extract_has_memory(const struct extractor *x, struct val val)
{
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		const struct term *t = &x->scratch[val.first + i];
		const struct place *p;

		if (t->kind != TERM_PLACE)
			continue;
		p = &x->set->places[x->fn.first_place + t->place];
		if (carry_memory(p->carry))
			return true;
	}
	return false;
}

bool extract_constant(const struct extractor *x, struct val val,
		      uint64_t *bits)
{
	uint32_t i;

	if (!val.nr)
		return false;
	*bits = 0;
	for (i = 0; i < val.nr; i++) {
		const struct term *t = &x->scratch[val.first + i];

		if (t->kind != TERM_BITS || t->alt != ALT_ALL)
			return false;
		*bits |= t->bits;
	}
	return true;
}

struct val extract_no_memory(struct extractor *x, struct val val)
{
	struct val out = { x->nr_scratch, 0 };
	uint32_t i;

	for (i = 0; i < val.nr; i++) {
		struct term t = x->scratch[val.first + i];

		if (t.kind == TERM_PLACE &&
		    carry_memory(x->set->places[x->fn.first_place +
						t.place].carry))
			continue;
		*new_term(x) = t;
		out.nr++;
	}
	return out;
}

void extract_name_val(struct extractor *x, struct val val, uint32_t name)
{
	if (val.nr == 1 && x->scratch[val.first].kind == TERM_BITS)
		x->scratch[val.first].name = name;
}

struct value extract_keep(struct extractor *x, struct val val)
{
	struct fact_set *set = x->set;
	struct value value = { set->nr_terms - x->fn.first_term, val.nr };

	ALLOC_GROW(set->terms, set->nr_terms + val.nr, set->alloc_terms);
	if (val.nr)
		memcpy(set->terms + set->nr_terms, x->scratch + val.first,
		       val.nr * sizeof(*set->terms));
	set->nr_terms += val.nr;
	return value;
}

struct op *extract_op(struct extractor *x, enum op_kind kind, CXCursor at)
{
	struct fact_set *set = x->set;
	CXSourceLocation loc = clang_getCursorLocation(at);
	unsigned int line = 0, column = 0, offset = 0;
	CXFile file = NULL;
	struct op *op;
	char *path;

	clang_getFileLocation(loc, &file, &line, &column, &offset);
	path = extract_path(x, file);
	if (!x->is_open)
		extract_block(x);
	ALLOC_GROW(set->ops, set->nr_ops + 1, set->alloc_ops);
	op = &set->ops[set->nr_ops++];
	memset(op, 0, sizeof(*op));
	op->kind = (uint8_t)kind;
	op->line = line;
	op->column = column;
	op->offset = offset;
	op->file = extract_str(x, path);
	op->branch = x->branch;
	op->dst = NO_PLACE;
	op->first_detail = NO_DETAIL;
	op->spelling = extract_str(x, "");
	free(path);
	return op;
}

uint32_t extract_branch(struct extractor *x, enum branch_kind kind,
			CXCursor at)
{
	struct fact_set *set = x->set;
	unsigned int offset = 0;
	struct branch *b;

	clang_getFileLocation(clang_getCursorLocation(at), NULL, NULL, NULL,
			      &offset);
	ALLOC_GROW(set->branches, set->nr_branches + 1, set->alloc_branches);
	b = &set->branches[set->nr_branches];
	memset(b, 0, sizeof(*b));
	b->parent = x->branch;
	b->offset = offset;
	b->kind = (uint8_t)kind;
	return set->nr_branches++ - x->fn.first_branch;
}

void extract_begin(struct extractor *x, struct fact_set *set,
		   const struct function *fn)
{
	x->set = set;
	x->fn = *fn;
	x->fn.first_place = set->nr_places;
	x->fn.first_term = set->nr_terms;
	x->fn.first_op = set->nr_ops;
	x->fn.first_arg = set->nr_args;
	x->fn.first_branch = set->nr_branches;
	x->fn.first_block = set->nr_blocks;
	x->nr_scratch = 0;
	x->branch = 0;
	ALLOC_GROW(set->branches, set->nr_branches + 1, set->alloc_branches);
	memset(&set->branches[set->nr_branches++], 0,
	       sizeof(*set->branches));
	extract_block(x);
}

void extract_end(struct extractor *x)
{
	struct fact_set *set = x->set;

	x->fn.nr_places = set->nr_places - x->fn.first_place;
	x->fn.nr_terms = set->nr_terms - x->fn.first_term;
	x->fn.nr_ops = set->nr_ops - x->fn.first_op;
	x->fn.nr_args = set->nr_args - x->fn.first_arg;
	x->fn.nr_branches = set->nr_branches - x->fn.first_branch;
	extract_end_blocks(x);
	x->fn.nr_blocks = set->nr_blocks - x->fn.first_block;
	ALLOC_GROW(set->functions, set->nr_functions + 1,
		   set->alloc_functions);
	set->functions[set->nr_functions++] = x->fn;
}
