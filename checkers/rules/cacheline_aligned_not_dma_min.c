// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads, in the text of its struct, the alignment of each member that a device
 * writes to.
 */
#include "rules/common/dma-buffer.h"

#define MARK "____cacheline_aligned"

static const char *const names[] = { "dma_map_single", "dma_map_single_attrs",
	"virtqueue_add_inbuf", "virtqueue_add_sgs", NULL };

/* The last mark before the end of the field's own declaration. */
static const char *find_mark(const char *text, const char *field)
{
	const char *end = dma_buffer_word(text, field), *found = NULL, *p;

	if (!end)
		return NULL;
	end = strchrnul(end, ';');
	for (p = text; (p = dma_buffer_word(p, MARK)) && p < end;
	     p += sizeof(MARK) - 1)
		found = p;
	return found;
}

/* At most one other member stands between the mark and the field. */
static bool is_for_field(const char *mark, const char *field)
{
	const char *end = dma_buffer_word(mark, field), *p;
	unsigned int others = 0;

	/* The mark follows the name that it belongs to. */
	if (!end)
		return true;
	for (p = mark; p < end; p++)
		others += *p == ';';
	return others <= 1;
}

static struct location locate_mark(const struct dma_buffer *b, const char *text,
			      const char *mark)
{
	struct location loc = {
		.file = (char *)view_str(&b->s->v, b->record->file),
		.line = b->record->line,
		.column = 1,
	};
	const char *p;

	for (p = text; p < mark; p++, loc.column++) {
		if (*p != '\n')
			continue;
		loc.line++;
		loc.column = 0;
	}
	return loc;
}

static void report_aligned_field(const struct dma_buffer *b, void *data)
{
	const char *field = view_str(&b->s->v, b->detail->field), *mark;
	struct rule_run *run = data;
	const struct unit *unit = b->s->v.unit;
	struct location loc;
	char *text;
	size_t i;

	if (!(b->detail->flags & DETAIL_ADDRESS) || !b->field)
		return;
	text = dma_buffer_text(b);
	mark = text ? find_mark(text, field) : NULL;
	if (mark && is_for_field(mark, field) &&
	    !dma_buffer_word(text, "ARCH_DMA_MINALIGN")) {
		loc = locate_mark(b, text, mark);
		for (i = 0; i < unit->nr_modules; i++)
			rule_report(run, &loc, unit->modules[i],
				    "the device writes to %s in struct %s, but " MARK " does not guarantee DMA alignment",
				    field, view_str(&b->s->v, b->detail->record));
	}
	free(text);
}

static void check_cacheline_aligned_not_dma_min(struct rule_run *run)
{
	dma_buffer_each(run, report_aligned_field, run);
}

const struct rule cacheline_aligned_not_dma_min_rule = {
	.id = "cacheline-aligned-not-dma-min",
	.level = LEVEL_NOTE,
	.summary = MARK " is used for memory that a device writes to",
	.explanation =
"____cacheline_aligned aligns to SMP_CACHE_BYTES, so that CPUs do not contend\n"
"for a cache line. DMA needs ARCH_DMA_MINALIGN, which is 128 bytes on arm64,\n"
"where SMP_CACHE_BYTES is 64. Cache maintenance for a member that is aligned\n"
"like this may affect its neighbours, and nothing pads the end of the last\n"
"aligned member.\n"
"\n"
"Put __dma_from_device_group_begin(name); before the members that the device\n"
"writes to and __dma_from_device_group_end(name); after them. In a tree\n"
"without these macros use __aligned(ARCH_DMA_MINALIGN).\n"
"\n"
"The code is right if the alignment is there for speed only: the device is\n"
"always coherent, or nobody touches the neighbours during the transfer.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, \"minimal DMA alignment\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_cacheline_aligned_not_dma_min,
};
