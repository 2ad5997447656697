/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KNOWLEDGE_KERNEL_LOG_H
#define KNOWLEDGE_KERNEL_LOG_H
#include "lib/strvec.h"
/*
 * What a running kernel says about misuse of the DMA API: the warnings of
 * dma-debug, of the mapping functions themselves and of SWIOTLB, as they stand
 * in a log.
 */
#define KERNEL_MESSAGE_RULES 4

struct kernel_message {
	const char *text;	/* a part of the line, */
	const char *also;	/* and another one, or NULL: no other message has both */
	/* Rules that find it in the source; NULL ends them. None: no rule can. */
	const char *rules[KERNEL_MESSAGE_RULES];
	const char *meaning;	/* a sentence, without a full stop */
	bool no_trace;		/* a line without a call trace */
};

/* The message that stands in the first `len` bytes at `line`, or NULL. */
const struct kernel_message *kernel_message_find(const char *line, size_t len);

/* One warning in a log. */
struct kernel_warning {
	const struct kernel_message *message;
	size_t line;		/* in the log, from 1 */
	size_t count;		/* how often it is there, with the same functions */
	char *text;		/* without time and level */
	/*
	 * The functions that called, the innermost first, without those of the
	 * DMA API and of dma-debug; and those that mapped ("Mapped at:").
	 */
	struct strvec callers, mappers;
	char *module;		/* of the first caller, or NULL: built in */
};

struct kernel_log {
	struct kernel_warning *list;
	size_t nr, alloc;
};
#define KERNEL_LOG_INIT { NULL, 0, 0 }

/*
 * Read the text of a log, as dmesg(1), journalctl(1) or a serial console give
 * it; lines may begin with a time, a level or the name of a host. What is no
 * warning of the DMA API is passed over. `log` must be empty.
 */
void kernel_log_parse(struct kernel_log *log, const char *text);

void kernel_log_release(struct kernel_log *log);

#endif
