// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stores compile commands with each string and each list of arguments once, and
 * finds out which file of the tree a command compiles; for compile-db.c and its readers.
 */
#include "compile/command-set.h"

#include <uthash.h>

#include "lib/alloc.h"
#include "lib/path.h"

struct set_key {
	UT_hash_handle hh;
	struct { uint32_t file, module; } key;
};

struct set_dir {
	UT_hash_handle hh;
	char *real;		/* NULL if it does not exist */
	char name[];
};

struct set_list_key {
	UT_hash_handle hh;
	uint32_t list;
	uint32_t ids[];
};

void command_set_init(struct command_set *set)
{
	memset(set, 0, sizeof(*set));
	/* Number 0 is the empty string, and the empty list. */
	intern(&set->strings, "");
	command_set_list(set, NULL, 0);
}

void command_set_release(struct command_set *set)
{
	struct set_key *key, *next_key;
	struct set_dir *dir, *next_dir;
	struct set_list_key *list, *next_list;

	HASH_ITER(hh, set->by_key, key, next_key) {
		HASH_DEL(set->by_key, key);
		free(key);
	}
	HASH_ITER(hh, set->dirs, dir, next_dir) {
		HASH_DEL(set->dirs, dir);
		free(dir->real);
		free(dir);
	}
	HASH_ITER(hh, set->by_list, list, next_list) {
		HASH_DEL(set->by_list, list);
		free(list);
	}
	intern_release(&set->strings);
	ccargs_release(&set->args);
	free(set->ids);
	free(set->lists);
	free(set->list);
	free(set->first_outside);
	memset(set, 0, sizeof(*set));
}

uint32_t command_set_list(struct command_set *set, const uint32_t *ids,
			  size_t nr)
{
	static const uint32_t none = 0;
	size_t size = nr * sizeof(*ids);
	struct set_list_key *key;

	if (!nr)
		ids = &none;
	HASH_FIND(hh, set->by_list, ids, size, key);
	if (key)
		return key->list;
	key = xmalloc(sizeof(*key) + size);
	memcpy(key->ids, ids, size);
	key->list = (uint32_t)set->nr_lists;
	HASH_ADD_KEYPTR(hh, set->by_list, key->ids, size, key);

	ALLOC_GROW(set->ids, set->nr_ids + nr, set->alloc_ids);
	if (nr)
		memcpy(set->ids + set->nr_ids, ids, size);
	ALLOC_GROW(set->lists, set->nr_lists + 1, set->alloc_lists);
	set->lists[set->nr_lists++] = (struct set_list){
		.start = (uint32_t)set->nr_ids, .nr = (uint32_t)nr,
	};
	set->nr_ids += nr;
	return key->list;
}

void command_set_add(struct command_set *set, const struct set_command *c)
{
	struct set_key *found, *new = xcalloc(1, sizeof(*new));

	new->key.file = c->file;
	new->key.module = c->module;
	HASH_FIND(hh, set->by_key, &new->key, sizeof(new->key), found);
	if (found) {
		free(new);
		return;
	}
	HASH_ADD(hh, set->by_key, key, sizeof(new->key), new);
	ALLOC_GROW(set->list, set->nr + 1, set->alloc);
	set->list[set->nr++] = *c;
}

/* The real path of the folder, owned by the set; NULL if it does not exist. */
static const char *real_dir(struct command_set *set, const char *name)
{
	struct set_dir *dir;
	size_t len = strlen(name);

	HASH_FIND(hh, set->dirs, name, len, dir);
	if (!dir) {
		dir = xmalloc(sizeof(*dir) + len + 1);
		memcpy(dir->name, name, len + 1);
		dir->real = realpath(name, NULL);
		HASH_ADD_KEYPTR(hh, set->dirs, dir->name, len, dir);
	}
	return dir->real;
}

/*
 * `source` relative to the root, also if its name leads there through a symbolic
 * link (/usr/src/linux); NULL if it is elsewhere. The caller frees it.
 */
static char *in_tree(struct command_set *set, const struct tree *tree,
		     const char *objtree, const char *source)
{
	const char *real, *below;
	char *dir = NULL, *path;

	if (objtree && strcmp(objtree, tree->root) &&
	    path_below(source, objtree))
		return NULL;
	below = path_below(source, tree->root);
	if (below)
		return xstrdup(below);
	if (set->outside && path_below(source, set->outside))
		return xstrdup(source);
	dir = path_dirname(source);
	real = real_dir(set, dir);
	free(dir);
	dir = real ? tree_path(tree, real) : NULL;
	if (!dir || *dir == '/')
		path = NULL;
	else if (!strcmp(dir, "."))
		path = xstrdup(path_basename(source));
	else
		path = path_join(dir, path_basename(source));
	free(dir);
	return path;
}

bool command_set_read(struct command_set *set, const struct tree *tree,
		      const char *objtree, char *const *words, size_t nr,
		      const char *dir, const char *source, uint32_t goal,
		      enum command_kind kind)
{
	struct ccargs *args = &set->args;
	struct set_command c;
	const char *module;
	char *file;

	if (!ccargs_read(args, words, nr, dir, tree->arch, source,
			 &set->strings))
		return false;
	file = in_tree(set, tree, objtree, args->source);
	if (!file) {
		set->nr_outside++;
		if (!set->first_outside)
			set->first_outside = xstrdup(args->source);
		return true;
	}
	c = (struct set_command){
		.file = intern(&set->strings, file),
		.dir = intern(&set->strings, dir),
		.common = command_set_list(set, args->common.list,
					   args->common.nr),
		.own = command_set_list(set, args->own.list, args->own.nr),
		.goal = goal,
		.kind = kind,
		.is_module = args->is_module,
	};
	free(file);
	/* kbuild joins the names of two modules with ":". */
	for (module = args->modname; ; ) {
		size_t len = strcspn(module, ":");

		c.module = intern_mem(&set->strings, module, len);
		command_set_add(set, &c);
		if (!module[len])
			break;
		module += len + 1;
	}
	return true;
}

/* The strings are never changed, so the casts are safe. */
static char *string(const struct command_set *set, uint32_t id)
{
	return (char *)(uintptr_t)intern_str(&set->strings, id);
}

static char **make_args(const struct command_set *set,
			const struct set_command *c, size_t *nr)
{
	const struct set_list *common = &set->lists[c->common];
	const struct set_list *own = &set->lists[c->own];
	char **args = xmalloc((common->nr + own->nr + 1) * sizeof(*args));
	size_t i, n = 0;

	for (i = 0; i < common->nr; i++)
		args[n++] = string(set, set->ids[common->start + i]);
	for (i = 0; i < own->nr; i++)
		args[n++] = string(set, set->ids[own->start + i]);
	args[n] = NULL;
	*nr = n;
	return args;
}

static int by_file_and_module(const void *a, const void *b)
{
	const struct compile_command *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	return order ? order : strcmp(x->module, y->module);
}

void command_set_give(const struct command_set *set, size_t *given,
		      struct compile_db *compile_db)
{
	size_t i;

	if (*given == set->nr)
		return;
	ALLOC_GROW(compile_db->list, compile_db->nr + set->nr - *given,
		   compile_db->alloc);
	for (i = *given; i < set->nr; i++) {
		const struct set_command *from = &set->list[i];
		struct compile_command *to = &compile_db->list[compile_db->nr];

		if (set->left_out &&
		    set->left_out(set->tree, string(set, from->file)))
			continue;
		compile_db->nr++;
		*to = (struct compile_command){
			.file = string(set, from->file),
			.module = string(set, from->module),
			.dir = string(set, from->dir),
			.is_module = from->is_module,
			.kind = from->kind,
			.neighbour = from->neighbour ?
				string(set, from->neighbour) : NULL,
		};
		to->args = make_args(set, from, &to->nr_args);
	}
	*given = set->nr;
	qsort(compile_db->list, compile_db->nr, sizeof(*compile_db->list),
	      by_file_and_module);
}
