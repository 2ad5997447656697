// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions that a function asks more than once, by their text: "x", "x == A".
 * What a path has found out of one decides the others. For tests.c.
 */
#include "lifetime/internal.h"

#include "lib/alloc.h"

/* One condition as a block has it, before it is known which ones are kept. */
struct asked {
	uint32_t id, left;	/* in l->conditions; left: of "left == RIGHT" */
	bool is_negated, is_constant;
};

static size_t trimmed(const char **text, size_t len)
{
	while (len && **text == ' ') {
		(*text)++;
		len--;
	}
	while (len && (*text)[len - 1] == ' ')
		len--;
	return len;
}

/* Where the parenthesis that opens at `text` is closed. */
static size_t closed_at(const char *text, size_t len)
{
	size_t i;
	int depth = 0;

	for (i = 0; i < len; i++) {
		depth += (text[i] == '(') - (text[i] == ')');
		if (!depth)
			return i;
	}
	return len;
}

/* Where "==" or "!=" stands outside of parentheses; `len` if it does not. */
static size_t comparison(const char *text, size_t len)
{
	size_t i;
	int depth = 0;

	for (i = 0; i + 1 < len; i++) {
		depth += (text[i] == '(' || text[i] == '[') -
			 (text[i] == ')' || text[i] == ']');
		if (!depth && (text[i] == '=' || text[i] == '!') &&
		    text[i + 1] == '=' && (!i || !strchr("<>=!", text[i - 1])))
			return i;
	}
	return len;
}

/* A number, or a name in capital letters. */
static bool is_constant_text(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!(text[i] >= 'A' && text[i] <= 'Z') && text[i] != '_' &&
		    !(text[i] >= '0' && text[i] <= '9') && text[i] != 'x')
			return false;
	return len > 0 && text[0] != 'x';
}

static struct asked read_condition(struct life_walk *w, const char *text)
{
	struct asked a = { INTERN_NONE, INTERN_NONE, false, false };
	size_t len = strlen(text), at;
	const char *right;
	size_t left_len, right_len;
	char *key;

	if (!len)
		return a;
	len = trimmed(&text, len);
	while (len > 2 && *text == '(' && closed_at(text, len) == len - 1) {
		text++;
		len -= 2;
		len = trimmed(&text, len);
	}
	at = comparison(text, len);
	if (at == len) {
		a.id = intern_mem(&w->l->conditions, text, len);
		return a;
	}
	a.is_negated = text[at] == '!';
	left_len = trimmed(&text, at);
	right = text + at + 2;
	right_len = trimmed(&right, len - at - 2);
	a.is_constant = is_constant_text(right, right_len);
	a.left = intern_mem(&w->l->conditions, text, left_len);
	key = xstrfmt("%.*s == %.*s", (int)left_len, text, (int)right_len, right);
	a.id = intern(&w->l->conditions, key);
	free(key);
	return a;
}

static bool exclude_each_other(const struct asked *a, const struct asked *b)
{
	return a->is_constant && b->is_constant && a->left == b->left &&
	       a->id != b->id;
}

static uint8_t keep_condition(struct life_walk *w, const struct asked *a)
{
	uint32_t i;

	for (i = 0; i < w->nr_conditions; i++)
		if (w->conditions[i].id == a->id)
			return (uint8_t)i;
	if (w->nr_conditions == MAX_CONDITIONS)
		return NO_CONDITION;
	w->conditions[w->nr_conditions] = (struct life_condition){
		a->id, a->is_constant ? a->left : INTERN_NONE,
	};
	return (uint8_t)w->nr_conditions++;
}

void life_prepare_conditions(struct life_walk *w)
{
	uint32_t nr = w->f->v.fn->nr_blocks, i, j;
	struct asked *asked = xmalloc(nr * sizeof(*asked));

	w->asked = xmalloc(nr * sizeof(*w->asked));
	for (i = 0; i < nr; i++) {
		const struct block *b = life_block(w->f, i);

		asked[i] = read_condition(w, b->next[1] == NO_BLOCK ? "" :
					  view_str(&w->f->v, b->text));
		w->asked[i] = (struct life_asked){ NO_CONDITION,
						   asked[i].is_negated };
	}
	for (i = 0; i < nr; i++) {
		for (j = 0; asked[i].id != INTERN_NONE && j < nr; j++)
			if (j != i && (asked[j].id == asked[i].id ||
				       exclude_each_other(&asked[i], &asked[j])))
				break;
		if (asked[i].id != INTERN_NONE && j < nr)
			w->asked[i].condition = keep_condition(w, &asked[i]);
	}
	free(asked);
}

/* Condition `nr` is `truth` from here on: what is A is not B. */
static void learn_condition(const struct life_walk *w, struct life_path *p,
			    uint32_t nr, bool truth)
{
	uint32_t i;

	p->known |= 1ull << nr;
	p->truth = truth ? p->truth | 1ull << nr : p->truth & ~(1ull << nr);
	for (i = 0; truth && i < w->nr_conditions; i++) {
		if (i == nr || w->conditions[i].left == INTERN_NONE ||
		    w->conditions[i].left != w->conditions[nr].left)
			continue;
		p->known |= 1ull << i;
		p->truth &= ~(1ull << i);
	}
}

bool life_take_condition(const struct life_walk *w, struct life_path *p,
			 uint32_t block, bool truth)
{
	uint8_t nr = w->asked[block].condition;

	if (nr == NO_CONDITION)
		return true;
	truth ^= w->asked[block].is_negated;
	if ((p->known & 1ull << nr) && !(p->truth & 1ull << nr) != !truth)
		return false;
	learn_condition(w, p, nr, truth);
	return true;
}

void life_assign_condition(const struct life_walk *w, struct life_path *p,
			   const struct op *op)
{
	const struct view *v = &w->f->v;
	const struct place *dst;
	const struct term *t;
	uint32_t id, i;
	char *key;

	if (!w->nr_conditions || op->dst == NO_PLACE || op->value.nr != 1 ||
	    op->flags & ~ASSIGN_INIT)
		return;
	dst = view_place(v, op->dst);
	t = view_term(v, op->value, 0);
	if ((dst->kind != PLACE_LOCAL && dst->kind != PLACE_PARAM) ||
	    t->kind != TERM_BITS || t->name == NO_NAME)
		return;
	key = xstrfmt("%s == %s", view_str(v, dst->name), view_str(v, t->name));
	id = intern_find(&w->l->conditions, key);
	free(key);
	for (i = 0; id != INTERN_NONE && i < w->nr_conditions; i++)
		if (w->conditions[i].id == id)
			learn_condition(w, p, i, true);
}

bool life_knows_condition(const struct life_walk *w, const struct life_path *p,
			  uint32_t block)
{
	uint8_t nr = w->asked[block].condition;

	return nr != NO_CONDITION && (p->known & 1ull << nr);
}

void life_forget_condition(const struct life_walk *w, struct life_path *p,
			   uint32_t block)
{
	uint8_t nr = w->asked[block].condition;

	if (nr != NO_CONDITION)
		p->known &= ~(1ull << nr);
}
