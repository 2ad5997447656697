/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_DMA_BUFFER_H
#define RULES_COMMON_DMA_BUFFER_H
#include "rules/common/scan.h"
/*
 * Memory of a driver's own, a member of a struct or an element of an array,
 * that a device writes to, and how it is declared: for rules about what else
 * is in its cache lines.
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
	/* Of the struct that it is a member of; NULL if it is none. */
	const struct record_layout *record;
	const struct field_layout *field;
};

/*
 * Call `fn` for each in drivers' code. A buffer that goes to the device as
 * well as from it counts.
 */
void dma_buffer_each(struct rule_run *run,
		     void (*fn)(const struct dma_buffer *buffer, void *data),
		     void *data);

/*
 * How its struct is written in the tree, from its line to the ';' behind it,
 * without comments (blanks instead, line by line); the caller's to free(3),
 * NULL if it cannot be read.
 */
char *dma_buffer_text(const struct dma_buffer *buffer);

/* Where the identifier `word` stands in `text`, or NULL. */
const char *dma_buffer_word(const char *text, const char *word);

/* Whether something in the struct keeps other members out of cache lines. */
bool dma_buffer_is_grouped(const char *text);

#endif
