/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_ATTR_NAMES_H
#define RULES_COMMON_ATTR_NAMES_H
#include "lib/compat.h"
#include "lib/intern.h"
/*
 * The places in the text files of a tree that name DMA attributes which the tree
 * does not have, that define attributes, or that use retired names (retired.h): in
 * code of all architectures, comments, documentation and tools/.
 */
struct tree;

enum mention_place {
	MENTION_CODE,
	MENTION_COMMENT,	/* or a string */
	MENTION_TEXT,		/* documentation */
};

enum mention_role {
	MENTION_USE,
	MENTION_DEFINE,		/* #define NAME value */
	MENTION_ENUM,		/* enum { NAME, ... } */
	MENTION_TEST,		/* #ifdef NAME, #undef NAME and the like */
	MENTION_EXPORT,		/* EXPORT_SYMBOL(NAME) */
};

struct mention {
	uint32_t file, name;	/* in attr_names.strings */
	uint32_t value;		/* MENTION_DEFINE: its text; "" for none */
	unsigned int line, column;	/* from 1 */
	enum mention_place place;
	enum mention_role role;
};

struct attr_names {
	struct intern_pool strings;
	struct mention *list;		/* by file, line, column */
	size_t nr, alloc;
	struct intern_pool in_code;	/* for attr_names_has() */
};

/*
 * Read them with `jobs` threads, at or below the paths (none: the whole tree). The
 * names of each file are kept in the folder `cache`, unless that is NULL, so that
 * most files are not read again. The caller frees it with attr_names_free().
 */
struct attr_names *attr_names_read(const struct tree *tree,
				   const char *const *paths, size_t nr_paths,
				   const char *cache, unsigned int jobs);
void attr_names_free(struct attr_names *names);

/* Whether it is "DMA_ATTR_" and more: an attribute, or a name like one. */
bool attr_names_is_attr(const char *name);

/* Whether the file has such a mention of the name in code. */
bool attr_names_has(const struct attr_names *names, uint32_t file,
		    uint32_t name, enum mention_role role);

/*
 * Whether a file in the folder of `file` has a longer name that contains `name`:
 * macros join it from parts (HINIC_FA1_GET(x, DMA_ATTR_Y)).
 */
bool attr_names_is_part(const struct tree *tree, const char *file,
			const char *name);

/* Whether the file is read by users and builders of tools: tools/ and the like. */
bool attr_names_is_tool(const char *file);

#endif
