/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_SUBSYSTEM_H
#define REPORT_SUBSYSTEM_H
#include "lib/compat.h"

/*
 * The folder by which a file is counted: "drivers/net/" for "drivers/net/x/y.c",
 * "mm/" for "mm/hmm.c". The caller frees it.
 */
char *subsystem_of(const char *file);

#endif
