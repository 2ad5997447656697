/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_INSTALLED_H
#define LIB_INSTALLED_H
#include "lib/compat.h"
/*
 * Where a file that comes with dmacheck is ("policy.conf"): in checkers/ beside
 * the folder it was built in, or in share/dmacheck/ where it was installed.
 * The caller frees the path. NULL after an error().
 */
char *installed_file(const char *name);

/*
 * The same for a folder beside checkers/, or in share/dmacheck/:
 * "semantic-patches". NULL after an error().
 */
char *installed_folder(const char *name);

/*
 * The same for a file in tools/, or in share/dmacheck/: "pre-commit".
 * NULL after an error().
 */
char *installed_tool(const char *name);

/*
 * The absolute path of the running program. The caller frees it. NULL after
 * an error().
 */
char *installed_program(void);

#endif
