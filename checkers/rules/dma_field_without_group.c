// SPDX-License-Identifier: GPL-2.0-only
/* Looks at the layout of structs with a member that a device writes to. */
#include "rules/common/dma-buffer.h"

/* The largest ARCH_DMA_MINALIGN. */
#define DMA_MINALIGN 128

static const char *const names[] = { "dma_map_single", "dma_map_single_attrs",
	"virtqueue_add_inbuf", "virtqueue_add_sgs", NULL };

/* Whether it has whole cache lines, at an offset that the struct keeps aligned. */
static bool fills_lines(const struct field_layout *f)
{
	return f->offset % DMA_MINALIGN == 0 && f->size &&
	       f->size % DMA_MINALIGN == 0;
}

static void report_dma_field(const struct dma_buffer *b, void *data)
{
	char *text;

	(void)data;
	if (!(b->detail->flags & DETAIL_ADDRESS) || !b->field ||
	    b->record->nr_fields < 2 || fills_lines(b->field))
		return;
	text = dma_buffer_text(b);
	if (text && !dma_buffer_is_grouped(text))
		scan_report(b->s, b->op, "the device writes to %s in struct %s, which shares cache lines with other members",
			    view_str(&b->s->v, b->detail->field),
			    view_str(&b->s->v, b->detail->record));
	free(text);
}

static void check_dma_field_without_group(struct rule_run *run)
{
	dma_buffer_each(run, report_dma_field, NULL);
}

const struct rule dma_field_without_group_rule = {
	.id = "dma-field-without-group",
	.level = LEVEL_NOTE,
	.summary = "a device writes to a struct member that shares cache lines with other members",
	.explanation =
"A member of a struct is mapped for the device to write to, and shares a\n"
"cache line with other members. On a non-coherent device, a CPU write to a\n"
"neighbour brings the line back into the cache. When the line is written\n"
"back, it overwrites the data of the device; when it is invalidated after the\n"
"transfer, the CPU's write is lost. For DMA a cache line has up to 128 bytes.\n"
"\n"
"Put __dma_from_device_group_begin(name); before the member and\n"
"__dma_from_device_group_end(name); after it, or allocate the buffer\n"
"separately: kmalloc() aligns it. The layout of a struct that is sent to the\n"
"device cannot be changed like that.\n"
"\n"
"The code is right if nobody touches the neighbours during the transfer, or\n"
"if the device is always coherent. virtio maps only with\n"
"VIRTIO_F_ACCESS_PLATFORM.\n"
"\n"
"See Documentation/core-api/dma-api-howto.rst, __dma_from_device_group_begin.\n",
	.needs = NEEDS_CALLS,
	.reads = { .names = names },
	.check = check_dma_field_without_group,
};
