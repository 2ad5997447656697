// SPDX-License-Identifier: GPL-2.0-only
/*
 * Builds a compile command for files that the configuration does not build, from the
 * command of the nearest file; for compile-db.c.
 */
#include "compile/neighbour-flags.h"

#include <dirent.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "compile/makefile.h"
#include "tree/module.h"

/* Which .c files the .c files of folders include: each folder is read once. */
struct inclusions {
	struct intern_pool dirs;
	struct strvec *lines;		/* of each: "FILE:LINE" */
	size_t alloc;
};
#define INCLUSIONS_INIT { INTERN_POOL_INIT, NULL, 0 }

/* Add the lines of the C file `path` that include another one: "PATH:LINE". */
static void add_inclusions(const struct tree *tree, const char *path,
			   struct strvec *lines)
{
	size_t len;
	char *text = tree_read(tree, path, &len), *rest = text, *line, *p;

	/* A fast path: hardly any file does. */
	if (!text || !memmem(text, len, ".c\"", 3))
		rest = NULL;
	while (rest && (line = strsep(&rest, "\n"))) {
		p = line + strspn(line, " \t");
		if (*p == '#' && strstr(p, "include") && strstr(p, ".c\""))
			strvec_pushf(lines, "%s:%s", path_basename(path), p);
	}
	free(text);
}

/* The same for all files in the folder. */
static void read_folder(const struct tree *tree, const char *dir,
			struct strvec *lines)
{
	char *folder = path_join(tree->root, dir);
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char *path;

		if (!ends_with(e->d_name, ".c"))
			continue;
		path = path_join(dir, e->d_name);
		add_inclusions(tree, path, lines);
		free(path);
	}
	if (d)
		closedir(d);
	free(folder);
}

static void inclusions_release(struct inclusions *known)
{
	size_t i;

	for (i = 0; i < known->dirs.nr; i++)
		strvec_release(&known->lines[i]);
	free(known->lines);
	intern_release(&known->dirs);
}

/* Whether another .c file of its folder includes it. */
static bool is_included(struct inclusions *known, const struct tree *tree,
			const char *file)
{
	char *dir = path_dirname(file);
	const char *name = path_basename(file);
	uint32_t before = known->dirs.nr, nr = intern(&known->dirs, dir);
	size_t len = strlen(name), i;
	bool yes = false;

	if (nr == before) {
		ALLOC_GROW(known->lines, nr + 1, known->alloc);
		known->lines[nr] = (struct strvec)STRVEC_INIT;
		read_folder(tree, dir, &known->lines[nr]);
	}
	for (i = 0; i < known->lines[nr].nr && !yes; i++) {
		const char *line = known->lines[nr].v[i];

		if (!strncmp(line, name, len) && line[len] == ':')
			continue;
		yes = strstr(strchr(line, ':') + 1, name);
	}
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

/* The weight of a folder: more than the words of any command. */
#define A_FOLDER 1000

/* The distance of the command's file from `file`. */
static size_t distance(const struct compile_command *c, const char *file)
{
	size_t same = common_prefix(c->file, file), slashes = 0, i;

	for (i = same; c->file[i]; i++)
		slashes += c->file[i] == '/';
	for (i = same; file[i]; i++)
		slashes += file[i] == '/';
	/* Prefer fewer flags: those of a single file are additional ones. */
	return slashes * A_FOLDER + c->nr_args;
}

/* The first command whose file is not less than (or behind) the prefix. */
static size_t first_from(const struct compile_db *db, const char *prefix,
			 size_t len, bool behind)
{
	size_t low = 0, high = db->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(db->list[middle].file, prefix, len);

		if (order < 0 || (behind && !order))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The first of the nearest commands. It searches the file's folder, then below the
 * folder above it, as long as a command there can be nearer.
 */
static const struct compile_command *find_neighbour(const struct compile_db *compile_db,
						    const struct tree *tree,
						    const char *file)
{
	size_t len = strlen(file), up = 0, least = SIZE_MAX, best = 0, i;
	bool ours = module_has(tree, file);

	for (;; up++) {
		size_t end;

		while (len && file[len - 1] != '/')
			len--;
		if (up * A_FOLDER > least)
			break;
		end = first_from(compile_db, file, len, true);
		for (i = first_from(compile_db, file, len, false); i < end;
		     i++) {
			const struct compile_command *c = &compile_db->list[i];
			size_t d;

			if (c->kind != COMMAND_OWN)
				continue;
			d = distance(c, file);
			if (d > least || (d == least && i >= best) ||
			    ours != module_has(tree, c->file))
				continue;
			least = d;
			best = i;
		}
		if (!len)
			break;
		len--;
	}
	return least == SIZE_MAX ? NULL : &compile_db->list[best];
}

static bool names_the_file(const char *arg)
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

/* As kbuild makes a word of a name; in place. */
static const char *fix_name(char *name)
{
	char *p;

	for (p = name; *p; p++)
		if (*p == '-' || *p == ',')
			*p = '_';
	return name;
}

static void add_from_neighbour(struct command_set *set, const struct compile_command *neighbour,
			       const char *file, const char *module,
			       enum command_kind kind)
{
	char *base = xstrndup(path_basename(file),
			      strlen(path_basename(file)) - 2);
	char *dir = path_dirname(file);
	char *modfile = strcmp(dir, ".") ? path_join(dir, module) :
					   xstrdup(module);
	char *own[] = {
		xstrfmt("-DKBUILD_MODFILE=\"%s\"", modfile),
		xstrfmt("-DKBUILD_BASENAME=\"%s\"", fix_name(base)),
		xstrfmt("-DKBUILD_MODNAME=\"%s\"", module),
		xstrfmt("-D__KBUILD_MODNAME=%s", module),
	};
	char **common = xcalloc(neighbour->nr_args, sizeof(*common));
	struct set_command c;
	size_t i, nr = 0;

	for (i = 0; i < neighbour->nr_args; i++)
		if (!names_the_file(neighbour->args[i]))
			common[nr++] = neighbour->args[i];
	c = (struct set_command){
		.file = intern(&set->strings, file),
		.module = intern(&set->strings, module),
		.dir = intern(&set->strings, neighbour->dir),
		.common = intern_args(set, common, nr),
		.own = intern_args(set, own, ARRAY_SIZE(own)),
		.neighbour = intern(&set->strings, neighbour->file),
		.kind = kind,
		.is_module = neighbour->is_module,
	};
	command_set_add(set, &c);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		free(own[i]);
	free(common);
	free(base);
	free(modfile);
	free(dir);
}

void neighbour_flags_find(struct command_set *set, const struct compile_db *compile_db,
			  const struct tree *tree, const char *const *files,
			  size_t nr, enum command_kind (*kind_of)(void *data,
							       const char *file),
			  void *data)
{
	struct inclusions known = INCLUSIONS_INIT;
	size_t i, has;

	for (i = 0; i < nr; i++) {
		const struct compile_command *neighbour;
		char *module;

		compile_db_find(compile_db, files[i], &has);
		if (has || is_included(&known, tree, files[i]))
			continue;
		neighbour = find_neighbour(compile_db, tree, files[i]);
		if (!neighbour)
			continue;
		module = makefile_module_of(tree, files[i]);
		add_from_neighbour(set, neighbour, files[i], module,
				   kind_of(data, files[i]));
		free(module);
	}
	inclusions_release(&known);
}
