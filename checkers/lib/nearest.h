/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_NEAREST_H
#define LIB_NEAREST_H
#include "lib/compat.h"
/*
 * The one of the `nr` names that is nearest to `typed`, as a suggestion for a
 * mistyped name; NULL if none is near.
 */
const char *nearest(const char *typed, const char *const *names, size_t nr);

#endif
