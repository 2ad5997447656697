// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds all headers that a file may include, in any configuration; for sparse.c, which
 * keeps its results as long as they are unchanged.
 */
#include "sparse/includes.h"

#include "lib/alloc.h"
#include "lib/path.h"

/* One file. */
struct included {
	bool exists;
	struct include_names names;
};

/* All headers of one command. */
struct closure {
	struct includes *includes;
	const struct compile_command *command;
	bool *seen;		/* by number of the path */
	size_t alloc_seen;
	uint32_t *list;		/* files visited, and to be visited */
	size_t nr, alloc;
};

void include_names_read(struct include_names *names, const char *text)
{
	const char *p = text;

	*names = (struct include_names){ NULL, 0, 0 };
	while ((p = strstr(p, "include"))) {
		const char *hash = p, *end;

		p += strlen("include");
		while (hash > text && (hash[-1] == ' ' || hash[-1] == '\t'))
			hash--;
		p += strspn(p, " \t");
		end = *p == '"' || *p == '<' ? strpbrk(p + 1, "\">\n") : NULL;
		if (hash == text || hash[-1] != '#' || !end || *end == '\n')
			continue;
		ALLOC_GROW(names->list, names->nr + 1, names->alloc);
		names->list[names->nr++] = xstrndup(p, (size_t)(end - p));
	}
}

void include_names_release(struct include_names *names)
{
	size_t i;

	for (i = 0; i < names->nr; i++)
		free(names->list[i]);
	free(names->list);
}

static void read_included(struct included *inc, const struct tree *tree,
			  const char *path)
{
	char *text = tree_read(tree, path, NULL);

	inc->exists = text != NULL;
	include_names_read(&inc->names, text ? text : "");
	free(text);
}

static struct included *get(struct includes *includes, uint32_t id)
{
	size_t before = includes->alloc;

	ALLOC_GROW(includes->list, id + 1, includes->alloc);
	if (includes->alloc > before)
		memset(includes->list + before, 0, (includes->alloc - before) *
		       sizeof(*includes->list));
	if (!includes->list[id]) {
		includes->list[id] = xcalloc(1, sizeof(struct included));
		read_included(includes->list[id], includes->tree,
			      intern_str(&includes->paths, id));
	}
	return includes->list[id];
}

/* Add `dir`/`name`, if the file exists. */
static bool follow(struct closure *c, const char *dir, const char *name)
{
	char *joined = path_join(dir, name), *path = path_normalise(joined);
	uint32_t id = intern(&c->includes->paths, path);
	size_t before = c->alloc_seen;
	bool exists = get(c->includes, id)->exists;

	free(path);
	free(joined);
	if (!exists)
		return false;
	ALLOC_GROW(c->seen, id + 1, c->alloc_seen);
	if (c->alloc_seen > before)
		memset(c->seen + before, 0, c->alloc_seen - before);
	if (!c->seen[id]) {
		c->seen[id] = true;
		ALLOC_GROW(c->list, c->nr + 1, c->alloc);
		c->list[c->nr++] = id;
	}
	return true;
}

static bool is_folder_option(const char *arg)
{
	return arg[0] == '-' && arg[1] == 'I' && arg[2];
}

static void look_for_header(struct closure *c, const char *name, const char *dir)
{
	const struct compile_command *command = c->command;
	size_t i;

	if (*name == '"' && follow(c, dir, name + 1))
		return;
	for (i = 0; i < command->nr_args; i++)
		if (is_folder_option(command->args[i]) &&
		    follow(c, command->args[i] + 2, name + 1))
			return;
}

char **includes_of(struct includes *includes,
		   const struct compile_command *command, uint32_t *nr)
{
	struct closure c = { .includes = includes, .command = command };
	const char *root = includes->tree->root;
	char **list;
	size_t i, n;

	follow(&c, root, command->file);
	for (i = 0; i + 1 < command->nr_args; i++)
		if (!strcmp(command->args[i], "-include"))
			follow(&c, command->dir, command->args[i + 1]);
	for (i = 0; i < c.nr; i++) {
		struct included *inc = get(includes, c.list[i]);
		char *dir = path_dirname(intern_str(&includes->paths,
						    c.list[i]));

		for (n = 0; n < inc->names.nr; n++)
			look_for_header(&c, inc->names.list[n], dir);
		free(dir);
	}
	/* The first is the file itself. */
	*nr = c.nr ? (uint32_t)c.nr - 1 : 0;
	list = xcalloc(*nr, sizeof(*list));
	for (i = 0; i < *nr; i++) {
		const char *path = intern_str(&includes->paths, c.list[i + 1]);
		const char *below = path_below(path, root);

		list[i] = xstrdup(below ? below : path);
	}
	free(c.list);
	free(c.seen);
	return list;
}

void includes_release(struct includes *includes)
{
	size_t i;

	for (i = 0; i < includes->alloc; i++) {
		if (!includes->list[i])
			continue;
		include_names_release(&includes->list[i]->names);
		free(includes->list[i]);
	}
	free(includes->list);
	intern_release(&includes->paths);
	*includes = (struct includes)INCLUDES_INIT(NULL);
}
