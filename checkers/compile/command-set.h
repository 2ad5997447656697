/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef COMPILE_COMMAND_SET_H
#define COMPILE_COMMAND_SET_H
#include "lib/compat.h"
#include "lib/intern.h"
#include "compile/ccargs.h"
#include "compile/compile-db.h"
/*
 * The memory behind a struct commands: each string once, each list of
 * arguments once, and the commands as numbers of these. A whole kernel's
 * 26,000 commands share some 3,000 lists.
 */

/* One command; what compile-db.h calls by name is the number of a string. */
struct set_command {
	uint32_t file, module, dir;
	uint32_t common, own;	/* numbers of lists */
	uint32_t goal;		/* what make was asked for; 0 for none */
	uint32_t lender;	/* whose command it is; 0 for its own */
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
	 * The real path of a folder elsewhere whose files count, too, by their
	 * absolute names: a module that is built outside of the tree. Or NULL.
	 */
	const char *outside;
	/* What command_set_give() leaves out; NULL: nothing. */
	bool (*left_out)(const struct tree *tree, const char *file);
	const struct tree *tree;	/* for left_out */
};

void command_set_init(struct command_set *set);
void command_set_release(struct command_set *set);

/* The number of the list that holds these strings. */
uint32_t command_set_list(struct command_set *set, const uint32_t *ids,
			  size_t nr);

/* Add a command, unless there is one for that file and module already. */
void command_set_add(struct command_set *set, const struct set_command *c);

/*
 * Add the command whose words these are if it compiles a file of the tree:
 * once for each module it is for. `objtree`, if it lies inside of the tree,
 * holds files that were generated, which are none of the tree's. `kind` says
 * what the command is. Other
 * arguments as for ccargs_read(). False if it compiles nothing at all.
 */
bool command_set_read(struct command_set *set, const struct tree *tree,
		      const char *objtree, char *const *words, size_t nr,
		      const char *dir, const char *source, uint32_t goal,
		      enum command_kind kind);

/*
 * Give what is new in the set since the last time, from number `*given` on,
 * to commands->list, and put that in order. The commands live as long as the
 * set does.
 */
void command_set_give(const struct command_set *set, size_t *given,
		      struct compile_db *compile_db);

#endif
