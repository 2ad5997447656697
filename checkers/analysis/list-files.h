/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_LIST_FILES_H
#define ANALYSIS_LIST_FILES_H
#include "lib/compat.h"

struct analysis;

/*
 * Print which files the run, which is open, would read, and why: a line each,
 * by name. To know where user memory goes, the files that it reaches are read;
 * files that only rules need are not. 0, or -1 after an error().
 */
int list_files(struct analysis *run, FILE *out);

#endif
