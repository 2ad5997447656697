// SPDX-License-Identifier: GPL-2.0-only
/*
 * Temporary files and folders, gone when the process ends; new files that take
 * an old one's place whole or not at all.
 */
#include "lib/tempfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/exit-cleanup.h"
#include "lib/diag.h"
#include "lib/path.h"

#define FOLDER "dmacheck."

/* Seconds in which a new folder surely gets its lock. */
#define MIN_AGE 60

/*
 * Entries are never freed, only emptied and used again: a signal handler may
 * walk the list at any time.
 */
struct entry {
	struct entry *volatile next;
	char *volatile path;
	volatile pid_t owner;
	int lock;		/* of a folder, or -1 */
};

static struct entry *volatile entries;

/* rm(1), because nothing that walks a folder may be called in a handler. */
static void remove_folder_in_signal(char *path)
{
	char rm[] = "rm", flags[] = "-rf", dashes[] = "--";
	char *argv[] = { rm, flags, dashes, path, NULL };
	char *env[] = { NULL };
	pid_t pid = fork();

	if (pid == 0) {
		execve("/bin/rm", argv, env);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static void remove_all(bool in_signal)
{
	struct entry *e;

	for (e = entries; e; e = e->next) {
		char *path = e->path;

		if (!path || e->owner != getpid())
			continue;
		if (!unlink(path) || errno == ENOENT)
			continue;
		if (in_signal)
			remove_folder_in_signal(path);
		else if (path_remove_tree(path))
			error_errno("cannot remove %s", path);
	}
}

static struct entry *find_tempfile(const char *path)
{
	struct entry *e;

	for (e = entries; e; e = e->next)
		if (e->path && e->owner == getpid() && !strcmp(e->path, path))
			return e;
	return NULL;
}

static char *absolute(const char *path)
{
	char *cwd, *full;

	if (*path == '/')
		return xstrdup(path);
	cwd = getcwd(NULL, 0);
	full = path_join(cwd ? cwd : ".", path);
	free(cwd);
	return full;
}

void tempfile_register(const char *path)
{
	char *full = absolute(path);
	struct entry *e;

	exit_cleanup(EXIT_CLEANUP_REMOVE, remove_all);
	if (find_tempfile(full)) {
		free(full);
		return;
	}
	exit_cleanup_block();
	for (e = entries; e && e->path; e = e->next)
		;
	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->next = entries;
		entries = e;
	}
	e->owner = getpid();
	e->lock = -1;
	e->path = full;
	exit_cleanup_unblock();
}

void tempfile_forget(const char *path)
{
	char *full = absolute(path), *gone = NULL;
	struct entry *e;
	int lock = -1;

	exit_cleanup_block();
	e = find_tempfile(full);
	if (e) {
		gone = e->path;
		lock = e->lock;
		e->path = NULL;
	}
	exit_cleanup_unblock();
	if (lock >= 0)
		close(lock);
	free(gone);
	free(full);
}

int tempfile_remove(const char *path)
{
	int ret = path_remove_tree(path), saved = errno;

	tempfile_forget(path);
	errno = saved;
	return ret;
}

/*
 * The folder stays locked as long as we, or a process that we started, live.
 * -1 if somebody else has the lock.
 */
static int lock_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Remove what runs that were killed have left. */
static void sweep(const char *where)
{
	static bool done;
	DIR *dir = done ? NULL : opendir(where);
	time_t now = time(NULL);
	struct dirent *e;
	struct stat st;

	done = true;
	while (dir && (e = readdir(dir))) {
		char *path;
		int lock;

		if (strncmp(e->d_name, FOLDER, strlen(FOLDER)) ||
		    strlen(e->d_name) != strlen(FOLDER "XXXXXX"))
			continue;
		path = path_join(where, e->d_name);
		lock = lstat(path, &st) || !S_ISDIR(st.st_mode) ||
			st.st_uid != geteuid() || st.st_mtime > now - MIN_AGE ?
			-1 : lock_folder(path);
		if (lock >= 0) {
			path_remove_tree(path);
			close(lock);
		}
		free(path);
	}
	if (dir)
		closedir(dir);
}

char *tempfile_make_dir(void)
{
	const char *tmpdir = getenv("TMPDIR");
	char *where = absolute(tmpdir && *tmpdir ? tmpdir : "/tmp");
	char *path = path_join(where, FOLDER "XXXXXX");

	sweep(where);
	free(where);
	exit_cleanup_block();
	if (!mkdtemp(path)) {
		error_errno("cannot create the temporary folder %s", path);
		free(path);
		path = NULL;
	} else {
		tempfile_register(path);
		find_tempfile(path)->lock = lock_folder(path);
	}
	exit_cleanup_unblock();
	return path;
}

static void newfile_reset(struct newfile *file)
{
	if (file->temporary)
		tempfile_forget(file->temporary);
	free(file->temporary);
	free(file->path);
	*file = (struct newfile)NEWFILE_INIT;
}

int newfile_open(struct newfile *file, const char *path)
{
	mode_t mode;
	struct stat st;
	int fd;

	*file = (struct newfile)NEWFILE_INIT;
	file->path = realpath(path, NULL);
	if (!file->path)
		file->path = absolute(path);
	st.st_mode = 0;
	if (stat(file->path, &st)) {
		mode = umask(0);
		umask(mode);
		mode = 0666 & ~mode;
	} else if (!S_ISREG(st.st_mode)) {
		error("%s is not a regular file and is not replaced", path);
		newfile_reset(file);
		return -1;
	} else {
		mode = st.st_mode & 07777;
	}
	file->temporary = xstrfmt("%s.XXXXXX", file->path);
	exit_cleanup_block();
	fd = mkostemp(file->temporary, O_CLOEXEC);
	if (fd >= 0)
		tempfile_register(file->temporary);
	exit_cleanup_unblock();
	if (fd < 0) {
		error_errno("cannot write %s", path);
		newfile_reset(file);
		return -1;
	}
	/* root gives a user's file back to the user. */
	if (st.st_mode && fchown(fd, st.st_uid, st.st_gid) &&
	    fchown(fd, (uid_t)-1, st.st_gid))
		verbose("%s: cannot keep its owner", path);
	file->stream = fdopen(fd, "w");
	if (!file->stream || fchmod(fd, mode)) {
		error_errno("cannot write %s", path);
		if (!file->stream)
			close(fd);
		newfile_cancel(file);
		return -1;
	}
	return 0;
}

int newfile_commit(struct newfile *file)
{
	bool bad;

	if (!file->stream)
		BUG("the file is not open");
	bad = fflush(file->stream) || ferror(file->stream);
	if (bad || fsync(fileno(file->stream))) {
		error_errno("cannot write %s", file->path);
		newfile_cancel(file);
		return -1;
	}
	bad = fclose(file->stream);
	file->stream = NULL;
	if (bad || rename(file->temporary, file->path)) {
		error_errno("cannot write %s", file->path);
		newfile_cancel(file);
		return -1;
	}
	newfile_reset(file);
	return 0;
}

void newfile_cancel(struct newfile *file)
{
	if (file->stream)
		fclose(file->stream);
	if (file->temporary)
		unlink(file->temporary);
	newfile_reset(file);
}

int newfile_copy(const char *path, const char *from)
{
	struct newfile out;
	size_t len;
	char *text = path_read(from, &len);
	int ret;

	if (!text)
		return error_errno("cannot read %s", from);
	ret = newfile_open(&out, path);
	if (!ret) {
		fwrite(text, 1, len, out.stream);
		ret = newfile_commit(&out);
	}
	free(text);
	return ret;
}
