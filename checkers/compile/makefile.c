// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads Makefiles as text, without make: their lines, and the module that they build
 * a file into; for neighbour-flags.c and kconfig.c.
 */
#include "compile/makefile.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strbuf.h"

/* How many folders up a Makefile may name a file. */
#define MAX_UP 4

bool makefile_line(FILE *in, char **line, size_t *alloc)
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

bool makefile_has_word(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *p;

	for (p = text; (p = strstr(p, word)); p += len)
		if ((p == text || isspace((unsigned char)p[-1])) &&
		    (!p[len] || isspace((unsigned char)p[len])))
			return true;
	return false;
}

/* The module of a line "NAME-y += ..."; NULL if it is not such a line. */
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

/* The names of a file's object in a Makefile, and a variable that has it. */
struct object {
	char *forms[MAX_UP];	/* "y.o", "x/y.o", "w/x/y.o", ... */
	char *variable;		/* "$(FILES)", or NULL */
};

static bool names_object(const struct object *object, unsigned int from,
			 const char *text)
{
	unsigned int i;

	for (i = from; i < MAX_UP; i++)
		if (object->forms[i] && makefile_has_word(text, object->forms[i]))
			return true;
	return object->variable && makefile_has_word(text, object->variable);
}

/* "FILES := x/y.o": $(FILES) contains the object from here on. */
static void take_variable(struct object *object, const char *line)
{
	const char *start = line + strspn(line, " \t");
	size_t len = strcspn(start, " \t:+=?");

	if (!len || memchr(start, '-', len) || memchr(start, '$', len))
		return;
	free(object->variable);
	object->variable = xstrfmt("$(%.*s)", (int)len, start);
}

/*
 * The module that the makefile at `path` builds the object into, or NULL. If a
 * makefile above includes it, its names are relative to the folder of that one.
 */
static char *module_in(const struct tree *tree, const char *path,
		       struct object *object, unsigned int from)
{
	char *text;
	FILE *in = tree_stream(tree, path, &text);
	char *line = NULL, *module = NULL;
	size_t alloc = 0;

	while (in && !module && makefile_line(in, &line, &alloc)) {
		const char *is = strchr(line, '=');

		if (!is || line[0] == '#' || line[0] == '\t' ||
		    !names_object(object, from, is + 1))
			continue;
		module = composite(line);
		if (!module)
			take_variable(object, line);
	}
	free(line);
	if (in)
		fclose(in);
	free(text);
	return module;
}

static void init_object(struct object *object, const char *file)
{
	char *dir = path_dirname(file);
	unsigned int i;

	object->variable = NULL;
	object->forms[0] = xstrdup(path_basename(file));
	object->forms[0][strlen(object->forms[0]) - 1] = 'o';
	for (i = 1; i < MAX_UP; i++) {
		char *parent = path_dirname(dir);

		object->forms[i] = path_join(path_basename(dir),
					     object->forms[i - 1]);
		free(dir);
		dir = parent;
	}
	free(dir);
}

static void release_object(struct object *object)
{
	unsigned int i;

	for (i = 0; i < MAX_UP; i++)
		free(object->forms[i]);
	free(object->variable);
}

char *makefile_module_of(const struct tree *tree, const char *file)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	char *dir = path_dirname(file), *module = NULL, *c;
	struct object object;
	unsigned int up;
	bool top = false;
	size_t i;

	init_object(&object, file);
	for (up = 0; up < MAX_UP && !module && !top; up++) {
		char *parent = path_dirname(dir);

		for (i = 0; i < ARRAY_SIZE(names) && !module; i++) {
			char *path = xstrfmt("%s/%s", dir, names[i]);

			module = module_in(tree, path, &object, up);
			free(path);
		}
		top = tree->module && !strcmp(dir, tree->module);
		free(dir);
		dir = parent;
	}
	release_object(&object);
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
