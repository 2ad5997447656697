// SPDX-License-Identifier: GPL-2.0-only
#include "commands/builtin.h"

#include <libgen.h>
#include <limits.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"

/* NAME in the first of the two folders, seen from the program's own. */
static char *find(const char *const places[2], const char *name)
{
	char exe[PATH_MAX], *dir, *real = NULL;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	size_t i;

	if (len < 0) {
		error_errno("cannot tell where dmacheck is installed: /proc/self/exe");
		return NULL;
	}
	exe[len] = '\0';
	dir = dirname(exe);
	for (i = 0; i < 2 && !real; i++) {
		char *path = xstrfmt("%s/%s/%s", dir, places[i], name);

		real = realpath(path, NULL);
		free(path);
	}
	if (!real)
		error("%s is neither in %s/%s nor in %s/%s; install dmacheck anew",
		      name, dir, places[0], dir, places[1]);
	return real;
}

char *builtin_path(const char *name)
{
	static const char *const places[] = {
		"../checkers", "../share/dmacheck",
	};

	return find(places, name);
}

char *builtin_folder(const char *name)
{
	static const char *const places[] = { "..", "../share/dmacheck" };

	return find(places, name);
}
