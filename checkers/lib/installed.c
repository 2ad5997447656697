// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the .conf files and the semantic patches are, in a checkout or installed.
 */
#include "lib/installed.h"

#include <limits.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

char *installed_program(void)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (len < 0) {
		error_errno("cannot find out where dmacheck is installed: /proc/self/exe");
		return NULL;
	}
	return xstrndup(exe, (size_t)len);
}

/* NAME in the first of the two folders, seen from the program's own. */
static char *find_installed(const char *const places[2], const char *name)
{
	char *exe = installed_program(), *dir, *real = NULL;
	size_t i;

	if (!exe)
		return NULL;
	dir = path_dirname(exe);
	for (i = 0; i < 2 && !real; i++) {
		char *path = xstrfmt("%s/%s/%s", dir, places[i], name);

		real = realpath(path, NULL);
		free(path);
	}
	if (!real)
		error("%s is neither in %s/%s nor in %s/%s; install dmacheck anew",
		      name, dir, places[0], dir, places[1]);
	free(dir);
	free(exe);
	return real;
}

char *installed_file(const char *name)
{
	static const char *const places[] = {
		"../checkers", "../share/dmacheck",
	};

	return find_installed(places, name);
}

char *installed_folder(const char *name)
{
	static const char *const places[] = { "..", "../share/dmacheck" };

	return find_installed(places, name);
}

char *installed_tool(const char *name)
{
	static const char *const places[] = { "../tools", "../share/dmacheck" };

	return find_installed(places, name);
}
