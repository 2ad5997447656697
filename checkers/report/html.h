/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H
#include "lib/compat.h"
#include "findings/finding.h"
#include "lib/strbuf.h"
#include "report/report.h"

struct causes;
/*
 * The parts of the HTML report, for html.c. Each function adds to `out`.
 */

/* --- html-text.c: text from sources, file names, messages --- */

/*
 * Add text between tags, or in a quoted attribute. Characters that a reader would
 * not see are escaped as in visible.h, except for tabs.
 */
void html_text(struct strbuf *out, const char *text);
void html_text_mem(struct strbuf *out, const char *text, size_t len);

/* Add a part of a URL: all but letters, digits, and "-._~/" become %XX. */
void html_url(struct strbuf *out, const char *text);

/* The number of columns that the text takes on a screen. */
size_t html_width(const char *text);

/* --- html-summary.c --- */

/* The title, and the coverage. */
void html_header(struct strbuf *out, const struct report *report);
/* Counts by level, rule and subsystem, with bars. */
void html_facets(struct strbuf *out, const struct report *report);
/* The explanation of each rule that has findings. */
void html_rules(struct strbuf *out, const struct report *report);

/* --- html-finding.c --- */

/* Finding number `number`. */
void html_finding(struct strbuf *out, const struct report *report,
		  const struct causes *causes, size_t number);

/* --- html-picture.c --- */

/*
 * The number of steps, from the first, that are the path of the memory; the trace
 * may go on with others. 0: there is no path, and no picture.
 */
size_t html_path_length(const struct finding *finding);

/*
 * The path from the source to the mapping, as SVG, with the numbers of the steps.
 * The mapping has the number behind that of the last step.
 */
void html_picture(struct strbuf *out, const struct finding *finding);

#endif
