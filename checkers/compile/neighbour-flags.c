// SPDX-License-Identifier: GPL-2.0-only
#include "compile/neighbour-flags.h"

#include <dirent.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "compile/makefile.h"
#include "tree/module.h"

/* Whether the C file `path` includes "NAME.c". */
static bool includes(const struct tree *tree, const char *path,
		     const char *name)
{
	char *text, *line = NULL;
	FILE *in = tree_stream(tree, path, &text);
	size_t alloc = 0;
	bool yes = false;

	while (in && !yes && getline(&line, &alloc, in) > 0) {
		const char *p = line + strspn(line, " \t");

		yes = *p == '#' && strstr(p, "include") &&
		      strstr(p, ".c\"") && strstr(p, name);
	}
	free(line);
	if (in)
		fclose(in);
	free(text);
	return yes;
}

bool neighbour_flags_is_included(const struct tree *tree, const char *file)
{
	char *dir = path_dirname(file), *folder = path_join(tree->root, dir);
	const char *name = path_basename(file);
	DIR *d = opendir(folder);
	struct dirent *e;
	bool yes = false;

	while (d && !yes && (e = readdir(d))) {
		size_t len = strlen(e->d_name);
		char *path;

		if (len < 3 || strcmp(e->d_name + len - 2, ".c") ||
		    !strcmp(e->d_name, name))
			continue;
		path = path_join(dir, e->d_name);
		yes = includes(tree, path, name);
		free(path);
	}
	if (d)
		closedir(d);
	free(folder);
	free(dir);
	return yes;
}

static size_t common_prefix(const char *a, const char *b)
{
	size_t i, folder = 0;

	for (i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			folder = i + 1;
	return folder;
}

/* More than any command has words. */
#define A_FOLDER 1000

/* How far the command's file lies from `file`: the less the better. */
static size_t distance(const struct compile_command *c, const char *file)
{
	size_t same = common_prefix(c->file, file), slashes = 0, i;

	for (i = same; c->file[i]; i++)
		slashes += c->file[i] == '/';
	for (i = same; file[i]; i++)
		slashes += file[i] == '/';
	/* Flags that one file alone has are more, never fewer. */
	return slashes * A_FOLDER + c->nr_args;
}

static const struct compile_command *find_lender(const struct compile_db *compile_db,
						 const struct tree *tree,
						 const char *file, bool near)
{
	const struct compile_command *best = NULL;
	bool ours = module_has(tree, file);
	size_t i, least = SIZE_MAX;

	for (i = 0; i < compile_db->nr; i++) {
		size_t d = distance(&compile_db->list[i], file);

		if (compile_db->list[i].kind != COMMAND_OWN || d >= least ||
		    (near && d >= A_FOLDER) ||
		    ours != module_has(tree, compile_db->list[i].file))
			continue;
		least = d;
		best = &compile_db->list[i];
	}
	return best;
}

static bool is_own(const char *arg)
{
	return !strncmp(arg, "-DKBUILD_", 9) ||
	       !strncmp(arg, "-D__KBUILD_", 11);
}

static uint32_t intern_args(struct command_set *set, char **args, size_t nr)
{
	uint32_t *ids = xcalloc(nr, sizeof(*ids)), list;
	size_t i;

	for (i = 0; i < nr; i++)
		ids[i] = intern(&set->strings, args[i]);
	list = command_set_list(set, ids, nr);
	free(ids);
	return list;
}

static void borrow(struct command_set *set, const struct compile_command *lender,
		   const char *file, const char *module,
		   enum command_kind kind)
{
	char *base = xstrndup(path_basename(file),
			      strlen(path_basename(file)) - 2);
	char *own[] = {
		xstrfmt("-DKBUILD_BASENAME=\"%s\"", base),
		xstrfmt("-DKBUILD_MODNAME=\"%s\"", module),
		xstrfmt("-D__KBUILD_MODNAME=%s", module),
	};
	char **common = xcalloc(lender->nr_args, sizeof(*common));
	struct set_command c;
	size_t i, nr = 0;

	for (i = 0; i < lender->nr_args; i++)
		if (!is_own(lender->args[i]))
			common[nr++] = lender->args[i];
	c = (struct set_command){
		.file = intern(&set->strings, file),
		.module = intern(&set->strings, module),
		.dir = intern(&set->strings, lender->dir),
		.common = intern_args(set, common, nr),
		.own = intern_args(set, own, ARRAY_SIZE(own)),
		.lender = intern(&set->strings, lender->file),
		.kind = kind,
		.is_module = lender->is_module,
	};
	command_set_add(set, &c);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		free(own[i]);
	free(common);
	free(base);
}

void neighbour_flags_find(struct command_set *set, const struct compile_db *compile_db,
			  const struct tree *tree, const char *const *files,
			  size_t nr, const struct neighbour_flags_options *options)
{
	size_t i, has;

	for (i = 0; i < nr; i++) {
		bool unasked = options->unasked &&
			options->unasked(options->data, files[i]);
		const struct compile_command *lender;
		char *module;

		compile_db_find(compile_db, files[i], &has);
		if (has || neighbour_flags_is_included(tree, files[i]))
			continue;
		lender = find_lender(compile_db, tree, files[i],
				     unasked && options->near);
		if (!lender)
			continue;
		module = makefile_module_of(tree, files[i]);
		borrow(set, lender, files[i], module,
		       unasked ? COMMAND_UNASKED : COMMAND_NEIGHBOUR);
		free(module);
	}
}
