// SPDX-License-Identifier: GPL-2.0-only
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

/* What a file's object may be called in a Makefile, and what stands for it. */
struct object {
	char *forms[MAX_UP];	/* "y.o", "x/y.o", "w/x/y.o", ... */
	char *variable;		/* "$(FILES)", or NULL */
};

static bool names_object(const struct object *object, unsigned int from,
			 const char *text)
{
	unsigned int i;

	for (i = from; i < MAX_UP; i++)
		if (object->forms[i] && has_word(text, object->forms[i]))
			return true;
	return object->variable && has_word(text, object->variable);
}

/* "FILES := x/y.o": from here on FILES stands for it. */
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
 * The module that the makefile at `path` builds the object into, or NULL. It
 * may be included from above, and name it as seen from there.
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

/* --- flags --- */

struct flag_reading {
	const struct tree *tree;
	const char *file;	/* "main" of main.c */
	char *dir;		/* the Makefile's folder, absolute */
	bool nearest;		/* it is the one that builds the file */
	void (*flag)(void *data, const char *flag);
	void *data;
};

/* What is known of make's variables in a folder's Makefile. */
static const char *value_of(const struct flag_reading *r, const char *name,
			    size_t len)
{
	static const char *const folder[] = { "src", "obj" };
	static const char *const root[] = { "srctree", "abs_srctree" };
	static const char *const module[] = { "M", "KBUILD_EXTMOD", "srcroot" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folder); i++)
		if (strlen(folder[i]) == len && !memcmp(folder[i], name, len))
			return r->dir;
	for (i = 0; i < ARRAY_SIZE(root); i++)
		if (strlen(root[i]) == len && !memcmp(root[i], name, len))
			return r->tree->root;
	for (i = 0; i < ARRAY_SIZE(module); i++)
		if (strlen(module[i]) == len && !memcmp(module[i], name, len))
			return r->tree->module_dir;
	return NULL;
}

/*
 * The word with the variables in it replaced; NULL if one is not known. What
 * is absolute already begins anew: "$(srctree)/$(src)".
 */
static char *expand(const struct flag_reading *r, const char *word)
{
	struct strbuf out = STRBUF_INIT;

	while (*word) {
		size_t len = strcspn(word, "$"), name;
		const char *value = "";

		strbuf_add(&out, word, len);
		word += len;
		if (!*word)
			break;
		name = word[1] == '(' ? strcspn(word + 2, ")$") : 0;
		value = name && word[2 + name] == ')' ?
			value_of(r, word + 2, name) : NULL;
		if (!value) {
			strbuf_release(&out);
			return NULL;
		}
		strbuf_reset(&out);
		strbuf_addstr(&out, value);
		word += name + 3;
	}
	return strbuf_detach(&out, NULL);
}

/* One flag, `value` behind "-I" or "-D". */
static void give_flag(const struct flag_reading *r, const char *option,
		      const char *value)
{
	const char *from = r->tree->module_dir && path_below(r->dir,
							     r->tree->module_dir) ?
		r->tree->module_dir : r->tree->root;
	char *expanded = expand(r, value), *path = NULL, *flag;

	if (!expanded || strpbrk(expanded, "\"'\\"))
		goto cleanup;
	if (!strcmp(option, "-I"))
		path = path_join(from, expanded);
	flag = xstrfmt("%s%s", option, path ? path : expanded);
	r->flag(r->data, flag);
	free(flag);
cleanup:
	free(path);
	free(expanded);
}

/* Whether the variable's flags are the file's. */
static bool concerns(const struct flag_reading *r, const char *name, size_t len)
{
	static const char *const nearest[] = {
		"ccflags-y", "ccflags-m", "EXTRA_CFLAGS",
	};
	char *one = xstrfmt("CFLAGS_%s.o", r->file);
	bool yes = len > 15 && !strncmp(name, "subdir-ccflags-", 15);
	size_t i;

	yes |= r->nearest && len > 9 && !strncmp(name, "ccflags-$", 9);
	for (i = 0; i < ARRAY_SIZE(nearest) && r->nearest; i++)
		yes |= strlen(nearest[i]) == len &&
			!strncmp(name, nearest[i], len);
	yes |= r->nearest && strlen(one) == len && !strncmp(name, one, len);
	free(one);
	return yes;
}

static void read_flags(const struct flag_reading *r, char *line)
{
	static const char *const options[] = { "-I", "-D", "-U" };
	char *name = line + strspn(line, " \t"), *rest, *word;
	const char *joined = NULL;
	size_t len = strcspn(name, " \t:+=?"), i;

	rest = strchr(name + len, '=');
	if (!rest || line[0] == '#' || !concerns(r, name, len))
		return;
	rest[1 + strcspn(rest + 1, "#")] = '\0';
	rest++;
	while ((word = strsep(&rest, " \t"))) {
		if (!*word)
			continue;
		if (joined) {
			give_flag(r, joined, word);
			joined = NULL;
			continue;
		}
		for (i = 0; i < ARRAY_SIZE(options); i++) {
			if (strncmp(word, options[i], 2))
				continue;
			if (word[2])
				give_flag(r, options[i], word + 2);
			else
				joined = options[i];
		}
	}
}

/* Of one folder; false if it has no Makefile. */
static bool read_folder_flags(struct flag_reading *r)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	char *line = NULL;
	size_t alloc = 0, i;
	FILE *in = NULL;

	for (i = 0; i < ARRAY_SIZE(names) && !in; i++) {
		char *path = path_join(r->dir, names[i]);

		in = path_fopen(path, PATH_MAX_SOURCE);
		free(path);
	}
	while (in && makefile_line(in, &line, &alloc))
		read_flags(r, line);
	free(line);
	if (in)
		fclose(in);
	return in != NULL;
}

void makefile_flags(const struct tree *tree, const char *file,
		    void (*flag)(void *data, const char *flag), void *data)
{
	char *base = xstrndup(path_basename(file),
			      strlen(path_basename(file)) - 2);
	char *dir = path_dirname(file), *up;
	struct flag_reading r = {
		.tree = tree, .file = base, .nearest = true,
		.flag = flag, .data = data,
	};

	for (;;) {
		char *joined = path_join(tree->root, dir);
		bool top = !strcmp(dir, ".") ||
			(tree->module && !strcmp(dir, tree->module));

		r.dir = path_normalise(joined);
		if (read_folder_flags(&r))
			r.nearest = false;
		free(r.dir);
		free(joined);
		if (top)
			break;
		up = path_dirname(dir);
		free(dir);
		dir = up;
	}
	free(dir);
	free(base);
}
