// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads Makefiles as text to find the folder whose Makefile builds the files of
 * another folder; for own-objtree.c, which asks make for it.
 */
#include "compile/kbuild.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <uthash.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

/* A folder's Makefile: the folders that it names, each with "/" at its end. */
struct kbuild_folder {
	UT_hash_handle hh;
	char **names;
	size_t nr, alloc;
	char path[];
};

/* A file or folder that is built from another folder's Makefile. */
struct kbuild_builder {
	UT_hash_handle hh;
	struct intern_pool by;	/* folders */
	char path[];
};

/* --- the text of a Makefile --- */

/* The next word behind `*p` that make may see; comments are skipped. */
static bool next_word(const char **p, const char **word, size_t *len)
{
	static const char between[] = " \t\r\n\\=:,;()'\"";

	for (;;) {
		const char *w = *p + strspn(*p, between);

		if (*w == '#') {
			*p = w + strcspn(w, "\n");
			continue;
		}
		*len = 0;
		/* "$(x)/y" is one word. */
		while (w[*len] && !strchr(between, w[*len])) {
			if (w[*len] == '$' && w[*len + 1] == '(')
				*len += strcspn(w + *len, ")\n");
			else
				++*len;
			if (w[*len] == ')')
				++*len;
		}
		*p = w + *len;
		*word = w;
		return *len > 0;
	}
}

/* Kbuild takes precedence, as in kbuild itself. */
static char *read_makefile(const struct tree *tree, const char *dir)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	char *text = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !text; i++) {
		char *path = xstrfmt("%s/%s/%s", tree->root, dir, names[i]);

		text = path_read(path, NULL);
		free(path);
	}
	return text;
}

static struct kbuild_folder *read_folder(struct kbuild *kbuild,
					 const char *dir)
{
	size_t len = strlen(dir), word_len;
	struct kbuild_folder *folder;
	const char *p, *word;
	char *text;

	HASH_FIND(hh, kbuild->folders, dir, len, folder);
	if (folder)
		return folder;
	folder = xcalloc(1, sizeof(*folder) + len + 1);
	memcpy(folder->path, dir, len);
	HASH_ADD_KEYPTR(hh, kbuild->folders, folder->path, len, folder);
	text = read_makefile(kbuild->tree, dir);
	for (p = text ? text : ""; next_word(&p, &word, &word_len); ) {
		if (word_len < 2 || word[word_len - 1] != '/' ||
		    memchr(word, '$', word_len) || *word == '/' ||
		    *word == '-')
			continue;
		ALLOC_GROW(folder->names, folder->nr + 1, folder->alloc);
		folder->names[folder->nr++] = xstrndup(word, word_len);
	}
	free(text);
	return folder;
}

/* --- which folder builds another --- */

static void add_joined(struct intern_pool *goals, const char *dir,
		       const char *name)
{
	char *path = strcmp(dir, ".") ? path_join(dir, name) : xstrdup(name);
	char *goal = path_normalise(path);

	intern(goals, goal);
	free(goal);
	free(path);
}

/* Whether the Makefile names this folder, relative to its own. */
static bool names(const struct kbuild_folder *folder, const char *below)
{
	size_t len = strlen(below), i;

	for (i = 0; i < folder->nr; i++)
		if (!strncmp(folder->names[i], below, len) &&
		    !strcmp(folder->names[i] + len, "/"))
			return true;
	return false;
}

/*
 * Add `dir` to the goals if the Makefile in `parent`, a folder above, names it. If
 * it names folders below `dir` but not `dir` itself, add those.
 */
static bool named_by(struct kbuild *kbuild, const char *parent,
		     const char *dir, struct intern_pool *goals)
{
	const struct kbuild_folder *folder = read_folder(kbuild, parent);
	const char *below = strcmp(parent, ".") ? path_below(dir, parent) : dir;
	size_t len = strlen(below), i;
	bool found = false;

	if (names(folder, below)) {
		intern(goals, dir);
		return true;
	}
	for (i = 0; i < folder->nr; i++) {
		const char *name = folder->names[i];

		if (!strncmp(name, below, len) && name[len] == '/') {
			add_joined(goals, parent, name);
			found = true;
		}
	}
	return found;
}

/*
 * drivers, mm, arch/x86 and arch/x86/pci are always goals: arch/x86/Makefile may
 * name the last one relative to the root.
 */
static bool is_top(const char *dir)
{
	size_t slashes = 0;
	const char *p;

	for (p = strchr(dir, '/'); p; p = strchr(p + 1, '/'))
		slashes++;
	return slashes <= (path_below(dir, "arch") ? 2 : 0);
}

/* Whether it is not part of the kernel, or not of this architecture. */
static bool is_foreign(const struct tree *tree, const char *dir)
{
	static const char *const folders[] = {
		"Documentation", "LICENSES", "rust", "scripts", "tools", "usr",
	};
	const char *arch = path_below(dir, "arch");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (path_below(dir, folders[i]))
			return true;
	return arch && !path_below(arch, tree->arch) &&
		(strcmp(tree->arch, "um") || !path_below(arch, "x86"));
}

void kbuild_goals(struct kbuild *kbuild, const char *dir,
		  struct intern_pool *goals)
{
	char *at = xstrdup(dir), *parent, *up;
	bool found = is_foreign(kbuild->tree, dir);

	while (!found && !is_top(at)) {
		parent = path_dirname(at);
		for (;;) {
			found = named_by(kbuild, parent, at, goals);
			if (found || !strcmp(parent, "."))
				break;
			up = path_dirname(parent);
			free(parent);
			parent = up;
		}
		free(parent);
		up = path_dirname(at);
		free(at);
		at = up;
	}
	if (!found && strcmp(at, "."))
		intern(goals, at);
	free(at);
}

bool kbuild_visits(struct kbuild *kbuild, const struct intern_pool *asked,
		   const char *goal)
{
	char *from, *up;
	bool visits = false;

	if (is_top(goal))
		return false;
	for (from = path_dirname(goal); !visits && strcmp(from, ".");
	     from = up) {
		visits = names(read_folder(kbuild, from),
			       path_below(goal, from)) &&
			(intern_find(asked, from) != INTERN_NONE ||
			 kbuild_visits(kbuild, asked, from));
		up = path_dirname(from);
		free(from);
	}
	free(from);
	return visits;
}

/* --- objects from other folders --- */

static void add_builder(struct kbuild *kbuild, const char *path,
			const char *dir)
{
	struct kbuild_builder *b;
	size_t len = strlen(path);

	HASH_FIND(hh, kbuild->builders, path, len, b);
	if (!b) {
		b = xcalloc(1, sizeof(*b) + len + 1);
		memcpy(b->path, path, len);
		HASH_ADD_KEYPTR(hh, kbuild->builders, b->path, len, b);
	}
	intern(&b->by, dir);
}

/*
 * The path of a word in the Makefile of `dir`: $(src), $(obj) and $(srctree) are
 * expanded; with another variable it is unknown (NULL).
 */
static char *resolve(const char *dir, const char *word, size_t len)
{
	static const struct { const char *name; bool is_root; } variables[] = {
		{ "$(src)/", false }, { "$(obj)/", false },
		{ "$(srctree)/$(src)/", false }, { "$(srctree)/", true },
	};
	char *rest = xstrndup(word, len), *path, *full;
	const char *from = rest;
	bool is_root = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(variables); i++) {
		size_t n = strlen(variables[i].name);

		if (!strncmp(rest, variables[i].name, n)) {
			from = rest + n;
			is_root = variables[i].is_root;
			break;
		}
	}
	if (strchr(from, '$')) {
		free(rest);
		return NULL;
	}
	full = is_root ? xstrdup(from) : path_join(dir, from);
	path = path_normalise(full);
	free(full);
	free(rest);
	return path;
}

/* "include x/Makefile": this Makefile builds the folder x. */
static void read_include(struct kbuild *kbuild, const char *dir,
			 const char *word, size_t len)
{
	char *path = resolve(dir, word, len), *from;

	if (!path)
		return;
	from = path_dirname(path);
	if (strcmp(from, dir))
		add_builder(kbuild, from, dir);
	free(from);
	free(path);
}

/* "../x.o": this Makefile builds the file x.c. */
static void read_object(struct kbuild *kbuild, const char *dir,
			const char *word, size_t len)
{
	char *path = resolve(dir, word, len);

	if (!path)
		return;
	path[strlen(path) - 1] = 'c';
	add_builder(kbuild, path, dir);
	free(path);
}

static bool is_makefile(const char *name)
{
	return !strncmp(name, "Makefile", 8) || !strncmp(name, "Kbuild", 6);
}

static void search_makefile(struct kbuild *kbuild, const char *dir,
			    const char *name)
{
	char *path = xstrfmt("%s/%s/%s", kbuild->tree->root, dir, name);
	char *text = path_read(path, NULL);
	const char *p = text ? text : "", *word;
	bool include = false;
	size_t len;

	while (next_word(&p, &word, &len)) {
		if (include)
			read_include(kbuild, dir, word, len);
		else if (len > 5 && !memcmp(word + len - 2, ".o", 2) &&
			 memmem(word, len, "../", 3))
			read_object(kbuild, dir, word, len);
		include = len == 7 && !memcmp(word, "include", 7);
	}
	free(text);
	free(path);
}

/* Read each Makefile and Kbuild file in `dir` and below. */
static void each_makefile(const struct tree *tree, const char *dir,
			  void (*call)(void *data, const char *dir,
				       const char *name), void *data)
{
	char *full = path_join(tree->root, dir);
	DIR *stream = opendir(full);
	const struct dirent *d;

	free(full);
	while (stream && (d = readdir(stream))) {
		char *sub;

		if (d->d_name[0] == '.')
			continue;
		if (d->d_type != DT_DIR) {
			if (is_makefile(d->d_name))
				call(data, dir, d->d_name);
			continue;
		}
		sub = strcmp(dir, ".") ? path_join(dir, d->d_name) :
			xstrdup(d->d_name);
		if (strcmp(sub, "Documentation") && strcmp(sub, "tools") &&
		    strcmp(sub, "scripts"))
			each_makefile(tree, sub, call, data);
		free(sub);
	}
	if (stream)
		closedir(stream);
}

static void search_callback(void *data, const char *dir, const char *name)
{
	search_makefile(data, dir, name);
}

void kbuild_search(struct kbuild *kbuild, const char *file,
		   struct intern_pool *goals)
{
	char *dir = path_dirname(file);
	const char *const paths[] = { file, dir };
	size_t i;

	if (!kbuild->searched)
		each_makefile(kbuild->tree, ".", search_callback, kbuild);
	kbuild->searched = true;
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		struct kbuild_builder *b;
		uint32_t n;

		HASH_FIND(hh, kbuild->builders, paths[i], strlen(paths[i]), b);
		for (n = 0; b && n < b->by.nr; n++)
			kbuild_goals(kbuild, intern_str(&b->by, n), goals);
	}
	free(dir);
}

/* --- the Makefiles that a goal depends on --- */

struct stamping {
	const struct tree *tree;
	struct stamps *stamps;
	int ret;
};

static void stamp_callback(void *data, const char *dir, const char *name)
{
	struct stamping *s = data;
	char *path = strcmp(dir, ".") ? path_join(dir, name) : xstrdup(name);
	char *full = path_join(s->tree->root, path);
	struct stat st;

	if (intern_find(&s->stamps->paths, path) != INTERN_NONE)
		goto cleanup;
	stamps_add(s->stamps, s->tree->root, path);
	if (!stat(full, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		s->ret = error("%s is not a regular file: make cannot be asked for what it builds",
			       path);
cleanup:
	free(full);
	free(path);
}

int kbuild_stamp(const struct tree *tree, const char *goal,
		 struct stamps *stamps)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	struct stamping s = { tree, stamps, 0 };
	char *dir, *up;
	size_t i;

	each_makefile(tree, goal, stamp_callback, &s);
	for (dir = xstrdup(goal); ; dir = up) {
		/* Also files that do not exist yet. */
		for (i = 0; i < ARRAY_SIZE(names); i++)
			stamp_callback(&s, dir, names[i]);
		if (!strcmp(dir, "."))
			break;
		up = path_dirname(dir);
		free(dir);
	}
	free(dir);
	return s.ret;
}

bool kbuild_concerns(const char *path, const char *goal)
{
	char *dir = path_dirname(path);
	bool concerns = !strcmp(dir, ".") || path_below(dir, goal) ||
		path_below(goal, dir);

	free(dir);
	return concerns;
}

void kbuild_release(struct kbuild *kbuild)
{
	struct kbuild_folder *f, *next_f;
	struct kbuild_builder *b, *next_b;
	size_t i;

	HASH_ITER(hh, kbuild->folders, f, next_f) {
		HASH_DEL(kbuild->folders, f);
		for (i = 0; i < f->nr; i++)
			free(f->names[i]);
		free(f->names);
		free(f);
	}
	HASH_ITER(hh, kbuild->builders, b, next_b) {
		HASH_DEL(kbuild->builders, b);
		intern_release(&b->by);
		free(b);
	}
	kbuild->searched = false;
}
