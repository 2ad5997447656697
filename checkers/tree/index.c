// SPDX-License-Identifier: GPL-2.0-only
#include "tree/index.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "tree/lexer.h"

/* One file to read, and what is in it. */
struct source {
	char *path;		/* relative to the root */
	struct index_hit *hits;	/* .file is not set yet */
	uint32_t nr_hits;
	int failed;		/* errno, or 0 */
	bool left_out;
};

struct walk {
	const struct tree *tree;
	struct index *index;
	struct source *sources;
	size_t nr, alloc;
};

static void unreadable(struct index *index, const char *file,
		       const char *reason)
{
	index->unreadable = xrealloc(index->unreadable,
				     (index->nr_unreadable + 1) *
				     sizeof(*index->unreadable));
	index->unreadable[index->nr_unreadable++] = (struct index_unreadable){
		.file = xstrdup(file), .reason = xstrdup(reason),
	};
}

/* --- which files --- */

/* No kernel code, or none of this architecture. `path` is a folder. */
static bool is_left_out(const struct tree *tree, const char *path)
{
	static const char *const folders[] = {
		"Documentation", "LICENSES", "rust", "scripts", "tools", "usr",
	};
	const char *arch;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders); i++)
		if (!strcmp(path, folders[i]))
			return true;
	arch = path_below(path, "arch");
	if (!arch || !strcmp(arch, ".") || strchr(arch, '/'))
		return false;
	/* ARCH=um is built on top of x86. */
	return strcmp(arch, tree->arch) &&
		(strcmp(tree->arch, "um") || strcmp(arch, "x86"));
}

static bool is_source(const char *name)
{
	size_t len = strlen(name);

	return len > 2 && !strcmp(name + len - 2, ".c") &&
		!(len > 6 && !strcmp(name + len - 6, ".mod.c"));
}

static void add_source(struct walk *w, const char *path)
{
	ALLOC_GROW(w->sources, w->nr + 1, w->alloc);
	w->sources[w->nr++] = (struct source){ .path = xstrdup(path) };
}

struct entry {
	char *name;
	unsigned char type;
};

/* An entry's type where readdir(3) does not say; symbolic links to files. */
static unsigned char entry_type(int dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type == DT_REG || d->d_type == DT_DIR)
		return d->d_type;
	if (d->d_type == DT_LNK && !is_source(d->d_name))
		return DT_LNK;
	if (fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW))
		return DT_UNKNOWN;
	if (S_ISDIR(st.st_mode))
		return DT_DIR;
	if (S_ISREG(st.st_mode))
		return DT_REG;
	if (!S_ISLNK(st.st_mode) || !is_source(d->d_name))
		return DT_UNKNOWN;
	/* One that leads nowhere is to be named as unreadable. */
	if (fstatat(dir, d->d_name, &st, 0) || S_ISREG(st.st_mode))
		return DT_REG;
	return DT_UNKNOWN;
}

/*
 * The entries of one folder that matter; NULL with errno 0 for none. An
 * output tree inside of the source tree, known by its link "source", is none.
 */
static struct entry *read_folder(const char *path, size_t *nr)
{
	struct entry *entries = NULL;
	bool is_objtree = false;
	size_t alloc = 0;
	struct dirent *d;
	DIR *stream;

	*nr = 0;
	stream = opendir(path);
	if (!stream)
		return NULL;
	while ((d = readdir(stream))) {
		unsigned char type = entry_type(dirfd(stream), d);

		if (d->d_name[0] == '.')
			continue;
		if (d->d_type == DT_LNK && !strcmp(d->d_name, "source"))
			is_objtree = true;
		if (type != DT_DIR && !is_source(d->d_name))
			continue;
		ALLOC_GROW(entries, *nr + 1, alloc);
		entries[(*nr)++] = (struct entry){
			.name = xstrdup(d->d_name), .type = type,
		};
	}
	closedir(stream);
	while (is_objtree && *nr)
		free(entries[--*nr].name);
	errno = 0;
	return entries;
}

static void walk(struct walk *w, const char *path)
{
	char *full = path_join(w->tree->root, path);
	struct entry *entries;
	size_t nr, i;

	entries = read_folder(full, &nr);
	free(full);
	if (!entries && errno)
		unreadable(w->index, path, strerror(errno));
	for (i = 0; i < nr; i++) {
		char *sub = strcmp(path, ".") ?
			path_join(path, entries[i].name) :
			xstrdup(entries[i].name);

		if (entries[i].type == DT_REG)
			add_source(w, sub);
		else if (entries[i].type != DT_DIR)
			unreadable(w->index, sub, "not a regular file");
		else if (!is_left_out(w->tree, sub))
			walk(w, sub);
		free(sub);
		free(entries[i].name);
	}
	free(entries);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct source *)a)->path,
		      ((const struct source *)b)->path);
}

static int by_reason(const void *a, const void *b)
{
	return strcmp(((const struct index_unreadable *)a)->file,
		      ((const struct index_unreadable *)b)->file);
}

/* In order; what lies below two of the paths is there once. */
static void sort_sources(struct walk *w)
{
	size_t from, to = 0;

	if (w->nr)
		qsort(w->sources, w->nr, sizeof(*w->sources), by_path);
	for (from = 0; from < w->nr; from++) {
		if (to && !strcmp(w->sources[to - 1].path,
				  w->sources[from].path))
			free(w->sources[from].path);
		else
			w->sources[to++] = w->sources[from];
	}
	w->nr = to;
}

static void collect(struct walk *w, const char *const *paths, size_t nr_paths)
{
	size_t i;

	if (!nr_paths)
		walk(w, ".");
	for (i = 0; i < nr_paths; i++) {
		char *path = path_normalise(paths[i]);
		char *full = path_join(w->tree->root, path);

		if (path_is_dir(full))
			walk(w, path);
		else
			add_source(w, path);
		free(full);
		free(path);
	}
	sort_sources(w);
}

/* --- what is in them --- */

struct job {
	struct walk *walk;
	const struct lexer_names *names;
	int root;			/* the tree's root, open */
	atomic_size_t next;
};

/* A thread's room for one file, with LEXER_PADDING behind. */
struct text {
	char *data;
	size_t len, room;
};

static int read_text(struct text *text, int root, const char *path)
{
	int fd = openat(root, path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
			O_NONBLOCK);
	int failed = 0;

	if (fd < 0)
		return errno;
	text->len = 0;
	for (;;) {
		ssize_t n;

		if (text->room - text->len <= LEXER_PADDING) {
			text->room = text->room ? text->room * 2 : 1 << 17;
			text->data = xrealloc(text->data, text->room);
		}
		n = read(fd, text->data + text->len,
			 text->room - text->len - LEXER_PADDING);
		if (n == 0)
			break;
		if (n > 0) {
			text->len += (size_t)n;
		} else if (errno != EINTR) {
			failed = errno;
			break;
		}
	}
	close(fd);
	if (!failed)
		memset(text->data + text->len, 0, LEXER_PADDING);
	return failed;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void take_hits(struct source *source, struct lexer *lexer)
{
	uint32_t i;

	source->left_out = lexer->userspace && path_below(source->path,
							  "samples");
	if (!lexer->nr_found || source->left_out)
		return;
	qsort(lexer->found, lexer->nr_found, sizeof(*lexer->found), by_number);
	source->hits = xmalloc(lexer->nr_found * sizeof(*source->hits));
	source->nr_hits = lexer->nr_found;
	for (i = 0; i < lexer->nr_found; i++) {
		uint32_t name = lexer->found[i];

		source->hits[i] = (struct index_hit){
			.name = name, .kinds = lexer->kinds[name],
		};
	}
}

static void *read_files(void *data)
{
	struct job *job = data;
	struct text text = { NULL, 0, 0 };
	struct lexer lexer;
	size_t i;

	lexer_init(&lexer, job->names);
	while ((i = atomic_fetch_add(&job->next, 1)) < job->walk->nr) {
		struct source *source = &job->walk->sources[i];

		source->failed = read_text(&text, job->root, source->path);
		if (source->failed)
			continue;
		lexer_scan(&lexer, text.data, text.len);
		take_hits(source, &lexer);
		lexer_reset(&lexer);
	}
	lexer_release(&lexer);
	free(text.data);
	return NULL;
}

/* `jobs` threads, this one among them; fewer where there are no more. */
static void read_all(struct job *job, unsigned int jobs)
{
	pthread_t threads[64];
	unsigned int nr = 0;

	if (jobs > ARRAY_SIZE(threads))
		jobs = ARRAY_SIZE(threads);
	while (nr + 1 < jobs && nr + 1 < job->walk->nr &&
	       !pthread_create(&threads[nr], NULL, read_files, job))
		nr++;
	read_files(job);
	while (nr)
		pthread_join(threads[--nr], NULL);
}

static void take_source(struct index *index, struct source *source)
{
	uint32_t file, i;

	if (source->failed) {
		unreadable(index, source->path, strerror(source->failed));
		return;
	}
	if (source->left_out)
		return;
	file = intern(&index->files, source->path);
	ALLOC_GROW(index->hits, index->nr + source->nr_hits, index->alloc);
	for (i = 0; i < source->nr_hits; i++) {
		index->hits[index->nr] = source->hits[i];
		index->hits[index->nr++].file = file;
	}
}

void index_scan(struct index *index, const struct tree *tree,
		const char *const *paths, size_t nr_paths,
		const struct intern_pool *names, unsigned int jobs)
{
	struct walk w = { .tree = tree, .index = index };
	struct lexer_names lexer_names;
	struct job job = { .walk = &w, .names = &lexer_names };
	size_t i;

	job.root = open(tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (job.root < 0) {
		unreadable(index, ".", strerror(errno));
		return;
	}
	lexer_names_init(&lexer_names, names);
	collect(&w, paths, nr_paths);
	read_all(&job, jobs);
	for (i = 0; i < w.nr; i++) {
		take_source(index, &w.sources[i]);
		free(w.sources[i].hits);
		free(w.sources[i].path);
	}
	if (index->nr_unreadable)
		qsort(index->unreadable, index->nr_unreadable,
		      sizeof(*index->unreadable), by_reason);
	free(w.sources);
	lexer_names_release(&lexer_names);
	close(job.root);
}

void index_release(struct index *index)
{
	size_t i;

	for (i = 0; i < index->nr_unreadable; i++) {
		free(index->unreadable[i].file);
		free(index->unreadable[i].reason);
	}
	free(index->unreadable);
	free(index->hits);
	intern_release(&index->files);
	*index = (struct index)INDEX_INIT;
}
