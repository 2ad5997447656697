/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef KNOWLEDGE_RETIRED_H
#define KNOWLEDGE_RETIRED_H
#include "lib/compat.h"
/*
 * Names of the DMA API that the kernel gave up, or that were proposed and
 * never merged.
 */
enum retired_kind {
	RETIRED_ATTR,	/* an attribute; its successor is one, too */
	RETIRED_MACRO,	/* a macro of include/linux/export.h */
	RETIRED_FUNCTION,	/* an exported function called after one */
};

struct retired_name {
	const char *name;	/* one that ends in "*" is a prefix */
	enum retired_kind kind;
	const char *successor;	/* the name to use; NULL if there is none */
	const char *history;	/* what became of it, to end a sentence */
};

/* What is known of the identifier `name`; NULL if it is not retired. */
const struct retired_name *retired_find(const char *name, size_t len);

/* Another one when another name is retired. */
uint64_t retired_hash(void);

#endif
