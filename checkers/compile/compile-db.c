// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the compile command of each file: from a JSON file, from .cmd files, from an
 * output tree of dmacheck's own, or from a neighbour; for all that reads C.
 */
#include "compile/compile-db.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "compile/neighbour-flags.h"
#include "compile/command-set.h"
#include "compile/db-read.h"
#include "tree/module.h"
#include "compile/own-objtree.h"

struct compile_db_state {
	struct command_set set;		/* unless it is an own objtree */
	size_t given;
	bool kernel_done, module_done;	/* their origin is known */
	struct own_objtree *own;	/* the tree's */
	struct own_objtree *module_own;	/* the module's; may be the same */
};

/* Whether `out` (absolute) is configured and prepared: its headers are there. */
static bool is_prepared(const char *out)
{
	static const char *const needed[] = {
		"include/generated/autoconf.h", "include/config/auto.conf",
	};
	bool prepared = true;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(needed); i++) {
		char *path = path_join(out, needed[i]);

		prepared &= path_is_file(path);
		free(path);
	}
	return prepared;
}

/*
 * Read what `objtree` has, if anything: 1 if there is something, 0 if not,
 * -1 after an error().
 */
static int read_built(struct compile_db *compile_db, const struct tree *tree,
		      const char *objtree)
{
	struct command_set *set = &compile_db->state->set;
	char *json = path_join(objtree, "compile_commands.json");
	int ret = 0;

	if (path_is_file(json)) {
		compile_db->origin = COMPILE_DB_FROM_JSON;
		compile_db->where = json;
		return compile_db_read_json(set, tree, objtree, json) ? -1 : 1;
	}
	free(json);
	compile_db_read_cmd_files(set, tree, objtree);
	if (set->nr) {
		compile_db->origin = COMPILE_DB_FROM_CMD_FILES;
		compile_db->where = xstrdup(objtree);
		ret = 1;
	} else if (set->first_outside) {
		ret = error("%s is the output tree of another source tree: it compiled %s, which is not in %s",
			    objtree, set->first_outside, tree->root);
	}
	return ret;
}

static void say_unbuilt(const struct tree *tree, const char *objtree)
{
	/* A module is built with a kernel that is only prepared. */
	if (tree->module && is_prepared(objtree))
		return;
	warning("%s has no compile_commands.json, and nothing was compiled in it: looking elsewhere for the commands",
		objtree);
}

/* The X of "arch/X/include" in the command; NULL if there is none. */
static char *arch_of(const struct compile_command *c)
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

static void check_arch(const struct compile_db *compile_db,
		       const struct tree *tree)
{
	char *arch = compile_db->nr ? arch_of(&compile_db->list[0]) : NULL;

	if (arch && strcmp(arch, tree->arch))
		warning("the commands in %s are for ARCH=%s, not %s: say --arch %s",
			compile_db->where, arch, tree->arch, arch);
	free(arch);
}

/* A folder that is configured and prepared for the tree, or NULL. */
static char *configured(const struct tree *tree,
			const struct compile_db_options *opt)
{
	char *out = opt->objtree ? realpath(opt->objtree, NULL) : NULL;

	if (out && is_prepared(out))
		return out;
	free(out);
	return is_prepared(tree->root) ? xstrdup(tree->root) : NULL;
}

static int open_own(struct compile_db *compile_db, const struct tree *tree,
		    const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;

	state->own = own_objtree_open(tree, opt, NULL, false);
	if (!state->own)
		return opt->no_make ? error("--no-make: there are no compile commands for %s: build the kernel and give -O DIR with its output tree (or one with a compile_commands.json), or run dmacheck once without --no-make, which keeps the commands that make prints",
					    tree->root) : -1;
	compile_db->origin = COMPILE_DB_FROM_OWN_OBJTREE;
	compile_db->where = xstrdup(own_objtree_path(state->own));
	return 0;
}

/* Find out where the commands come from. */
static int find_origin(struct compile_db *compile_db, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;
	int found = 0;

	if (opt->objtree) {
		char *objtree = realpath(opt->objtree, NULL);

		if (!objtree)
			return error_errno("cannot open the output tree %s",
					   opt->objtree);
		found = read_built(compile_db, tree, objtree);
		if (!found)
			say_unbuilt(tree, objtree);
		free(objtree);
	}
	if (!found)
		found = read_built(compile_db, tree, tree->root);
	if (found < 0)
		return -1;
	if (found) {
		command_set_give(&state->set, &state->given, compile_db);
		check_arch(compile_db, tree);
		return 0;
	}
	return open_own(compile_db, tree, opt);
}

static int find_kernel(struct compile_db *compile_db, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	if (compile_db->state->kernel_done)
		return 0;
	if (find_origin(compile_db, tree, opt))
		return -1;
	verbose("commands from %s", compile_db->where);
	compile_db->state->kernel_done = true;
	return 0;
}

/* --- of an external module --- */

/* Read the commands saved in `folder`: 1 if there are some, 0, or -1. */
static int read_module_folder(struct compile_db_state *state,
			      const struct tree *tree, const char *folder,
			      const char *objtree)
{
	char *json = path_join(folder, "compile_commands.json");
	size_t before = state->set.nr, nr_lost = 0;
	int ret = 0;

	if (path_is_file(json))
		ret = compile_db_read_json(&state->set, tree, NULL, json);
	else
		compile_db_read_module(&state->set, tree, folder, objtree,
				       &nr_lost);
	if (nr_lost)
		note("the commands in %s cannot be read without the kernel's output tree, where they ran: say -O DIR",
		     folder);
	if (!ret && state->set.nr > before) {
		verbose("the module's commands are from %s", folder);
		ret = 1;
	}
	free(json);
	return ret;
}

/* Look in the folder of MO=, in the module's, and in the objtree's JSON. */
static int read_module(struct compile_db_state *state, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	char *out = configured(tree, opt), *mo = NULL, *json = NULL;
	int ret = 0;

	if (opt->module_objtree) {
		mo = realpath(opt->module_objtree, NULL);
		ret = mo ? read_module_folder(state, tree, mo, out) :
			error_errno("cannot open the module's output folder %s",
				    opt->module_objtree);
		if (!ret)
			warning("%s has no compile_commands.json, and nothing was compiled in it: looking elsewhere for the module's commands",
				mo);
	}
	if (!ret)
		ret = read_module_folder(state, tree, tree->module_dir, out);
	if (!ret && opt->objtree) {
		json = path_join(opt->objtree, "compile_commands.json");
		if (path_is_file(json))
			ret = compile_db_read_json(&state->set, tree, out, json);
	}
	free(json);
	free(mo);
	free(out);
	return ret;
}

static bool knows_module(const struct compile_db *compile_db,
			 const struct tree *tree)
{
	size_t i;

	for (i = 0; i < compile_db->nr; i++)
		if (module_has(tree, compile_db->list[i].file))
			return true;
	return false;
}

/* Ask make, with the output tree that was given or one of our own. */
static int ask_for_module(struct compile_db *compile_db, const struct tree *tree,
			  const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;
	char *out = configured(tree, opt);
	int ret = 0;

	/* One output tree of our own is enough for the kernel and the module. */
	if (!out && !opt->no_make && find_kernel(compile_db, tree, opt))
		return -1;
	if (out || !state->own)
		state->module_own = own_objtree_open(tree, opt, out, true);
	else
		state->module_own = state->own;
	if (state->module_own)
		ret = own_objtree_load_module(state->module_own, compile_db);
	else
		ret = -1;
	free(out);
	if (opt->no_make && !ret && !knows_module(compile_db, tree))
		ret = -1;
	if (opt->no_make && ret)
		error("--no-make: there are no compile commands for the module in %s: build it, or run dmacheck once without --no-make, which keeps the commands that make prints",
		      tree->module_dir);
	return ret;
}

static int find_module(struct compile_db *compile_db, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;

	if (read_module(state, tree, opt) < 0)
		return -1;
	command_set_give(&state->set, &state->given, compile_db);
	if (knows_module(compile_db, tree)) {
		if (opt->nr_make_variables)
			note("--make is not used: the module was built, and its commands are known from that");
		return 0;
	}
	return ask_for_module(compile_db, tree, opt);
}

/* --- all --- */

/* Select the files that are part of the module, or those that are not. */
static size_t choose(const struct tree *tree,
		     const struct compile_db_options *opt, bool of_module,
		     const char **files)
{
	size_t nr = 0, i;

	for (i = 0; i < opt->nr_files; i++)
		if (module_has(tree, opt->files[i]) == of_module)
			files[nr++] = opt->files[i];
	return nr;
}

struct neighbours {
	struct own_objtree *own;	/* whose make says what is built; or NULL */
	bool no_make;
};

static enum command_kind kind_of_neighbour(void *data, const char *file)
{
	const struct neighbours *n = data;

	if (!n->own)
		return COMMAND_UNBUILT;
	return n->no_make && !own_objtree_was_asked(n->own, file) ?
		COMMAND_UNASKED : COMMAND_NEIGHBOUR;
}

/* Find commands for files that have none of their own. */
static void help_out(struct compile_db *compile_db, const struct tree *tree,
		     const struct compile_db_options *opt,
		     struct own_objtree *own)
{
	struct compile_db_state *state = compile_db->state;
	struct neighbours neighbours = { own, opt->no_make };

	neighbour_flags_find(&state->set, compile_db, tree, opt->files,
			     opt->nr_files, kind_of_neighbour, &neighbours);
	command_set_give(&state->set, &state->given, compile_db);
}

static int load_kernel(struct compile_db *compile_db, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;

	if (find_kernel(compile_db, tree, opt))
		return -1;
	if (state->own && own_objtree_load(state->own, compile_db, opt))
		return -1;
	help_out(compile_db, tree, opt, state->own);
	return 0;
}

static int load_module(struct compile_db *compile_db, const struct tree *tree,
		       const struct compile_db_options *opt)
{
	struct compile_db_state *state = compile_db->state;

	if (!state->module_done && find_module(compile_db, tree, opt))
		return -1;
	state->module_done = true;
	help_out(compile_db, tree, opt, state->module_own);
	return 0;
}

int compile_db_load(struct compile_db *compile_db, const struct tree *tree,
		    const struct compile_db_options *opt)
{
	struct compile_db_options part = *opt;
	const char **files = xcalloc(opt->nr_files, sizeof(*files));
	int ret = 0;

	part.files = files;
	if (!compile_db->state) {
		compile_db->state = xcalloc(1, sizeof(*compile_db->state));
		command_set_init(&compile_db->state->set);
	}
	if (tree->module) {
		part.nr_files = choose(tree, opt, true, files);
		ret = load_module(compile_db, tree, &part);
	}
	part.nr_files = choose(tree, opt, false, files);
	/* A check of a module alone does not need the kernel's commands. */
	if (!ret && (!tree->module || part.nr_files))
		ret = load_kernel(compile_db, tree, &part);
	free(files);
	return ret;
}

const struct compile_command *compile_db_find(const struct compile_db *compile_db,
					      const char *file, size_t *nr)
{
	size_t low = 0, high = compile_db->nr, end;

	/* The first command whose file is not less. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(compile_db->list[middle].file, file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < compile_db->nr; end++)
		if (strcmp(compile_db->list[end].file, file))
			break;
	*nr = end - low;
	return *nr ? &compile_db->list[low] : NULL;
}

void compile_db_release(struct compile_db *compile_db)
{
	size_t i;

	for (i = 0; i < compile_db->nr; i++)
		free(compile_db->list[i].args);
	free(compile_db->list);
	free(compile_db->where);
	if (compile_db->state) {
		command_set_release(&compile_db->state->set);
		if (compile_db->state->module_own != compile_db->state->own)
			own_objtree_close(compile_db->state->module_own);
		own_objtree_close(compile_db->state->own);
		free(compile_db->state);
	}
	*compile_db = (struct compile_db)COMPILE_DB_INIT;
}
