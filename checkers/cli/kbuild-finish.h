/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_KBUILD_FINISH_H
#define CLI_KBUILD_FINISH_H
#include "lib/compat.h"

struct options;

/*
 * `dmacheck kbuild --finish`: check the files that a build has seen as
 * `dmacheck check` does, report what was not told during the build, and forget
 * the build. Returns an enum exit_status, that of the check.
 */
int kbuild_finish(const struct options *opt);

#endif
