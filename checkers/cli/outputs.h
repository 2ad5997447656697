/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H
#include "lib/compat.h"
#include "report/report.h"
/*
 * The reports that a run writes. --format and -o go in pairs: each completes
 * the last report that still lacks it, or begins another one. A report without
 * a format is text, one without a file goes to stdout.
 */
struct output {
	const struct report_format *format;	/* NULL: text */
	const char *path;	/* NULL: none was given; "-": stdout */
};

/* For text: as the terminal is, if it is one. */
enum output_when { OUTPUT_AUTO, OUTPUT_ALWAYS, OUTPUT_NEVER };

struct outputs {
	struct output *list;
	size_t nr, alloc;
	enum output_when colour, source;	/* --color, --source, --no-source */
};
#define OUTPUTS_INIT { NULL, 0, 0, OUTPUT_AUTO, OUTPUT_AUTO }

void outputs_add_format(struct outputs *outputs,
			const struct report_format *format);
void outputs_add_path(struct outputs *outputs, const char *path);

/* After the last option: text on stdout if nothing was asked for. */
void outputs_finish(struct outputs *outputs);

/* The file that was named last, or NULL for stdout: for what is no report. */
const char *outputs_path(const struct outputs *outputs);

/*
 * Whether all can be written, each to a place of its own. 0, or -1 after an
 * error().
 */
int outputs_check(const struct outputs *outputs);

/* Whether one is written to the file `path`. */
bool outputs_have(const struct outputs *outputs, const char *path);

/* What the formats need, and the styles of text: of enum format_needs. */
unsigned int outputs_need(const struct outputs *outputs);

/*
 * For a report that comes in parts: lines go to stdout part by part, all else
 * is written at the end.
 */
enum outputs_part {
	OUTPUTS_LINES = 1,
	OUTPUTS_REST = 2,
	OUTPUTS_ALL = OUTPUTS_LINES | OUTPUTS_REST,
};

/* Write the report in each format that is asked for. 0, or -1 after an error(). */
int outputs_write(const struct outputs *outputs, const struct report *report,
		  enum outputs_part part);

void outputs_release(struct outputs *outputs);

#endif
