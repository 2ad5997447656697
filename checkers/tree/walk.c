// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the source files of a tree and their stamps, with several threads; for the
 * lexicon.
 */
#include "tree/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

struct walking {
	struct walk *walk;
	const struct walk_options *opt;
};

static void unreadable(struct walk *walk, const char *path,
		       const char *reason)
{
	walk->unreadable = xrealloc(walk->unreadable,
				    (walk->nr_unreadable + 1) *
				    sizeof(*walk->unreadable));
	walk->unreadable[walk->nr_unreadable++] = (struct walk_unreadable){
		.path = xstrdup(path), .reason = xstrdup(reason),
	};
}

static void add_file(struct walk *walk, const char *path)
{
	ALLOC_GROW(walk->files, walk->nr + 1, walk->alloc);
	walk->files[walk->nr++] = (struct walk_file){
		.path = xstrdup(path),
	};
}

struct entry {
	char *name;
	unsigned char type;
};

/* An entry's type where readdir(3) does not say; symbolic links to files. */
static unsigned char entry_type(const struct walking *w, int dir,
				const struct dirent *d)
{
	struct stat st;

	if (d->d_type == DT_REG || d->d_type == DT_DIR)
		return d->d_type;
	if (d->d_type == DT_LNK && !w->opt->wanted(d->d_name))
		return DT_LNK;
	if (fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW))
		return DT_UNKNOWN;
	if (S_ISDIR(st.st_mode))
		return DT_DIR;
	if (S_ISREG(st.st_mode))
		return DT_REG;
	if (!S_ISLNK(st.st_mode) || !w->opt->wanted(d->d_name))
		return DT_UNKNOWN;
	/* A dangling link is reported as unreadable. */
	if (fstatat(dir, d->d_name, &st, 0) || S_ISREG(st.st_mode))
		return DT_REG;
	return DT_UNKNOWN;
}

/* Whether `name` in the folder `path` is a link to a folder outside of the tree. */
static bool leads_out(const struct walking *w, const char *path,
		      const char *name)
{
	char *full = path_join(path, name), *root, *target;
	bool out;

	if (!path_is_dir(full)) {
		free(full);
		return false;
	}
	root = realpath(w->opt->tree->root, NULL);
	target = realpath(full, NULL);
	out = root && target && !path_below(target, root);
	free(target);
	free(root);
	free(full);
	return out;
}

/*
 * The relevant entries of one folder; NULL with errno 0 if there are none. An
 * output tree in the source tree, which has a link "source", counts as empty.
 */
static struct entry *read_folder(const struct walking *w, const char *path,
				 size_t *nr)
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
		unsigned char type;

		if (d->d_name[0] == '.')
			continue;
		if (d->d_type == DT_LNK && !strcmp(d->d_name, "source"))
			is_objtree = true;
		type = entry_type(w, dirfd(stream), d);
		if (type != DT_DIR && !w->opt->wanted(d->d_name) &&
		    (d->d_type != DT_LNK || !leads_out(w, path, d->d_name)))
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

static void walk_folder(struct walking *w, const char *path)
{
	char *full = path_join(w->opt->tree->root, path);
	struct entry *entries;
	size_t nr, i;

	entries = read_folder(w, full, &nr);
	free(full);
	if (!entries && errno)
		unreadable(w->walk, path, strerror(errno));
	for (i = 0; i < nr; i++) {
		char *sub = strcmp(path, ".") ?
			path_join(path, entries[i].name) :
			xstrdup(entries[i].name);

		if (entries[i].type == DT_REG)
			add_file(w->walk, sub);
		else if (entries[i].type == DT_LNK)
			unreadable(w->walk, sub, "a symbolic link to a folder outside of the tree");
		else if (entries[i].type != DT_DIR)
			unreadable(w->walk, sub, "not a regular file");
		else if (!w->opt->enter || w->opt->enter(w->opt->tree, sub))
			walk_folder(w, sub);
		free(sub);
		free(entries[i].name);
	}
	free(entries);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct walk_file *)a)->path,
		      ((const struct walk_file *)b)->path);
}

static void sort_files(struct walk *walk)
{
	size_t from, to = 0;

	if (walk->nr)
		qsort(walk->files, walk->nr, sizeof(*walk->files), by_path);
	for (from = 0; from < walk->nr; from++) {
		if (to && !by_path(&walk->files[to - 1], &walk->files[from]))
			free(walk->files[from].path);
		else
			walk->files[to++] = walk->files[from];
	}
	walk->nr = to;
}

/* --- stamps --- */

struct look {
	struct walk *walk;
	int root;
	int64_t now;
	atomic_size_t next;
};

static int64_t nanoseconds(const struct timespec *ts)
{
	return (int64_t)ts->tv_sec * 1000000000 + ts->tv_nsec;
}

static void stamp_file(const struct look *look, struct walk_file *file)
{
	struct stat st;

	if (fstatat(look->root, file->path, &st, 0)) {
		file->failed = errno;
		return;
	}
	file->stamp = (struct file_stamp){
		.mtime = nanoseconds(&st.st_mtim),
		.ctime = nanoseconds(&st.st_ctim),
		.size = (uint64_t)st.st_size,
		.inode = (uint64_t)st.st_ino,
	};
	file->settled = file->stamp.ctime < look->now - WALK_SETTLED;
}

#define CHUNK 256

static void *look_at_some(void *data)
{
	struct look *look = data;
	size_t i, end;

	while ((i = atomic_fetch_add(&look->next, CHUNK)) < look->walk->nr) {
		end = i + CHUNK < look->walk->nr ? i + CHUNK : look->walk->nr;
		for (; i < end; i++)
			stamp_file(look, &look->walk->files[i]);
	}
	return NULL;
}

void walk_parallel(unsigned int jobs, size_t todo, void *(*work)(void *data),
		   void *data)
{
	pthread_t threads[64];
	unsigned int nr = 0;

	if (jobs > ARRAY_SIZE(threads))
		jobs = ARRAY_SIZE(threads);
	while (nr + 1 < jobs && nr + 1 < todo &&
	       !pthread_create(&threads[nr], NULL, work, data))
		nr++;
	work(data);
	while (nr)
		pthread_join(threads[--nr], NULL);
}

/* --- the overlay --- */

/* Whether the walk would find `path` if it existed. */
static bool is_visited(const struct walk_options *opt, const char *path)
{
	bool below = !opt->nr_paths, visited = true;
	const char *slash;
	size_t i;

	for (i = 0; i < opt->nr_paths && !below; i++) {
		const char *rest = path_below(path, opt->paths[i]);

		if (rest && !strcmp(rest, "."))
			return true;
		below = rest || !strcmp(opt->paths[i], ".");
	}
	if (!below || !opt->wanted(path_basename(path)))
		return false;
	for (slash = strchr(path, '/'); slash && visited && opt->enter;
	     slash = strchr(slash + 1, '/')) {
		char *folder = xstrndup(path, (size_t)(slash - path));

		visited = opt->enter(opt->tree, folder);
		free(folder);
	}
	return visited;
}

static void drop_overlaid(struct walk *walk, const struct overlay *overlay)
{
	size_t from, to = 0;

	for (from = 0; from < walk->nr; from++) {
		if (overlay_find(overlay, walk->files[from].path))
			free(walk->files[from].path);
		else
			walk->files[to++] = walk->files[from];
	}
	walk->nr = to;
}

/* No file has such a stamp, so they are never kept. */
static void lay_over(struct walk *walk, const struct walk_options *opt)
{
	const struct overlay *overlay = opt->tree->overlay;
	size_t i;

	if (!overlay || !overlay->nr)
		return;
	drop_overlaid(walk, overlay);
	for (i = 0; i < overlay->nr; i++)
		if (overlay->list[i].text &&
		    is_visited(opt, overlay->list[i].path))
			add_file(walk, overlay->list[i].path);
	sort_files(walk);
}

void walk_tree(struct walk *walk, const struct walk_options *opt)
{
	struct walking w = { walk, opt };
	struct look look = { .walk = walk };
	struct timespec now;
	size_t i;

	if (walk->nr || walk->nr_unreadable)
		BUG("a walk is filled twice");
	/* The time before any file is looked at. */
	clock_gettime(CLOCK_REALTIME, &now);
	look.now = nanoseconds(&now);
	look.root = open(opt->tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (look.root < 0) {
		unreadable(walk, ".", strerror(errno));
		return;
	}
	if (!opt->nr_paths)
		walk_folder(&w, ".");
	if (!opt->nr_paths && opt->tree->module)
		walk_folder(&w, opt->tree->module);
	for (i = 0; i < opt->nr_paths; i++) {
		char *path = path_normalise(opt->paths[i]);
		char *full = path_join(opt->tree->root, path);

		if (path_is_dir(full))
			walk_folder(&w, path);
		else
			add_file(walk, path);
		free(full);
		free(path);
	}
	sort_files(walk);
	walk_parallel(opt->jobs, walk->nr / CHUNK, look_at_some, &look);
	close(look.root);
	lay_over(walk, opt);
}

void walk_release(struct walk *walk)
{
	size_t i;

	for (i = 0; i < walk->nr; i++)
		free(walk->files[i].path);
	for (i = 0; i < walk->nr_unreadable; i++) {
		free(walk->unreadable[i].path);
		free(walk->unreadable[i].reason);
	}
	free(walk->files);
	free(walk->unreadable);
	*walk = (struct walk)WALK_INIT;
}

static void take_overlaid(struct walk_text *text,
			  const struct overlay_file *f, size_t padding)
{
	if (text->room < f->len + padding) {
		text->room = f->len + padding;
		text->data = xrealloc(text->data, text->room);
	}
	memcpy(text->data, f->text, f->len);
	memset(text->data + f->len, 0, padding);
	text->len = f->len;
}

int walk_read(struct walk_text *text, const struct tree *tree, int root,
	      const char *path, size_t padding)
{
	const struct overlay_file *f = overlay_find(tree->overlay, path);
	int fd, failed = 0;

	if (f && !f->text)
		return ENOENT;
	if (f) {
		take_overlaid(text, f, padding);
		return 0;
	}
	fd = path_open_at(root, path, PATH_MAX_SOURCE, NULL);
	if (fd < 0)
		return errno;
	text->len = 0;
	while (!failed) {
		ssize_t n;

		if (text->room - text->len <= padding) {
			text->room = text->room ? text->room * 2 : 1 << 17;
			text->data = xrealloc(text->data, text->room);
		}
		n = read(fd, text->data + text->len,
			 text->room - text->len - padding);
		if (n == 0)
			break;
		if (n > 0)
			text->len += (size_t)n;
		else if (errno != EINTR)
			failed = errno;
		if (text->len > PATH_MAX_SOURCE)
			failed = EFBIG;
	}
	close(fd);
	if (!failed)
		memset(text->data + text->len, 0, padding);
	return failed;
}
