// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/dma-buffer.h"

#include <ctype.h>

#include "facts/facts.h"
#include "facts/program.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "tree/tree.h"

#define DMA_BIDIRECTIONAL 0
#define DMA_FROM_DEVICE 2

struct looking {
	struct dma_buffer b;
	void (*fn)(const struct dma_buffer *buffer, void *data);
	void *data;
};

static const struct op *op_at(const struct looking *l, uint32_t i)
{
	return &l->b.set->ops[l->b.fn->first_op + i];
}

static struct value arg_of(const struct looking *l, const struct op *op,
			   uint32_t arg)
{
	if (arg >= op->nr_args)
		return (struct value){ 0, 0 };
	return l->b.set->args[l->b.fn->first_arg + op->first_arg + arg];
}

static const struct term *term_at(const struct looking *l, struct value v,
				  uint32_t i)
{
	return &l->b.set->terms[l->b.fn->first_term + v.first + i];
}

/* The only place in a value, or NO_PLACE. */
static uint32_t place_in(const struct looking *l, struct value v)
{
	uint32_t i;

	for (i = 0; i < v.nr; i++)
		if (term_at(l, v, i)->kind == TERM_PLACE)
			return term_at(l, v, i)->place;
	return NO_PLACE;
}

static bool constant(const struct looking *l, struct value v, uint64_t *bits)
{
	if (v.nr != 1 || term_at(l, v, 0)->kind != TERM_BITS)
		return false;
	*bits = term_at(l, v, 0)->bits;
	return true;
}

static bool is_called(const struct looking *l, const struct op *op,
		      const char *name)
{
	return op->kind == OP_CALL &&
	       !strcmp(facts_str(l->b.set, op->spelling), name);
}

static bool starts(const struct looking *l, const struct op *op,
		   const char *name)
{
	return op->kind == OP_CALL &&
	       !strncmp(facts_str(l->b.set, op->spelling), name, strlen(name));
}

static bool in_loop(const struct looking *l, const struct op *op)
{
	const struct branch *branches =
		&l->b.set->branches[l->b.fn->first_branch];
	uint32_t b;

	for (b = op->branch; b; b = branches[b].parent)
		if (branches[b].kind == BRANCH_LOOP)
			return true;
	return false;
}

/*
 * Whether `sg` is among the last of the scatterlists that are put into the
 * array which goes to `queue`, in the order of the text: those for the device
 * to write to come last. Where their number is not known, it is the last one.
 */
static bool is_incoming(const struct looking *l, const struct op *queue,
			uint32_t sg)
{
	uint32_t sgs = place_in(l, arg_of(l, queue, 1)), i, j;
	uint64_t nth = 0, found = UINT64_MAX, out, in;

	for (i = 0; i < l->b.fn->nr_ops; i++) {
		const struct op *op = op_at(l, i);

		if (op->kind != OP_ASSIGN || op->dst != sgs)
			continue;
		for (j = 0; j < op->value.nr; j++) {
			const struct term *t = term_at(l, op->value, j);

			if (t->kind != TERM_PLACE)
				continue;
			if (t->place == sg)
				found = nth;
			nth++;
		}
	}
	if (found == UINT64_MAX)
		return false;
	if (!constant(l, arg_of(l, queue, 3), &in) ||
	    !constant(l, arg_of(l, queue, 2), &out))
		return found + 1 == nth;
	return nth == out + in && found >= out;
}

/* Whether `sg` is put into a queue for the device to write to. */
static bool is_queued(struct looking *l, uint32_t sg)
{
	uint32_t i;

	for (i = 0; i < l->b.fn->nr_ops; i++) {
		const struct op *op = op_at(l, i);

		if (starts(l, op, "virtqueue_add_inbuf") &&
		    place_in(l, arg_of(l, op, 1)) == sg) {
			l->b.how = strstr(facts_str(l->b.set, op->spelling),
					  "cache_clean") ?
				BUFFER_QUEUED_CLEAN : BUFFER_QUEUED;
			l->b.queue = op;
			return true;
		}
		if (is_called(l, op, "virtqueue_add_sgs") &&
		    is_incoming(l, op, sg)) {
			l->b.how = BUFFER_QUEUED;
			l->b.queue = op;
			return true;
		}
	}
	return false;
}

/*
 * What the member points to is no part of the struct; and who maps more than
 * the first member maps the struct.
 */
static bool is_within(const struct dma_buffer *b, const struct field_layout *f)
{
	if ((b->detail->flags & DETAIL_ELEMENT) &&
	    strchr(facts_str(b->set, f->type), '*'))
		return false;
	return f->offset || (b->size && b->size <= f->size);
}

static void find_layout(struct dma_buffer *b)
{
	uint32_t i, j;

	b->record = NULL;
	b->field = NULL;
	for (i = 0; b->detail->record && i < b->set->nr_records; i++) {
		const struct record_layout *r = &b->set->records[i];

		for (j = 0; r->name == b->detail->record &&
		     j < r->nr_fields; j++) {
			const struct field_layout *f =
				&b->set->fields[r->first_field + j];

			if (f->name != b->detail->field || !is_within(b, f))
				continue;
			b->record = r;
			b->field = f;
		}
	}
}

static void look_at(struct looking *l, const struct op *op)
{
	struct dma_buffer *b = &l->b;
	uint64_t bits;

	if (op->kind != OP_CALL || op->first_detail == NO_DETAIL ||
	    op->nr_args < 3)
		return;
	b->op = op;
	b->queue = NULL;
	b->detail = &b->set->details[op->first_detail + 1];
	if (is_called(l, op, "sg_init_one") ||
	    is_called(l, op, "sg_set_buf")) {
		if (place_in(l, arg_of(l, op, 0)) == NO_PLACE ||
		    !is_queued(l, place_in(l, arg_of(l, op, 0))))
			return;
	} else if (starts(l, op, "dma_map_single")) {
		b->how = BUFFER_MAPPED;
		if (!constant(l, arg_of(l, op, 3), &bits) ||
		    (bits != DMA_FROM_DEVICE && bits != DMA_BIDIRECTIONAL))
			return;
	} else {
		return;
	}
	b->in_loop = in_loop(l, op);
	b->size = constant(l, arg_of(l, op, 2), &bits) ? bits : 0;
	find_layout(b);
	l->fn(b, l->data);
}

static void look_through(struct looking *l, const struct fact_set *set)
{
	uint32_t i, j;

	l->b.set = set;
	for (i = 0; i < set->nr_functions; i++) {
		l->b.fn = &set->functions[i];
		if (!strncmp(facts_str(set, l->b.fn->file), "include/", 8))
			continue;
		for (j = 0; j < l->b.fn->nr_ops; j++)
			look_at(l, op_at(l, j));
	}
}

void dma_buffer_each(const struct program *program,
		     void (*fn)(const struct dma_buffer *buffer, void *data),
		     void *data)
{
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];
		struct looking l = { .b = { .unit = unit }, .fn = fn,
				     .data = data };

		look_through(&l, &unit->facts);
		for (j = 0; j < unit->nr_header_sets; j++)
			look_through(&l, &program->header_sets[
				unit->header_sets[j]]->facts);
	}
}

struct location dma_buffer_locate(const struct dma_buffer *b,
				  const struct op *op)
{
	return (struct location){
		.file = (char *)facts_str(b->set, op->file),
		.line = op->line,
		.column = op->column,
		.function = (char *)facts_str(b->set, b->fn->name),
	};
}

/* --- how it is declared --- */

static void blank_comments(char *text)
{
	char *p, *end;

	for (p = text; *p; p++) {
		if (p[0] == '/' && p[1] == '/')
			end = strchrnul(p, '\n');
		else if (p[0] == '/' && p[1] == '*' && strstr(p + 2, "*/"))
			end = strstr(p + 2, "*/") + 2;
		else
			continue;
		for (; p < end; p++)
			if (*p != '\n')
				*p = ' ';
		p--;
	}
}

/* Behind the ';' that ends the struct which starts at `text`. */
static size_t struct_length(const char *text)
{
	unsigned int depth = 0;
	const char *p;

	for (p = text; *p; p++) {
		if (*p == '{')
			depth++;
		else if (*p == '}' && depth)
			depth--;
		else if (*p == ';' && !depth)
			return (size_t)(p - text) + 1;
	}
	return (size_t)(p - text);
}

char *dma_buffer_text(const struct dma_buffer *b, const struct tree *tree)
{
	char *all, *p, *text;
	unsigned int line;

	if (!b->record)
		return NULL;
	all = tree_read(tree, facts_str(b->set, b->record->file), NULL);
	if (!all)
		return NULL;
	for (p = all, line = 1; *p && line < b->record->line; line++)
		p = *strchrnul(p, '\n') ? strchrnul(p, '\n') + 1 :
					  strchrnul(p, '\n');
	blank_comments(p);
	text = xstrndup(p, struct_length(p));
	free(all);
	return text;
}

static bool in_name(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

const char *dma_buffer_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *p;

	for (p = text; (p = strstr(p, word)); p += len)
		if ((p == text || !in_name(p[-1])) && !in_name(p[len]))
			return p;
	return NULL;
}

bool dma_buffer_is_grouped(const char *text)
{
	static const char *const marks[] = { "__dma_from_device_group_begin",
		"____dma_from_device_aligned", "____cacheline_aligned",
		"__cacheline_aligned", "____cacheline_aligned_in_smp",
		"ARCH_DMA_MINALIGN", "ARCH_KMALLOC_MINALIGN",
		"IIO_DMA_MINALIGN", "CRYPTO_DMA_ALIGN", "CRYPTO_MINALIGN",
		"L1_CACHE_BYTES", "SMP_CACHE_BYTES", "__aligned",
		"CRYPTO_MINALIGN_ATTR", "____cacheline_internodealigned_in_smp" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(marks); i++)
		if (dma_buffer_word(text, marks[i]))
			return true;
	return false;
}
