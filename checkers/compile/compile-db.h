/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_COMPILE_DB_H
#define COMPILE_COMPILE_DB_H
#include "lib/compat.h"
#include "tree/tree.h"
/*
 * How each file of a tree is compiled, and into which module.
 *
 * The commands come from the first of these that there is:
 *  1. compile_commands.json in the objtree (-O)
 *     (scripts/clang-tools/gen_compile_commands.py writes it);
 *  2. the .cmd files of a built objtree ("cmd_x.o := ..." or
 *     "savedcmd_x.o := ...");
 *  3. either of these in the source tree itself, built in place;
 *  4. an output tree of dmacheck's own in the cache folder: make LLVM=-19
 *     O=... allmodconfig prepare, then make -n DIRS. It is kept, and made
 *     anew when the tree's version, its configuration language or clang
 *     changed; see own-objtree.h.
 *
 * With no_make the last of these is used as it is, if it is up to date. Files in
 * folders that make was not asked for are read with a neighbour's command.
 *
 * Those of a module (module.h) come from 1 or 2 in its own folder or in
 * module_objtree, from the objtree's compile_commands.json, or from make -n
 * M= for the objtree, for the tree if it was configured in place, or for an
 * output tree of dmacheck's own.
 */
enum command_origin {
	COMPILE_DB_FROM_JSON,
	COMPILE_DB_FROM_CMD_FILES,
	COMPILE_DB_FROM_OWN_OBJTREE,
};

/* Where the command of a file comes from. */
enum command_kind {
	COMMAND_OWN,
	COMMAND_NEIGHBOUR,	/* not built in this configuration: neighbour-flags.h */
	COMMAND_UNBUILT,	/* a neighbour's: a build left its commands, but none for it */
	COMMAND_UNASKED,	/* a neighbour's, as make must not be run */
};

/* One file compiled once; a file built into two modules has two of these. */
struct compile_command {
	char *file;		/* relative to the tree's root, normalised */
	char *module;		/* KBUILD_MODNAME, "" where there is none */
	bool is_module;		/* compiled with -DMODULE */
	enum command_kind kind;
	const char *neighbour;	/* the neighbour whose command it is; else NULL */
	char *dir;		/* absolute; where the command runs */
	/*
	 * The arguments for libclang, NULL-terminated, without the compiler,
	 * -c, -o and the source: those that change the meaning of the text
	 * (ccargs.h), and -w. Paths are absolute. Only -D KBUILD_* and
	 * -D __KBUILD_*, which come last, depend on the file.
	 */
	char **args;
	size_t nr_args;
};

struct compile_db_options {
	const char *objtree;	/* -O, or NULL */
	const char *cache;	/* dmacheck's cache folder; exists */
	bool no_cache;		/* rebuild the own output tree */
	bool no_make;		/* never run make */
	/*
	 * Accept an own output tree that is older than a change of a Makefile
	 * or Kconfig file: speed is more important.
	 */
	bool settled;
	const char *module_objtree;	/* --mo, or NULL */
	const char *const *make_variables;	/* "VAR=VALUE", for its make */
	size_t nr_make_variables;
	unsigned int jobs;	/* for make -j */
	/*
	 * The files (relative to the root) whose commands are needed. Make is
	 * asked only for folders with such files.
	 */
	const char *const *files;
	size_t nr_files;
};

struct compile_db {
	enum command_origin origin;
	char *where;		/* the JSON file, or the output tree */
	struct compile_command *list;	/* ordered by file, then module */
	size_t nr, alloc;
	struct compile_db_state *state;	/* compile-db.c's own */
};
#define COMPILE_DB_INIT { COMPILE_DB_FROM_JSON, NULL, NULL, 0, 0, NULL }

/*
 * Find the commands of opt->files, and possibly more. Further calls with more files
 * add to the list. A file that the configuration does not build gets a neighbour's
 * command (neighbour-flags.h); a file that another one includes has none. Returns
 * 0, or -1 after an error() that says what failed (file and line of the JSON, or
 * the make command with its exit status and the end of its output) and what to do.
 * An incomplete output tree is never used by the next run.
 */
int compile_db_load(struct compile_db *compile_db, const struct tree *tree,
		    const struct compile_db_options *opt);

/*
 * The commands that compile `file`: returns the first one, in the list, and sets
 * *nr to their number; NULL and 0 if there are none.
 */
const struct compile_command *compile_db_find(const struct compile_db *compile_db,
					      const char *file, size_t *nr);

void compile_db_release(struct compile_db *compile_db);

#endif
