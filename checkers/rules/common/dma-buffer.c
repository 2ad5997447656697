// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the buffers in structs that drivers pass to the device, and how they are
 * declared; for rules about shared cache lines.
 */
#include "rules/common/dma-buffer.h"

#include "lib/alloc.h"
#include "lib/ctext.h"
#include "tree/tree.h"

#define DMA_BIDIRECTIONAL 0
#define DMA_FROM_DEVICE 2

static bool calls_prefix(const struct scan *s, const struct op *op,
			 const char *name)
{
	return op->kind == OP_CALL &&
	       !strncmp(view_str(&s->v, op->spelling), name, strlen(name));
}

/*
 * Whether `sg` is one of the last scatterlists stored in the array that is passed to
 * `queue`, in the order of the text: those that the device writes to come last. If
 * their number is unknown, it is the last one.
 */
static bool is_incoming(const struct scan *s, const struct op *queue,
			uint32_t sg)
{
	uint32_t sgs = view_first_place(&s->v, view_arg(&s->v, queue, 1)), i, j;
	uint64_t nth = 0, found = UINT64_MAX, out, in;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_ASSIGN || op->dst != sgs)
			continue;
		for (j = 0; j < op->value.nr; j++) {
			const struct term *t = view_term(&s->v, op->value, j);

			if (t->kind != TERM_PLACE)
				continue;
			if (t->place == sg)
				found = nth;
			nth++;
		}
	}
	if (found == UINT64_MAX)
		return false;
	if (!view_constant(&s->v, view_arg(&s->v, queue, 3), &in) ||
	    !view_constant(&s->v, view_arg(&s->v, queue, 2), &out))
		return found + 1 == nth;
	return nth == out + in && found >= out;
}

/* Whether `sg` is queued for the device to write to. */
static bool is_queued(struct dma_buffer *b, uint32_t sg)
{
	const struct scan *s = b->s;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const char *name = view_str(&s->v, op->spelling);

		if (calls_prefix(s, op, "virtqueue_add_inbuf") &&
		    view_first_place(&s->v, view_arg(&s->v, op, 1)) == sg) {
			b->how = strstr(name, "cache_clean") ?
				BUFFER_QUEUED_CLEAN : BUFFER_QUEUED;
			b->queue = op;
			return true;
		}
		if (calls_prefix(s, op, "virtqueue_add_sgs") &&
		    is_incoming(s, op, sg)) {
			b->how = BUFFER_QUEUED;
			b->queue = op;
			return true;
		}
	}
	return false;
}

/*
 * The memory that a member points to is not part of the struct. A mapping longer
 * than the first member is one of the struct.
 */
static bool is_within(const struct dma_buffer *b, const struct field_layout *f)
{
	if ((b->detail->flags & DETAIL_ELEMENT) &&
	    strchr(view_str(&b->s->v, f->type), '*'))
		return false;
	return f->offset || (b->size && b->size <= f->size);
}

static void find_layout(struct dma_buffer *b)
{
	uint32_t i, j;

	b->record = NULL;
	b->field = NULL;
	for (i = 0; b->detail->record && i < b->s->v.set->nr_records; i++) {
		const struct record_layout *r = &b->s->v.set->records[i];

		for (j = 0; r->name == b->detail->record &&
		     j < r->nr_fields; j++) {
			const struct field_layout *f =
				&b->s->v.set->fields[r->first_field + j];

			if (f->name != b->detail->field || !is_within(b, f))
				continue;
			b->record = r;
			b->field = f;
		}
	}
}

struct buffer_visit {
	void (*fn)(const struct dma_buffer *buffer, void *data);
	void *data;
};

static void visit_buffer(const struct scan *s, const struct op *op, void *data)
{
	const struct buffer_visit *visit = data;
	struct dma_buffer b = { .s = s, .op = op };
	uint64_t bits;
	uint32_t sg;

	b.detail = op->nr_args < 3 ? NULL : view_detail(&s->v, op, 1);
	if (!b.detail)
		return;
	if (calls_prefix(s, op, "sg_init_one") ||
	    calls_prefix(s, op, "sg_set_buf")) {
		sg = view_first_place(&s->v, view_arg(&s->v, op, 0));
		if (sg == NO_PLACE || !is_queued(&b, sg))
			return;
	} else if (calls_prefix(s, op, "dma_map_single")) {
		b.how = BUFFER_MAPPED;
		if (!view_constant(&s->v, view_arg(&s->v, op, 3), &bits) ||
		    (bits != DMA_FROM_DEVICE && bits != DMA_BIDIRECTIONAL))
			return;
	} else {
		return;
	}
	b.in_loop = scan_loop(s, op->branch);
	b.size = view_constant(&s->v, view_arg(&s->v, op, 2), &bits) ? bits : 0;
	find_layout(&b);
	visit->fn(&b, visit->data);
}

void dma_buffer_each(struct rule_run *run,
		     void (*fn)(const struct dma_buffer *buffer, void *data),
		     void *data)
{
	struct buffer_visit visit = { fn, data };

	scan_each_op(run, visit_buffer, &visit);
}

/* --- its declaration --- */

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

/* The position behind the ';' of the struct that starts at `text`. */
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

char *dma_buffer_text(const struct dma_buffer *b)
{
	char *all, *p, *text;
	unsigned int line;

	if (!b->record)
		return NULL;
	all = tree_read(b->s->run->tree, view_str(&b->s->v, b->record->file), NULL);
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

const char *dma_buffer_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *p;

	for (p = text; (p = strstr(p, word)); p += len)
		if ((p == text || !ctext_in_name(p[-1])) && !ctext_in_name(p[len]))
			return p;
	return NULL;
}

/* u8 data[SMP_CACHE_BYTES] has the size of a line, but not its alignment. */
static bool is_array_length(const char *text, const char *word)
{
	while (word > text && !strchr("[];{", word[-1]))
		word--;
	return word > text && word[-1] == '[';
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

	for (i = 0; i < ARRAY_SIZE(marks); i++) {
		const char *p = text;

		for (; (p = dma_buffer_word(p, marks[i])); p += strlen(marks[i]))
			if (!is_array_length(text, p))
				return true;
	}
	return false;
}
