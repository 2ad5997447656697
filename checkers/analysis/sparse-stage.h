/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SPARSE_STAGE_H
#define ANALYSIS_SPARSE_STAGE_H
#include "lib/compat.h"

struct intern_pool;
struct lexicon;
struct analysis;

/*
 * The sparse stage: find the files below the paths that are relevant to it, and
 * run sparse over them. The files in `seen` were read by libclang and are not
 * counted again. The result is in run->result.sparse, its gaps in
 * run->result.coverage. 0, or -1 after an error().
 */
int sparse_stage(struct analysis *run, const struct lexicon *lexicon,
		 const struct intern_pool *seen);

#endif
