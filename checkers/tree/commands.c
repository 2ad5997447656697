// SPDX-License-Identifier: GPL-2.0-only
#include "tree/commands.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/borrow.h"
#include "tree/command-set.h"
#include "tree/commands-read.h"
#include "tree/own-objtree.h"

struct commands_state {
	struct command_set set;		/* unless it is an own objtree */
	size_t given;
	struct own_objtree *own;
};

/*
 * Read what `objtree` has, if anything: 1 if there is something, 0 if not,
 * -1 after an error().
 */
static int read_built(struct commands *commands, const struct tree *tree,
		      const char *objtree)
{
	struct command_set *set = &commands->state->set;
	char *json = path_join(objtree, "compile_commands.json");
	int ret = 0;

	if (path_is_file(json)) {
		commands->origin = COMMANDS_FROM_JSON;
		commands->where = json;
		return commands_read_json(set, tree, objtree, json) ? -1 : 1;
	}
	free(json);
	commands_read_cmd_files(set, tree, objtree);
	if (set->nr) {
		commands->origin = COMMANDS_FROM_CMD_FILES;
		commands->where = xstrdup(objtree);
		ret = 1;
	} else if (set->first_outside) {
		ret = error("%s is the output tree of another source tree: it compiled %s, which is not in %s",
			    objtree, set->first_outside, tree->root);
	}
	return ret;
}

/* Which "arch/X/include" do the commands name? NULL if none. */
static char *arch_of(const struct command *c)
{
	size_t i;

	for (i = 0; i < c->nr_args; i++) {
		const char *arch = strstr(c->args[i], "/arch/"), *end;

		if (strncmp(c->args[i], "-I", 2) || !arch)
			continue;
		arch += strlen("/arch/");
		end = strchr(arch, '/');
		if (end && !strncmp(end, "/include", 8))
			return xstrndup(arch, (size_t)(end - arch));
	}
	return NULL;
}

static void check_arch(const struct commands *commands,
		       const struct tree *tree)
{
	char *arch = commands->nr ? arch_of(&commands->list[0]) : NULL;

	if (arch && strcmp(arch, tree->arch))
		warning("the commands in %s are for ARCH=%s, not %s: say --arch %s",
			commands->where, arch, tree->arch, arch);
	free(arch);
}

/* The first time: find out where the commands come from. */
static int find_origin(struct commands *commands, const struct tree *tree,
		       const struct commands_options *opt)
{
	struct commands_state *state = commands->state;
	int found = 0;

	if (opt->objtree) {
		char *objtree = realpath(opt->objtree, NULL);

		if (!objtree)
			return error_errno("cannot open the output tree %s",
					   opt->objtree);
		found = read_built(commands, tree, objtree);
		if (!found)
			warning("%s has no compile_commands.json, and nothing was compiled in it: looking elsewhere for the commands",
				objtree);
		free(objtree);
	}
	if (!found)
		found = read_built(commands, tree, tree->root);
	if (found < 0)
		return -1;
	if (found) {
		command_set_give(&state->set, &state->given, commands);
		check_arch(commands, tree);
		return 0;
	}
	state->own = own_objtree_open(tree, opt);
	if (!state->own)
		return -1;
	commands->origin = COMMANDS_FROM_OWN_OBJTREE;
	commands->where = xstrdup(own_objtree_path(state->own));
	return 0;
}

int commands_load(struct commands *commands, const struct tree *tree,
		  const struct commands_options *opt)
{
	if (!commands->state) {
		commands->state = xcalloc(1, sizeof(*commands->state));
		command_set_init(&commands->state->set);
		if (find_origin(commands, tree, opt))
			return -1;
		verbose("commands from %s", commands->where);
	}
	if (commands->state->own &&
	    own_objtree_load(commands->state->own, commands, opt))
		return -1;
	borrow_commands(&commands->state->set, commands, tree, opt->files,
			opt->nr_files);
	command_set_give(&commands->state->set, &commands->state->given,
			 commands);
	return 0;
}

const struct command *commands_find(const struct commands *commands,
				    const char *file, size_t *nr)
{
	size_t low = 0, high = commands->nr, end;

	/* The first whose name is not less. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(commands->list[middle].file, file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < commands->nr; end++)
		if (strcmp(commands->list[end].file, file))
			break;
	*nr = end - low;
	return *nr ? &commands->list[low] : NULL;
}

void commands_release(struct commands *commands)
{
	size_t i;

	for (i = 0; i < commands->nr; i++)
		free(commands->list[i].args);
	free(commands->list);
	free(commands->where);
	if (commands->state) {
		command_set_release(&commands->state->set);
		own_objtree_close(commands->state->own);
		free(commands->state);
	}
	*commands = (struct commands)COMMANDS_INIT;
}
