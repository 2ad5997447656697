/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H
#include "lib/compat.h"

/* The version of dmacheck, libclang, sparse and spatch, a line each. */
void version_print(FILE *out);

#endif
