// SPDX-License-Identifier: GPL-2.0-only
/* Subsystems, by the paths of files; for summaries. */
#include "report/subsystem.h"

#include "lib/alloc.h"

char *subsystem_of(const char *file)
{
	static const char *const parents[] = { "drivers/", "arch/", "sound/" };
	const char *slash = strchr(file, '/'), *more;
	size_t i;

	if (!slash)
		return xstrdup(file);
	for (i = 0; i < ARRAY_SIZE(parents); i++) {
		if (strncmp(file, parents[i], strlen(parents[i])))
			continue;
		more = strchr(slash + 1, '/');
		slash = more ? more : slash;
	}
	return xstrndup(file, (size_t)(slash - file) + 1);
}
