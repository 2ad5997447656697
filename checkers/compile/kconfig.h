/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_KCONFIG_H
#define COMPILE_KCONFIG_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * The machines that a file can be built for, from its Makefile and the tree's
 * Kconfig files. Both are read as text: conditions in Makefiles are not evaluated,
 * and symbols that arch/ defines are leaves.
 */
struct kconfig;

/*
 * `machine` returns a text about a symbol (without CONFIG_) that stands for a
 * machine which the caller knows; else NULL. It and `data` must outlive the result,
 * which the caller frees with kconfig_free(). Files are read when first needed.
 */
struct kconfig *kconfig_new(const struct tree *tree,
			    const char *(*machine)(const char *symbol,
						   const void *data),
			    const void *data);

/*
 * If `file` can be built only for those machines, or as a COMPILE_TEST, the text
 * that `machine` returned for one of them. NULL if it can be built for others, or if
 * that is unknown.
 */
const char *kconfig_only_for(struct kconfig *kconfig, const char *file);

void kconfig_free(struct kconfig *kconfig);

#endif
