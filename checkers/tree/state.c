// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether anything at all has changed in a source or output tree since an
 * earlier run, from the stamps of its files, for what is kept of that run.
 */
#include "tree/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strvec.h"
#include "tree/walk.h"

/* A file that does not count: dmacheck itself writes it. */
struct own_file {
	dev_t dev;
	ino_t ino;
};

struct looking {
	const char *dir;	/* real and absolute */
	struct strvec folders;	/* relative to it; shared out among threads */
	atomic_size_t next;
	int64_t newest;		/* a file that changed later is not settled */
	struct own_file own[3];
	size_t nr_own;
	bool is_output;
	atomic_bool failed;
	_Atomic uint64_t sum;	/* over the files, in no order */
};

static int64_t nanoseconds(const struct timespec *ts)
{
	return (int64_t)ts->tv_sec * 1000000000 + ts->tv_nsec;
}

bool state_ignores(const char *name)
{
	static const char *const tails[] = {
		"~", ".diff", ".html", ".json", ".log", ".mbox", ".orig",
		".patch", ".rej", ".sarif", ".swp", ".tmp", ".txt",
	};
	size_t len = strlen(name), i;

	if (!strcmp(name, "compile_commands.json"))
		return false;
	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		size_t tail = strlen(tails[i]);

		if (len >= tail && !strcmp(name + len - tail, tails[i]))
			return true;
	}
	return false;
}

static bool is_own(const struct looking *l, const struct stat *st)
{
	size_t i;

	for (i = 0; i < l->nr_own; i++)
		if (l->own[i].dev == st->st_dev && l->own[i].ino == st->st_ino)
			return true;
	return false;
}

static void add_own(struct looking *l, int failed, const struct stat *st)
{
	if (!failed)
		l->own[l->nr_own++] = (struct own_file){
			st->st_dev, st->st_ino
		};
}

static void find_own(struct looking *l, const char *cache)
{
	struct stat st;

	add_own(l, stat(cache, &st), &st);
	add_own(l, fstat(STDOUT_FILENO, &st), &st);
	add_own(l, fstat(STDERR_FILENO, &st), &st);
}

static void add_stamp(struct looking *l, const char *path, size_t len,
		      const struct stat *st)
{
	uint64_t fields[] = {
		(uint64_t)nanoseconds(&st->st_mtim),
		(uint64_t)nanoseconds(&st->st_ctim),
		(uint64_t)st->st_size, (uint64_t)st->st_ino,
		(uint64_t)st->st_dev, st->st_mode,
	};

	if (nanoseconds(&st->st_ctim) >= l->newest)
		l->failed = true;
	l->sum += XXH3_64bits_withSeed(fields, sizeof(fields),
				       XXH3_64bits(path, len));
}

/* What a link leads to is looked at where it is, but not elsewhere. */
static bool leads_elsewhere(const struct looking *l, const char *path)
{
	char *full = xstrfmt("%s%s", l->dir, path);
	char *real = realpath(full, NULL);
	bool elsewhere = !real || !path_below(real, l->dir);

	free(real);
	free(full);
	return elsewhere;
}

/* A file, or a link. */
static void look_at_file(struct looking *l, int dir, const char *path,
			 const char *name)
{
	size_t len = strlen(path);
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW)) {
		l->failed = true;
		return;
	}
	if (is_own(l, &st) || state_ignores(name))
		return;
	add_stamp(l, path, len, &st);
	if (!S_ISLNK(st.st_mode) || fstatat(dir, name, &st, 0))
		return;
	if (!S_ISDIR(st.st_mode))
		add_stamp(l, path, len, &st);
	else if (!(l->is_output && !strcmp(path, "/source")) &&
		 leads_elsewhere(l, path))
		l->failed = true;
}

static bool is_folder(int dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN)
		return d->d_type == DT_DIR;
	return !fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
		S_ISDIR(st.st_mode);
}

/* `folder` is "" or "/a/b"; what lies below goes to `folders`. */
static void look_at_folder(struct looking *l, const char *folder,
			   struct strvec *folders)
{
	char *full = xstrfmt("%s%s", l->dir, folder);
	DIR *stream = opendir(full);
	struct dirent *d;
	struct stat st;

	if (!stream || fstat(dirfd(stream), &st))
		l->failed = true;
	while (!l->failed && !is_own(l, &st) && (d = readdir(stream))) {
		char *path;

		if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, "..") ||
		    !strcmp(d->d_name, ".git"))
			continue;
		path = xstrfmt("%s/%s", folder, d->d_name);
		if (is_folder(dirfd(stream), d)) {
			strvec_push_nodup(folders, path);
			continue;
		}
		look_at_file(l, dirfd(stream), path, d->d_name);
		free(path);
	}
	if (stream)
		closedir(stream);
	free(full);
}

static void *look_at_some(void *data)
{
	struct looking *l = data;
	size_t i;

	while ((i = l->next++) < l->folders.nr) {
		struct strvec below = STRVEC_INIT;
		size_t n;

		look_at_folder(l, l->folders.v[i], &below);
		for (n = 0; n < below.nr && !l->failed; n++)
			look_at_folder(l, below.v[n], &below);
		strvec_release(&below);
	}
	return NULL;
}

bool folder_state(const char *dir, const struct state_options *opt,
		  uint64_t *state)
{
	struct looking l = { .folders = STRVEC_INIT };
	struct timespec now;
	char *real = realpath(dir, NULL);
	size_t i, top;
	bool good;

	clock_gettime(CLOCK_REALTIME, &now);
	l.dir = real;
	l.is_output = opt->is_output;
	l.newest = nanoseconds(&now) - WALK_SETTLED;
	l.failed = !real;
	find_own(&l, opt->cache);
	/* The uppermost two levels are looked at here, the rest in threads. */
	if (real)
		look_at_folder(&l, "", &l.folders);
	top = l.folders.nr;
	for (i = 0; i < top && !l.failed; i++)
		look_at_folder(&l, l.folders.v[i], &l.folders);
	l.next = top;
	walk_parallel(opt->jobs, l.folders.nr, look_at_some, &l);
	*state = l.sum;
	good = !l.failed;
	strvec_release(&l.folders);
	free(real);
	return good;
}
