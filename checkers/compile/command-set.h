/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_COMMAND_SET_H
#define COMPILE_COMMAND_SET_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/ccargs.h"
#include "compile/compile-db.h"
/*
 * The memory of a compile database: each string once, each list of arguments once,
 * and the commands as numbers of these. The 26,000 commands of a kernel share about
 * 3,000 lists.
 */

/* One command, as struct compile_command, with numbers of strings. */
struct set_command {
	uint32_t file, module, dir;
	uint32_t common, own;	/* numbers of lists */
	uint32_t goal;		/* that make was asked for; 0: none */
	uint32_t neighbour;	/* the file whose command it is; 0: its own */
	enum command_kind kind;
	bool is_module;
};

struct set_list {
	uint32_t start, nr;	/* in command_set.ids */
};

struct command_set {
	struct intern_pool strings;
	uint32_t *ids;			/* the lists' strings, one by one */
	size_t nr_ids, alloc_ids;
	struct set_list *lists;
	size_t nr_lists, alloc_lists;
	struct set_list_key *by_list;
	struct set_command *list;
	size_t nr, alloc;
	struct set_key *by_key;		/* file and module */
	size_t nr_outside;		/* sources that are not in the tree */
	char *first_outside;
	struct set_dir *dirs;		/* real paths of folders seen */
	struct ccargs args;		/* room for one command */
	/*
	 * The real path of a module's folder outside of the tree: its files are
	 * added, too, by absolute names. Or NULL.
	 */
	const char *outside;
	/* Files that command_set_give() leaves out; NULL: none. */
	bool (*left_out)(const struct tree *tree, const char *file);
	const struct tree *tree;	/* for left_out */
};

void command_set_init(struct command_set *set);
void command_set_release(struct command_set *set);

/* The number of the list of these strings, which is added if it is new. */
uint32_t command_set_list(struct command_set *set, const uint32_t *ids,
			  size_t nr);

/* Add a command, unless the set has one for that file and module. */
void command_set_add(struct command_set *set, const struct set_command *c);

/*
 * Add the command with these words if it compiles a file of the tree, once for each
 * module of the file. Files in `objtree`, if that is in the tree, are generated and
 * are left out. `kind` is the kind of the command; the other arguments are those of
 * ccargs_read(). False if it compiles nothing.
 */
bool command_set_read(struct command_set *set, const struct tree *tree,
		      const char *objtree, char *const *words, size_t nr,
		      const char *dir, const char *source, uint32_t goal,
		      enum command_kind kind);

/*
 * Add the commands from number `*given` on, those that are new, to
 * compile_db->list, and sort it. The commands live as long as the set.
 */
void command_set_give(const struct command_set *set, size_t *given,
		      struct compile_db *compile_db);

#endif
