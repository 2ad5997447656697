// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control flow: the blocks of the function that is read, as facts.h says. Edges
 * that lead to statements not read yet are kept in lists; the list goes through
 * next[], each entry the number of the following one (block * 2 + slot).
 */
#include "facts/extract/internal.h"
#include "lib/alloc.h"

/* Where a goto leads to, and those that were read before it. */
struct label_target {
	uint32_t name, block, edges;
};

static struct block *nth_block(struct extractor *x, uint32_t block)
{
	return &x->set->blocks[x->fn.first_block + block];
}

static uint32_t *edge(struct extractor *x, uint32_t ref)
{
	return &nth_block(x, ref / 2)->next[ref & 1];
}

uint32_t extract_block(struct extractor *x)
{
	struct fact_set *set = x->set;
	struct block *b;

	ALLOC_GROW(set->blocks, set->nr_blocks + 1, set->alloc_blocks);
	b = &set->blocks[set->nr_blocks];
	b->first_op = set->nr_ops - x->fn.first_op;
	b->test = NO_OP;
	b->text = extract_str(x, "");
	b->next[0] = b->next[1] = NO_BLOCK;
	x->block = set->nr_blocks++ - x->fn.first_block;
	x->is_open = true;
	return x->block;
}

uint32_t extract_leave(struct extractor *x)
{
	if (!x->is_open)
		return NO_EDGES;
	x->is_open = false;
	return x->block * 2;
}

void extract_end_flow(struct extractor *x)
{
	x->is_open = false;
}

struct forks extract_fork(struct extractor *x, uint32_t text, uint32_t test)
{
	struct forks f = { NO_EDGES, NO_EDGES };
	struct block *b;

	if (!x->is_open)
		return f;
	b = nth_block(x, x->block);
	b->text = text;
	b->test = test;
	x->is_open = false;
	f.yes = x->block * 2;
	f.no = x->block * 2 + 1;
	return f;
}

uint32_t extract_chain(struct extractor *x, uint32_t a, uint32_t b)
{
	uint32_t ref = a;

	if (a == NO_EDGES)
		return b;
	while (*edge(x, ref) != NO_EDGES)
		ref = *edge(x, ref);
	*edge(x, ref) = b;
	return a;
}

void extract_patch(struct extractor *x, uint32_t edges, uint32_t block)
{
	while (edges != NO_EDGES) {
		uint32_t *e = edge(x, edges);

		edges = *e;
		*e = block;
	}
}

/* The open block will do where nothing has happened in it yet. */
uint32_t extract_target(struct extractor *x, uint32_t edges)
{
	uint32_t now = x->set->nr_ops - x->fn.first_op;

	if (!x->is_open || nth_block(x, x->block)->first_op != now) {
		edges = extract_chain(x, extract_leave(x), edges);
		extract_block(x);
	}
	extract_patch(x, edges, x->block);
	return x->block;
}

void extract_join_flow(struct extractor *x, uint32_t edges)
{
	if (edges != NO_EDGES)
		extract_target(x, edges);
}

static struct label_target *label_target(struct extractor *x, uint32_t name)
{
	struct label_target *l;
	size_t i;

	for (i = 0; i < x->nr_labels; i++)
		if (x->labels[i].name == name)
			return &x->labels[i];
	ALLOC_GROW(x->labels, x->nr_labels + 1, x->alloc_labels);
	l = &x->labels[x->nr_labels++];
	*l = (struct label_target){ name, NO_BLOCK, NO_EDGES };
	return l;
}

void extract_goto(struct extractor *x, uint32_t name)
{
	struct label_target *l = label_target(x, name);
	uint32_t edges = extract_leave(x);

	if (l->block != NO_BLOCK)
		extract_patch(x, edges, l->block);
	else
		l->edges = extract_chain(x, edges, l->edges);
}

void extract_label(struct extractor *x, uint32_t name)
{
	struct label_target *l = label_target(x, name);
	uint32_t edges = l->edges;

	l->edges = NO_EDGES;
	l->block = extract_target(x, edges);
}

/* Labels that are nowhere: not in code that compiles. */
void extract_end_blocks(struct extractor *x)
{
	size_t i;

	for (i = 0; i < x->nr_labels; i++)
		extract_patch(x, x->labels[i].edges, NO_BLOCK);
	x->nr_labels = 0;
	x->nr_booleans = 0;
}

void extract_remember_boolean(struct extractor *x, CXCursor decl,
			      uint32_t test)
{
	ALLOC_GROW(x->booleans, x->nr_booleans + 1, x->alloc_booleans);
	x->booleans[x->nr_booleans].decl = decl;
	x->booleans[x->nr_booleans++].test = test;
}

uint32_t extract_boolean(struct extractor *x, CXCursor decl)
{
	size_t i;

	for (i = x->nr_booleans; i-- > 0;)
		if (clang_equalCursors(x->booleans[i].decl, decl))
			return x->booleans[i].test;
	return NO_OP;
}

/* Whether the call has to do with DMA, by what it calls or gives. */
static bool is_of_interest(const struct extractor *x,
			   const struct fact_set *set,
			   const struct function *fn, const struct op *op,
			   const struct intern_pool *keys)
{
	const unsigned int roles = API_SINK | API_UNMAP | API_SYNC | API_MMIO |
				   API_ALLOC | API_FREE | API_CHECK;
	uint32_t i;

	if (op->kind != OP_CALL)
		return false;
	if (op->dst != NO_PLACE &&
	    set->places[fn->first_place + op->dst].carry == CARRY_DMA_ADDR)
		return true;
	for (i = 0; i < op->value.nr; i++) {
		const struct term *t =
			&set->terms[fn->first_term + op->value.first + i];
		const struct place *p;
		const char *key, *name;
		const struct api_function *api;

		if (t->kind != TERM_PLACE)
			continue;
		p = &set->places[fn->first_place + t->place];
		if (p->kind != PLACE_FUNCTION)
			continue;
		key = facts_str(set, p->name);
		if (intern_find(keys, key) != INTERN_NONE)
			return true;
		if (op->first_detail == NO_DETAIL)
			continue;
		name = strrchr(key, ':');
		api = api_function(x->api, name ? name + 1 : key);
		if (api && (api->roles & roles))
			return true;
	}
	return false;
}

static bool add_interesting(const struct extractor *x,
			    const struct fact_set *set,
			    struct intern_pool *keys)
{
	bool any = false;
	uint32_t i, j;

	for (i = 0; i < set->nr_functions; i++) {
		const struct function *fn = &set->functions[i];
		const char *key = facts_str(set, fn->key);

		if (!fn->nr_blocks || intern_find(keys, key) != INTERN_NONE)
			continue;
		for (j = 0; j < fn->nr_ops; j++)
			if (is_of_interest(x, set, fn,
					   &set->ops[fn->first_op + j], keys))
				break;
		if (j == fn->nr_ops)
			continue;
		intern(keys, key);
		any = true;
	}
	return any;
}

static void drop_blocks(struct fact_set *set, const struct intern_pool *keys)
{
	uint32_t i, nr = 0;

	for (i = 0; i < set->nr_functions; i++) {
		struct function *fn = &set->functions[i];

		if (intern_find(keys, facts_str(set, fn->key)) == INTERN_NONE)
			fn->nr_blocks = 0;
		if (fn->nr_blocks)
			memmove(set->blocks + nr, set->blocks +
				fn->first_block,
				fn->nr_blocks * sizeof(*set->blocks));
		fn->first_block = nr;
		nr += fn->nr_blocks;
	}
	set->nr_blocks = nr;
}

void extract_drop_blocks(struct extractor *x)
{
	struct intern_pool keys = INTERN_POOL_INIT;
	bool more = true;
	size_t i;

	while (more) {
		more = false;
		for (i = 0; i < x->out->nr_sets; i++)
			more |= add_interesting(x, &x->out->sets[i], &keys);
	}
	for (i = 0; i < x->out->nr_sets; i++)
		drop_blocks(&x->out->sets[i], &keys);
	intern_release(&keys);
}
