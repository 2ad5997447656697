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
	const struct overlay *overlay;	/* or NULL; not owned */
	/* A module that is built outside of the tree: see module.h. */
	char *module_dir;	/* real, absolute path; NULL: none */
	char *module;		/* the same, relative to the root: "../../m" */
};
#define TREE_INIT { NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL }

/*
 * Open the tree at `dir`. `arch` NULL means the architecture of this machine
 * (uname -m, mapped as scripts/subarch.include does). Returns 0, or -1 after an
 * error() that says what is wrong and what to do: `dir` does not exist or is not a
 * kernel tree (no Makefile with VERSION = and PATCHLEVEL =, no Kbuild or
 * include/linux/dma-mapping.h), or has no arch/ARCH.
 */
int tree_open(struct tree *tree, const char *dir, const char *arch);

/*
 * The same for the tree with `overlay`, which may be NULL and must outlive the
 * tree.
 */
int tree_open_with(struct tree *tree, const char *dir, const char *arch,
		   const struct overlay *overlay);

/*
 * The content of `path` (relative to the root, or absolute), from the overlay if it
 * has the file. As path_read(): the caller frees it; NULL with errno if it cannot
 * be read.
 */
char *tree_read(const struct tree *tree, const char *path, size_t *len);

/*
 * The same as a stream; the caller frees *text, its memory, after closing it. NULL
 * also for an empty file.
 */
FILE *tree_stream(const struct tree *tree, const char *path, char **text);

/* Whether the tree has the file. */
bool tree_has_file(const struct tree *tree, const char *path);

/*
 * The absolute `path` made relative to the root, if it is below the root or below
 * the module's folder; else unchanged. The caller frees it. Text that follows the
 * path is kept.
 */
char *tree_path(const struct tree *tree, const char *path);

/*
 * Whether the file `path`, as facts name it, belongs to the whole kernel rather
 * than to one driver: it is below include/ or arch/, or outside of the tree.
 */
bool tree_is_kernel_wide(const char *path);

/* The bit of attribute `name`; 0 if this tree does not define it. */
uint64_t tree_attr_mask(const struct tree *tree, const char *name);

/*
 * `path` (absolute, or relative to the current directory, or else to the root) as a
 * path relative to the root without "." and ".." ("." for the root itself); the
 * caller frees it. NULL after an error(): it does not exist, is outside of the
 * tree, or is a FIFO or a device. For a module, paths have to be in its folder, and
 * the result begins with tree->module.
 */
char *tree_relative(const struct tree *tree, const char *path);

void tree_release(struct tree *tree);

#endif
