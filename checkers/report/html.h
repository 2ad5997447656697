/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H
#include "lib/compat.h"
#include "findings/finding.h"
#include "lib/strbuf.h"
#include "report/report.h"

struct causes;
/*
 * The parts of the HTML report, which html.c puts together. Each adds to `out`.
 */

/* --- html-text.c: text that is somebody else's --- */

/*
 * Between tags, or in an attribute between quotes. What a reader could not see,
 * or would see in another place, is shown as an escape: control characters but
 * for tabs, bytes that are not UTF-8, characters that change the direction.
 */
void html_text(struct strbuf *out, const char *text);
void html_text_mem(struct strbuf *out, const char *text, size_t len);

/* As part of a URL: all but letters, digits, and "-._~/" as %XX. */
void html_url(struct strbuf *out, const char *text);

/* How many characters of html_text() are on the screen, about. */
size_t html_width(const char *text);

/* --- html-summary.c --- */

/* How much was found, of what kind and where; what was not analysed. */
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
 * How many steps of the trace, from the first one on, are the way of the memory;
 * 0: it has no picture. Others may follow, which say something else.
 */
size_t html_way(const struct finding *finding);

/*
 * That way from its source to the mapping, as SVG: step i has the number i + 1,
 * the mapping the one behind the last.
 */
void html_picture(struct strbuf *out, const struct finding *finding);

#endif
