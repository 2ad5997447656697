// SPDX-License-Identifier: GPL-2.0-only
/*
 * Paths as text, and the one way to open and read files whose names or contents
 * are somebody else's.
 */
#include "lib/path.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"

char *path_normalise(const char *path)
{
	char *out = xmalloc(strlen(path) + 2), *end = out;
	bool absolute = *path == '/';
	size_t depth = 0;	/* components at the end that ".." can drop */

	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 2 && !memcmp(path, "..", 2)) {
			if (depth) {
				while (end > out && *--end != '/')
					;
				depth--;
				goto next;
			}
			if (absolute)
				goto next;
		} else if (len == 0 || (len == 1 && *path == '.')) {
			goto next;
		} else {
			depth++;
		}
		if (absolute || end > out)
			*end++ = '/';
		memcpy(end, path, len);
		end += len;
next:
		path += len;
		if (*path == '/')
			path++;
	}
	if (end == out)
		*end++ = absolute ? '/' : '.';
	*end = '\0';
	return out;
}

char *path_join(const char *dir, const char *path)
{
	size_t len = strlen(dir);

	if (*path == '/' || !len)
		return xstrdup(path);
	return xstrfmt("%s%s%s", dir, dir[len - 1] == '/' ? "" : "/", path);
}

char *path_dirname(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	if (slash == path)
		return xstrdup("/");
	return xstrndup(path, (size_t)(slash - path));
}

const char *path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (strncmp(path, dir, len))
		return NULL;
	if (!path[len])
		return ".";
	if (len && dir[len - 1] == '/')
		return path + len;
	return path[len] == '/' ? path + len + 1 : NULL;
}

bool path_below_any(const char *path, const char *const *paths, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(paths[i], ".") || path_below(path, paths[i]))
			return true;
	return !nr;
}

bool path_is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool path_is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

int path_open_at(int dir, const char *path, size_t max, size_t *size)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NOCTTY |
			O_NONBLOCK);
	struct stat st;
	int failed = 0;

	if (fd < 0) {
		/* That is a socket. */
		if (errno == ENXIO)
			errno = ENOTREGULAR;
		return -1;
	}
	if (fstat(fd, &st))
		failed = errno;
	else if (S_ISDIR(st.st_mode))
		failed = EISDIR;
	else if (!S_ISREG(st.st_mode))
		failed = ENOTREGULAR;
	else if ((uintmax_t)st.st_size > max)
		failed = EFBIG;
	if (failed) {
		close(fd);
		errno = failed;
		return -1;
	}
	if (size)
		*size = (size_t)st.st_size;
	return fd;
}

FILE *path_fopen(const char *path, size_t max)
{
	int fd = path_open_at(AT_FDCWD, path, max, NULL);

	return fd < 0 ? NULL : fdopen(fd, "r");
}

char *path_read(const char *path, size_t *len)
{
	return path_read_max(path, PATH_MAX_SIZE, len);
}

char *path_read_max(const char *path, size_t max, size_t *len)
{
	size_t have = 0, room = 0;
	int fd = path_open_at(AT_FDCWD, path, max, &room);
	char *buf;
	int saved;

	if (fd < 0)
		return NULL;
	room = room ? room + 2 : 4096;
	buf = xmalloc(room);
	for (;;) {
		ssize_t n;

		if (have > max) {
			errno = EFBIG;
			goto fail;
		}
		if (have + 1 >= room) {
			room *= 2;
			buf = xrealloc(buf, room);
		}
		n = read(fd, buf + have, room - have - 1);
		if (n == 0)
			break;
		if (n > 0)
			have += (size_t)n;
		else if (errno != EINTR)
			goto fail;
	}
	close(fd);
	buf[have] = '\0';
	if (len)
		*len = have;
	return buf;
fail:
	saved = errno;
	free(buf);
	close(fd);
	errno = saved;
	return NULL;
}

int path_copy(const char *from, const char *to)
{
	struct stat st;
	size_t len;
	char *text = path_read(from, &len);
	FILE *out = text ? fopen(to, "we") : NULL;
	int ret = -1;

	if (out) {
		ret = fwrite(text, 1, len, out) != len || stat(from, &st) ||
			fchmod(fileno(out), st.st_mode & 07777) ? -1 : 0;
		ret |= fclose(out);
	}
	free(text);
	return ret;
}

int path_mkdirs(const char *path)
{
	char *copy = xstrdup(path), *p = copy;
	int ret = 0;

	while (!ret && *p) {
		char saved;

		p += strspn(p, "/");
		p += strcspn(p, "/");
		saved = *p;
		*p = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			ret = -1;
		*p = saved;
	}
	if (!ret && !path_is_dir(path)) {
		errno = ENOTDIR;
		ret = -1;
	}
	free(copy);
	return ret;
}

static int first_errno;

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	if (remove(path) && errno != ENOENT && !first_errno)
		first_errno = errno;
	return 0;
}

int path_remove_tree(const char *path)
{
	struct stat st;

	first_errno = 0;
	if (lstat(path, &st))
		return errno == ENOENT ? 0 : -1;
	if (nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS) && !first_errno)
		first_errno = errno;
	errno = first_errno;
	return first_errno ? -1 : 0;
}

char *path_default_cache(void)
{
	const char *dir = getenv("XDG_CACHE_HOME");
	struct passwd *user;

	if (dir && *dir == '/')
		return path_join(dir, "dmacheck");
	dir = getenv("HOME");
	if (!dir || !*dir) {
		user = getpwuid(getuid());
		dir = user ? user->pw_dir : NULL;
	}
	if (!dir || !*dir)
		return NULL;
	return path_join(dir, ".cache/dmacheck");
}
