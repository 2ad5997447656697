/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ANALYSIS_SPARSE_STAGE_H
#define ANALYSIS_SPARSE_STAGE_H
#include "lib/compat.h"
#include "analysis/analysis.h"
#include "lib/intern.h"

struct lexicon;

/*
 * The sparse stage: find the files that matter below the paths, their
 * commands, and have sparse run over them. `seen` is what libclang was asked
 * for: these are not counted again. The result is in analysis->sparse, what
 * was covered is added to `coverage`. 0, or -1 after an error().
 */
int sparse_stage(struct analysis *analysis,
		 const struct analysis_options *options,
		 const struct lexicon *lexicon, const struct intern_pool *seen,
		 struct coverage *coverage);

#endif
