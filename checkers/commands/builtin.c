// SPDX-License-Identifier: GPL-2.0-only
#include "commands/builtin.h"

#include <libgen.h>
#include <limits.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"

static const char *const places[] = {
	"../checkers", "../share/dmacheck",
};

char *builtin_path(const char *name)
{
	char exe[PATH_MAX], *dir;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	size_t i;

	if (len < 0) {
		error_errno("cannot tell where dmacheck is installed: /proc/self/exe");
		return NULL;
	}
	exe[len] = '\0';
	dir = dirname(exe);
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		char *path = xstrfmt("%s/%s/%s", dir, places[i], name);
		char *real = realpath(path, NULL);

		free(path);
		if (real)
			return real;
	}
	error("%s is neither in %s/%s nor in %s/%s; install dmacheck anew",
	      name, dir, places[0], dir, places[1]);
	return NULL;
}

char *builtin_folder(const char *name)
{
	char exe[PATH_MAX], *dir, *real = NULL;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	static const char *const beside[] = { "..", "../share/dmacheck" };
	size_t i;

	if (len < 0)
		return NULL;
	exe[len] = 0;
	dir = dirname(exe);
	for (i = 0; i < ARRAY_SIZE(beside) && !real; i++) {
		char *path = xstrfmt("%s/%s/%s", dir, beside[i], name);

		real = realpath(path, NULL);
		free(path);
	}
	return real;
}
