/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FACTS_PCH_H
#define FACTS_PCH_H
#include "lib/compat.h"

struct compile_command;
struct tree;

/*
 * Precompiled headers: most of the time that libclang takes for a driver goes
 * into headers that all drivers include. One is made for each set of flags
 * (what differs from driver to driver, KBUILD_MODNAME and its own -I, left
 * out; clang would refuse the first and not see the second), and kept in the
 * cache folder. clang itself refuses one whose headers have changed.
 */

/* Whether `arg` is the -D that tells a file which module it is in. */
bool pch_names_module(const char *arg);

/* A number that commands have in common if they can share one. */
uint64_t pch_class(const struct compile_command *command);

/* The text that it is made of. */
extern const char pch_source[];

/* The arguments to make one with, as for pch_args(). */
const char **pch_make_args(const struct compile_command *command, size_t *nr);

/* The file for that class in `folder`; the caller frees it. */
char *pch_path(const char *folder, uint64_t pch_class);

/*
 * Make the file at `path` with the flags of `command`, whole or not at all,
 * with the list of the headers in it beside it. Returns false where clang
 * does not make one: then the files are parsed without. As extract(), only
 * for a worker process.
 */
bool pch_make(const char *path, const struct compile_command *command);

/*
 * The list of the headers in the file at `path`, absolute, one a line; the
 * caller frees the name.
 */
char *pch_headers(const char *path);

/* Whether the tree's overlay has another content for one of those headers. */
bool pch_is_overlaid(const char *path, const struct tree *tree);

/*
 * The arguments of `command` for a parse that uses the file at `path`, *nr of
 * them; the array is the caller's, the strings are the command's and `path`.
 */
const char **pch_args(const struct compile_command *command, const char *path,
		      size_t *nr);

#endif
