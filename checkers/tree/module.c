// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens a module outside of the kernel tree, and converts its paths between those
 * of the tree and those that users see.
 */
#include "tree/module.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"

/* The relative path from folder `from` to `to`; both are real and absolute. */
static char *way(const char *from, const char *to)
{
	const char *below;
	char *up = xstrdup(from);
	struct strbuf path = STRBUF_INIT;

	while (!(below = path_below(to, up))) {
		char *parent = path_dirname(up);

		strbuf_addstr(&path, "../");
		free(up);
		up = parent;
	}
	strbuf_addstr(&path, below);
	free(up);
	return strbuf_detach(&path, NULL);
}

static bool has_makefile(const char *dir)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	bool has = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !has; i++) {
		char *path = path_join(dir, names[i]);

		has = path_is_file(path);
		free(path);
	}
	return has;
}

/* The first character in `path` that kbuild does not accept, or '\0'. */
static char bad_character(const char *path)
{
	for (; *path; path++)
		if (isspace((unsigned char)*path) || strchr(":%", *path))
			return *path;
	return '\0';
}

static int check(const struct tree *tree, const char *dir, const char *real)
{
	char bad = bad_character(real);

	if (path_below(tree->root, real))
		return error("the kernel tree %s lies in the module folder %s: give -M the folder of the module alone",
			     tree->root, real);
	if (!has_makefile(real))
		return error("the module folder %s has neither a Kbuild nor a Makefile: give -M the folder that make M= is given",
			     dir);
	if (bad)
		return error("the module folder %s has a '%c' in its path, and kbuild builds nothing there: move it",
			     real, bad);
	return 0;
}

int module_open(struct tree *tree, const char *dir, char **in_tree)
{
	char *real = realpath(dir, NULL);
	const char *below;
	int ret = -1;

	*in_tree = NULL;
	if (!real)
		return error_errno("cannot open the module folder %s",
				   *dir ? dir : "''");
	below = path_below(real, tree->root);
	if (!path_is_dir(real)) {
		error("the module folder %s is not a folder", dir);
	} else if (below && strcmp(below, ".")) {
		*in_tree = xstrdup(below);
		ret = 0;
	} else if (!check(tree, dir, real)) {
		tree->module = way(tree->root, real);
		tree->module_dir = real;
		return 0;
	}
	free(real);
	return ret;
}

bool module_has(const struct tree *tree, const char *file)
{
	return tree->module && path_below(file, tree->module);
}

/* Whether a path may begin at `p`, which is in `text`. */
static bool can_begin(const char *text, const char *p)
{
	return p == text || !(isalnum((unsigned char)p[-1]) ||
			      strchr("_-./", p[-1]));
}

char *module_shown(const struct tree *tree, const char *text)
{
	size_t len = tree->module ? strlen(tree->module) : 0;
	char *out = xstrdup(text), *to = out;
	const char *p = text;

	while (len && *p) {
		if (!strncmp(p, tree->module, len) && p[len] == '/' &&
		    can_begin(text, p))
			p += len + 1;
		else
			*to++ = *p++;
	}
	if (len)
		*to = '\0';
	return out;
}
