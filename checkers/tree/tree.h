/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TREE_TREE_H
#define TREE_TREE_H
#include "lib/compat.h"
#include "tree/overlay.h"
/*
 * A kernel source tree. dmacheck reads it and never writes to it.
 */

/* One "#define DMA_ATTR_X (1UL << n)" of include/linux/dma-mapping.h. */
struct dma_attr {
	char *name;		/* "DMA_ATTR_REQUIRE_COHERENT" */
	uint64_t mask;		/* 1UL << n */
	unsigned int line;	/* where that header defines it */
};

struct tree {
	char *root;		/* real, absolute path */
	char *version;		/* "7.2.13", from the top Makefile */
	char *arch;		/* ARCH as the kernel's make expects it: "x86" */
	struct dma_attr *attrs;
	size_t nr_attrs;
	const struct overlay *overlay;	/* or NULL; somebody else's */
	/* A module that is built outside of the tree: see module.h. */
	char *module_dir;	/* real, absolute path; NULL: none */
	char *module;		/* the same, relative to the root: "../../m" */
};
#define TREE_INIT { NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL }

/*
 * Read what there is to know about the tree at `dir`. `arch` NULL means this
 * machine's (uname -m, mapped as scripts/subarch.include does).
 * Returns 0, or -1 after an error(): `dir` does not exist or is no kernel
 * tree (no Makefile with VERSION = and PATCHLEVEL =, no Kbuild or
 * include/linux/dma-mapping.h), or has no arch/ARCH. What was a mistake and
 * what would be right is in the message.
 */
int tree_open(struct tree *tree, const char *dir, const char *arch);

/*
 * The same for the tree as it is with `overlay`, which may be NULL and must
 * live as long as the tree.
 */
int tree_open_with(struct tree *tree, const char *dir, const char *arch,
		   const struct overlay *overlay);

/*
 * The content of `path` (relative to the root, or absolute): the overlay's
 * where it has one. As path_read(): the caller frees it, NULL with errno if
 * it cannot be read.
 */
char *tree_read(const struct tree *tree, const char *path, size_t *len);

/*
 * The same to be read as a stream; *text is what is behind it, to be freed
 * once that is closed. NULL also for an empty file.
 */
FILE *tree_stream(const struct tree *tree, const char *path, char **text);

/* Whether it has such a file. */
bool tree_has_file(const struct tree *tree, const char *path);

/*
 * The absolute `path` as everything calls it: relative to the root where it
 * is below that or below the module's folder, else as it is. The caller frees
 * it. What follows a path in the text is kept.
 */
char *tree_path(const struct tree *tree, const char *path);

/*
 * Whether the file `path`, as facts name it, belongs to the kernel at large
 * rather than to one driver: it is below include/ or arch/, or outside of the
 * tree.
 */
bool tree_is_kernel_wide(const char *path);

/* The bit of attribute `name`, 0 where this tree does not define it. */
uint64_t tree_attr_mask(const struct tree *tree, const char *name);

/*
 * `path` (absolute, or relative to the current directory, or failing that
 * to the root) as a path relative to the root without "." and ".." ("." for
 * the root itself); the caller frees it. NULL after an error() that says
 * whether it does not exist, lies outside of the tree, or is a FIFO or a
 * device. For a module its
 * folder takes the place of the root, and what comes out begins as
 * tree->module does.
 */
char *tree_relative(const struct tree *tree, const char *path);

void tree_release(struct tree *tree);

#endif
