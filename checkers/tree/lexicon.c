// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the identifiers of each source file, with several threads, or takes them
 * from the cache if the file is unchanged; for the index.
 */
#include "tree/lexicon.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/module.h"

/* Reading this many again is faster than writing the whole file anew. */
#define FEW_FILES 100

/* Whether the folder has no kernel code, or none of this architecture. */
static bool is_entered(const struct tree *tree, const char *path)
{
	static const char *const folders[] = {
		"Documentation", "LICENSES", "rust", "scripts", "tools", "usr",
	};
	const char *arch;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (!strcmp(path, folders[i]))
			return false;
	arch = path_below(path, "arch");
	if (!arch || !strcmp(arch, ".") || strchr(arch, '/'))
		return true;
	/* ARCH=um is built on top of x86. */
	return !strcmp(arch, tree->arch) ||
		(!strcmp(tree->arch, "um") && !strcmp(arch, "x86"));
}

static bool is_source(const char *name)
{
	return ends_with(name, ".c") && !ends_with(name, ".mod.c");
}

struct reading {
	struct lexicon *lexicon;
	const struct lexicon_kind *kind;
	const struct tree *tree;
	int root;			/* the tree's root, open */
	size_t *todo, nr;		/* numbers of files */
	atomic_size_t next;
};

static void *read_files(void *data)
{
	struct reading *r = data;
	struct walk_text text = { NULL, 0, 0 };
	struct lexer lexer;
	size_t i;

	lexer_init(&lexer);
	while ((i = atomic_fetch_add(&r->next, 1)) < r->nr) {
		struct lexicon_file *f = &r->lexicon->files[r->todo[i]];
		lexer_word *words;

		f->file->failed = walk_read(&text, r->tree, r->root,
					    f->file->path, LEXER_PADDING);
		if (f->file->failed)
			continue;
		r->kind->read(&lexer, text.data, text.len);
		words = xmalloc((lexer.nr + 1) * sizeof(*words));
		if (lexer.nr)
			memcpy(words, lexer.words, lexer.nr * sizeof(*words));
		f->words = words;
		f->nr_words = lexer.nr;
		f->own = true;
		f->left_out = lexer.userspace &&
			(path_below(f->file->path, "samples") ||
			 module_has(r->tree, f->file->path));
	}
	lexer_release(&lexer);
	free(text.data);
	return NULL;
}

/*
 * Read the files that are not in the cache. Returns how many of them are in the
 * tree itself.
 */
static size_t read_rest(struct lexicon *lexicon,
			const struct lexicon_kind *kind,
			const struct tree *tree)
{
	struct reading r = {
		.lexicon = lexicon, .kind = kind, .tree = tree,
	};
	size_t i, nr;

	r.todo = xcalloc(lexicon->nr, sizeof(*r.todo));
	for (i = 0; i < lexicon->nr; i++)
		if (!lexicon->files[i].words && !lexicon->files[i].file->failed)
			r.todo[r.nr++] = i;
	for (i = nr = 0; i < r.nr; i++)
		nr += !module_has(tree, lexicon->files[r.todo[i]].file->path);
	r.root = open(tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r.root >= 0) {
		walk_parallel(lexicon->jobs, r.nr, read_files, &r);
		close(r.root);
	}
	free(r.todo);
	return nr;
}

const struct lexicon_kind lexicon_of_sources = {
	.name = "lexicon", .enter = is_entered, .wanted = is_source,
	.read = lexer_scan,
};

void lexicon_open(struct lexicon *lexicon, const struct tree *tree,
		  const char *const *paths, size_t nr_paths,
		  const char *cache, unsigned int jobs)
{
	lexicon_open_kind(lexicon, &lexicon_of_sources, tree, paths, nr_paths,
			  cache, jobs);
}

bool lexicon_is_kept(const struct lexicon_kind *kind, const struct tree *tree,
		     const char *cache)
{
	char *path = lexicon_path(kind, tree, cache);
	bool kept = path_is_file(path);

	free(path);
	return kept;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct walk_file *)a)->path,
		      ((const struct walk_file *)b)->path);
}

void lexicon_open_files(struct lexicon *lexicon, const struct tree *tree,
			const char *const *files, size_t nr)
{
	struct walk *walk = &lexicon->walk;
	size_t i, n = 0;

	if (walk->nr)
		BUG("a lexicon is filled twice");
	walk->files = xcalloc(nr, sizeof(*walk->files));
	for (i = 0; i < nr; i++)
		walk->files[i].path = xstrdup(files[i]);
	if (nr)
		qsort(walk->files, nr, sizeof(*walk->files), by_path);
	for (i = 0; i < nr; i++) {
		if (n && !strcmp(walk->files[n - 1].path, walk->files[i].path))
			free(walk->files[i].path);
		else
			walk->files[n++] = walk->files[i];
	}
	walk->nr = n;
	lexicon->jobs = 1;
	lexicon->nr = n;
	lexicon->files = xcalloc(n, sizeof(*lexicon->files));
	for (i = 0; i < n; i++)
		lexicon->files[i].file = &walk->files[i];
	read_rest(lexicon, &lexicon_of_sources, tree);
}

void lexicon_open_kind(struct lexicon *lexicon,
		       const struct lexicon_kind *kind,
		       const struct tree *tree, const char *const *paths,
		       size_t nr_paths, const char *cache, unsigned int jobs)
{
	const struct walk_options opt = {
		.tree = tree, .paths = paths, .nr_paths = nr_paths,
		.enter = kind->enter, .wanted = kind->wanted, .jobs = jobs,
	};
	char *path = cache ? lexicon_path(kind, tree, cache) : NULL;
	size_t gone = 0, i, nr;

	walk_tree(&lexicon->walk, &opt);
	lexicon->jobs = jobs;
	lexicon->nr = lexicon->walk.nr;
	lexicon->files = xcalloc(lexicon->nr, sizeof(*lexicon->files));
	for (i = 0; i < lexicon->nr; i++)
		lexicon->files[i].file = &lexicon->walk.files[i];
	if (path)
		gone = lexicon_read(lexicon, kind, path);
	nr = read_rest(lexicon, kind, tree);
	verbose("%zu files read for the names in them, %zu known", nr,
		lexicon->nr - nr);
	if (path && (nr > FEW_FILES || gone > FEW_FILES) &&
	    lexicon_write(lexicon, kind, tree, path))
		warning_once("the next run will have to read all files again");
	free(path);
}

void lexicon_close(struct lexicon *lexicon)
{
	size_t i;

	for (i = 0; i < lexicon->nr; i++)
		if (lexicon->files[i].own)
			free((void *)lexicon->files[i].words);
	free(lexicon->files);
	if (lexicon->saved)
		munmap(lexicon->saved, lexicon->saved_len);
	walk_release(&lexicon->walk);
	*lexicon = (struct lexicon)LEXICON_INIT;
}
