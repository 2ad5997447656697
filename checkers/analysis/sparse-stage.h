/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SPARSE_STAGE_H
#define ANALYSIS_SPARSE_STAGE_H
#include "lib/compat.h"

struct intern_pool;
struct lexicon;
struct analysis;

/*
 * The sparse stage: find the files that are relevant to it below the paths and
 * their commands, and have sparse run over them. `seen` is what libclang was
 * asked for: these files are not counted again. The result is in
 * run->result.sparse, what was covered in run->result.coverage. 0, or -1 after
 * an error().
 */
int sparse_stage(struct analysis *run, const struct lexicon *lexicon,
		 const struct intern_pool *seen);

#endif
