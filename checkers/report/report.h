/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H
#include "lib/compat.h"
#include "findings/coverage.h"
#include "findings/finding.h"
#include "findings/suppressed.h"
#include "lib/diag.h"
/*
 * What a run found and what it covered, written for people or programs.
 */
struct baseline;
struct tree;

/* How text looks. */
struct text_style {
	bool colour;
	/* With source lines; findings with one cause are put together. */
	bool source;
	unsigned int width;	/* of the terminal; 0: it is none */
};

struct report {
	const struct tree *tree;
	const struct findings *findings;
	const struct coverage *coverage;
	enum level level;	/* leave out what is below */
	const char *change;	/* what they are about, or NULL: the tree */
	const struct suppressed *suppressed;	/* by comments; NULL: none */
	const struct suppressed *left_out;	/* by the tree's conf; or NULL */
	const struct baseline *baseline;	/* leave out what it has; or NULL */
	bool strict;		/* a partial verdict is a failure */
	/* The URL of a source file on the web, with {file} and {line}; or NULL. */
	const char *source_url;
	struct text_style style;	/* for text */
	bool explain;		/* the rules, in text */
};

/* What a format shows besides findings. */
enum format_needs {
	FORMAT_SOURCE = 1,	/* source lines: source_lines_read() was called */
	FORMAT_FIX = 2,		/* fixes, where they were made: finding.fix */
};

/* A format is one file in report/ and one line in the table in report.c. */
struct report_format {
	const char *name;	/* "text", "json" */
	/* Write to `out`; one finding is one write. 0, or -1 with errno. */
	int (*write)(const struct report *report, FILE *out);
	unsigned int needs;	/* of enum format_needs */
	bool lines;		/* may be written bit by bit */
};

/* The format called `name`, or NULL. */
const struct report_format *report_format_find(const char *name);

/* "json, text" for messages; the string is static. */
const char *report_format_names(void);

/*
 * Write the report to `path` (a whole new file beside it, then renamed over
 * it) or to stdout if that is NULL. 0, or -1 after an error().
 */
int report_write(const struct report *report,
		 const struct report_format *format, const char *path);

/*
 * Whether report_write() could write to `path` now. 0, or -1 after an error():
 * better said before the long work than after it.
 */
int report_writable(const char *path);

/*
 * The summary on stderr: what was found (of a change: what is new), how much
 * was covered, what was not analysed and why (grouped by reason; each file with -v).
 */
void report_summary(const struct report *report);

/* "3 errors, 1 warning in 3 files", or "nothing found"; the caller frees it. */
char *report_found(const struct report *report);

/* Of this what is hidden, and by what, at that level or above. */
void report_suppressed(const struct suppressed *suppressed, const char *by,
		       enum level level);

/* Of this what was not analysed alone. */
void report_gaps(const struct coverage *coverage);

/*
 * The exit status of a command that ends with this report: failed if a part of
 * dmacheck crashed, nothing was read, or, if it is strict, not all.
 */
enum exit_status report_status(const struct report *report);

/* How many findings at level warning or above the report shows. */
size_t report_count(const struct report *report);

#endif
