// SPDX-License-Identifier: GPL-2.0-only
#include "tree/borrow.h"

#include <ctype.h>
#include <dirent.h>

#include "lib/alloc.h"
#include "lib/path.h"

/* How many folders up a Makefile may name a file. */
#define MAX_UP 3

/* A line of a Makefile with its continuations; false at the end. */
static bool logical_line(FILE *in, char **line, size_t *alloc)
{
	char *part = NULL;
	size_t len = 0, part_alloc = 0;
	ssize_t n;
	bool any = false;

	while ((n = getline(&part, &part_alloc, in)) > 0) {
		bool more;

		any = true;
		if (part[n - 1] == '\n')
			part[--n] = '\0';
		more = n && part[n - 1] == '\\';
		if (more)
			part[n - 1] = ' ';
		ALLOC_GROW(*line, len + (size_t)n + 1, *alloc);
		memcpy(*line + len, part, (size_t)n + 1);
		len += (size_t)n;
		if (!more)
			break;
	}
	free(part);
	return any;
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *p;

	for (p = text; (p = strstr(p, word)); p += len)
		if ((p == text || isspace((unsigned char)p[-1])) &&
		    (!p[len] || isspace((unsigned char)p[len])))
			return true;
	return false;
}

/* The module that "NAME-y += ..." is about; NULL if it names none. */
static char *composite(const char *line)
{
	static const char *const kinds[] = { "y", "m", "objs" };
	const char *start = line + strspn(line, " \t"), *end, *dash;
	size_t i, len = strcspn(start, " \t:+=?");
	char *name, *c;

	for (end = start + len, dash = end; dash > start; dash--)
		if (dash[-1] == '-')
			break;
	if (dash <= start + 1)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if ((size_t)(end - dash) == strlen(kinds[i]) &&
		    !strncmp(dash, kinds[i], strlen(kinds[i])))
			break;
	if (i == ARRAY_SIZE(kinds) && *dash != '$')
		return NULL;
	len = (size_t)(dash - 1 - start);
	if ((len == 3 && (!strncmp(start, "obj", 3) ||
			  !strncmp(start, "lib", 3))) ||
	    memchr(start, '$', len))
		return NULL;
	name = xstrndup(start, len);
	for (c = name; *c; c++)
		if (*c == '-' || *c == ',')
			*c = '_';
	return name;
}

static FILE *open_text(const struct tree *tree, const char *path, char **text)
{
	size_t len = 0;

	*text = tree_read(tree, path, &len);
	return *text && len ? fmemopen(*text, len, "r") : NULL;
}

/* The module that the makefile `path` builds `object` into, or NULL. */
static char *module_in(const struct tree *tree, const char *path,
		       const char *object)
{
	char *text;
	FILE *in = open_text(tree, path, &text);
	char *line = NULL, *module = NULL;
	size_t alloc = 0;

	while (in && !module && logical_line(in, &line, &alloc)) {
		const char *is = strchr(line, '=');

		if (is && line[0] != '#' && line[0] != '\t' &&
		    has_word(is + 1, object))
			module = composite(line);
	}
	free(line);
	if (in)
		fclose(in);
	free(text);
	return module;
}

/* KBUILD_MODNAME of `file`; the caller frees it. */
static char *module_of(const struct tree *tree, const char *file)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	char *object = xstrdup(path_basename(file)), *module = NULL, *c;
	char *dir = path_dirname(file);
	unsigned int up;
	size_t i;

	object[strlen(object) - 1] = 'o';
	for (up = 0; up < MAX_UP && !module; up++) {
		char *parent = path_dirname(dir), *longer;

		for (i = 0; i < ARRAY_SIZE(names) && !module; i++) {
			char *path = xstrfmt("%s/%s", dir, names[i]);

			module = module_in(tree, path, object);
			free(path);
		}
		longer = path_join(path_basename(dir), object);
		free(object);
		object = longer;
		free(dir);
		dir = parent;
	}
	free(object);
	free(dir);
	if (module)
		return module;
	module = xstrndup(path_basename(file),
			  strlen(path_basename(file)) - 2);
	for (c = module; *c; c++)
		if (*c == '-' || *c == ',')
			*c = '_';
	return module;
}

/* Whether the C file `path` includes "NAME.c". */
static bool includes(const struct tree *tree, const char *path,
		     const char *name)
{
	char *text, *line = NULL;
	FILE *in = open_text(tree, path, &text);
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

/* Whether another .c file of its folder includes it. */
static bool is_included(const struct tree *tree, const char *file)
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

/* How far the command's file lies from `file`: the less the better. */
static size_t distance(const struct command *c, const char *file)
{
	size_t same = common_prefix(c->file, file), slashes = 0, i;

	for (i = same; c->file[i]; i++)
		slashes += c->file[i] == '/';
	for (i = same; file[i]; i++)
		slashes += file[i] == '/';
	/* Flags that one file alone has are more, never fewer. */
	return slashes * 1000 + c->nr_args;
}

static const struct command *find_lender(const struct commands *commands,
					 const char *file)
{
	const struct command *best = NULL;
	size_t i, least = SIZE_MAX;

	for (i = 0; i < commands->nr; i++) {
		size_t d = distance(&commands->list[i], file);

		if (commands->list[i].lender || d >= least)
			continue;
		least = d;
		best = &commands->list[i];
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

static void borrow(struct command_set *set, const struct command *lender,
		   const char *file, const char *module)
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
		.is_module = lender->is_module,
	};
	command_set_add(set, &c);
	for (i = 0; i < ARRAY_SIZE(own); i++)
		free(own[i]);
	free(common);
	free(base);
}

void borrow_commands(struct command_set *set, const struct commands *commands,
		     const struct tree *tree, const char *const *files,
		     size_t nr)
{
	size_t i, has;

	for (i = 0; i < nr; i++) {
		const struct command *lender;
		char *module;

		commands_find(commands, files[i], &has);
		if (has || is_included(tree, files[i]))
			continue;
		lender = find_lender(commands, files[i]);
		if (!lender)
			continue;
		module = module_of(tree, files[i]);
		borrow(set, lender, files[i], module);
		free(module);
	}
}
