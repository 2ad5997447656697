/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KCONFIG_H
#define COMPILE_KCONFIG_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * For which machines a file can be built, as its Makefile and the Kconfig
 * files of the tree say. Both are read as text: conditions of a Makefile are
 * not understood, and what arch/ defines is a leaf.
 */
struct kconfig;

/*
 * `machine` says of a symbol (without CONFIG_) whether it stands for a machine
 * that the caller knows, and returns what is to be said of it, or NULL. It and
 * `data` must outlive the result, which the caller frees with kconfig_free().
 * Nothing is read before it is needed.
 */
struct kconfig *kconfig_new(const struct tree *tree,
			    const char *(*machine)(const char *symbol,
						   const void *data),
			    const void *data);

/*
 * If `file` can be built for no other machine than those, but to see whether
 * it compiles (COMPILE_TEST), what `machine` returned for one of them. NULL if
 * it can, or if that is not known.
 */
const char *kconfig_only_for(struct kconfig *kconfig, const char *file);

void kconfig_free(struct kconfig *kconfig);

#endif
