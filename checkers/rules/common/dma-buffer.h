/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_DMA_BUFFER_H
#define RULES_COMMON_DMA_BUFFER_H
#include "rules/common/scan.h"
/*
 * Buffers of drivers, members of a struct or elements of an array, that a device
 * writes to, and their declarations; for rules about other data in the same cache
 * lines.
 */
enum dma_buffer_how {
	BUFFER_MAPPED,		/* dma_map_single() */
	BUFFER_QUEUED,		/* virtqueue_add_inbuf(), virtqueue_add_sgs() */
	BUFFER_QUEUED_CLEAN,	/* virtqueue_add_inbuf_cache_clean() */
};

struct dma_buffer {
	const struct scan *s;		/* the function that passes it on */
	const struct op *op;		/* sg_init_one(), dma_map_single() */
	const struct arg_detail *detail;	/* of the address */
	enum dma_buffer_how how;
	const struct op *queue;		/* virtqueue_add_*(), or NULL */
	bool in_loop;
	uint64_t size;			/* bytes; 0: not constant */
	/* The layout of its struct; NULL if it is not a member. */
	const struct record_layout *record;
	const struct field_layout *field;
};

/*
 * Call `fn` for each in drivers' code. A buffer for both directions counts.
 */
void dma_buffer_each(struct rule_run *run,
		     void (*fn)(const struct dma_buffer *buffer, void *data),
		     void *data);

/*
 * The text of its struct, from its line to the ';' behind it, with blanks in place
 * of comments; the caller frees it. NULL if it cannot be read.
 */
char *dma_buffer_text(const struct dma_buffer *buffer);

/* The position of the identifier `word` in `text`, or NULL. */
const char *dma_buffer_word(const char *text, const char *word);

/* Whether the struct keeps other members out of the buffer's cache lines. */
bool dma_buffer_is_grouped(const char *text);

#endif
