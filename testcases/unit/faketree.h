/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UNIT_FAKETREE_H
#define UNIT_FAKETREE_H
#include "capture.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "tree/tree.h"
/*
 * For unit tests: kernel trees of a few files, in the test's own folder.
 */

/* A file, and the folders above it, below the test's folder. */
static inline void put(const char *name, const char *text)
{
	char *full = path_join(capture_folder(), name);
	char *dir = path_dirname(full);

	assert_int_equal(path_mkdirs(dir), 0);
	free((char *)make_file(name, text));
	free(dir);
	free(full);
}

/* The absolute path of `name`; the caller frees it. */
static inline char *in_folder(const char *name)
{
	return path_join(capture_folder(), name);
}

/* Remove `name` and all below it. */
static inline void wipe(const char *name)
{
	char *path = in_folder(name);

	assert_int_equal(path_remove_tree(path), 0);
	free(path);
}

/* The least that passes for a kernel tree, called `name`. */
static inline void put_tree(const char *name)
{
	static const struct { const char *name, *text; } files[] = {
		{ "Makefile", "VERSION = 7\nPATCHLEVEL = 2\nSUBLEVEL = 13\n"
			"EXTRAVERSION =\nNAME = Test\n" },
		{ "Kbuild", "obj-y += drivers/\n" },
		{ "Kconfig", "" },
		{ "arch/x86/Kconfig", "" },
		{ "arch/arm64/Kconfig", "" },
		{ "include/linux/dma-mapping.h",
			"/* SPDX */\n"
			"/* DMA_ATTR_NOT_HERE (1UL << 3) */\n"
			"#define DMA_ATTR_WEAK_ORDERING\t\t(1UL << 1)\n"
			"#define DMA_ATTR_REQUIRE_COHERENT\t(1UL << 12)\n"
			"# define DMA_ATTR_BIT BIT(40)\n"
			"#define DMA_ATTR_NUMBER 0x20\n"
			"#define DMA_ATTR_BOTH (DMA_ATTR_BIT | 1)\n"
			"#define DMA_MAPPING_ERROR (~(dma_addr_t)0)\n" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		char *path = path_join(name, files[i].name);

		put(path, files[i].text);
		free(path);
	}
}

static inline struct tree open_tree(const char *name, const char *arch)
{
	char *root = in_folder(name);
	struct tree tree;

	assert_int_equal(tree_open(&tree, root, arch), 0);
	free(root);
	return tree;
}

#endif
