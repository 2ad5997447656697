/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_MODULE_KEY_H
#define COMPILE_MODULE_KEY_H
#include "lib/compat.h"
#include "compile/kmake.h"
/*
 * A module's Makefile may do this or that as a variable says. Its variables
 * are those of --make, and those that make takes from the environment: of
 * these every CONFIG_* counts, and every other one whose name is in one of the
 * module's Makefiles.
 *
 * "HASH GOAL" for the module of kmake->tree: as long as it is the same, so are
 * the commands that make printed, unless a Makefile changed. The caller frees
 * it. NULL after an error(): one of the Makefiles is a FIFO or a device.
 */
char *module_key(const struct kmake *kmake);

#endif
