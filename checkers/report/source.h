/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_SOURCE_H
#define REPORT_SOURCE_H
#include "lib/compat.h"
#include "findings/finding.h"
/*
 * The source lines that a report quotes.
 */
struct tree;

/* So many lines are read above and below a place. */
#define SOURCE_AROUND 5

/* A longer line is quoted up to here. */
#define SOURCE_MAX_LINE 400

/*
 * Read the lines around each finding at `level` or above, and around each step
 * of its trace, into their `source`: as the tree's overlay has them. Each file
 * is read once and released before the next one. Where a file or a line does
 * not exist, or was read by an earlier call, `source` remains as it is.
 */
void source_lines_read(struct findings *findings, const struct tree *tree,
		 enum level level);

/*
 * The line with that number, without its newline: a pointer into the excerpt,
 * and the length in *len. NULL if the excerpt does not hold it.
 */
const char *source_line(const struct excerpt *source, unsigned int line,
			size_t *len);

#endif
