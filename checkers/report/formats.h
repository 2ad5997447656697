/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H
#include "lib/compat.h"
#include "report/baseline.h"
#include "report/report.h"
/*
 * The formats: each is one file here and one line in the table in report.c.
 * They write to `out`, one finding with one fwrite(); 0, or -1 with errno.
 */
int report_html(const struct report *report, FILE *out);
int report_json(const struct report *report, FILE *out);
int report_b4(const struct report *report, FILE *out);
int report_sarif(const struct report *report, FILE *out);
int report_terse(const struct report *report, FILE *out);
int report_text(const struct report *report, FILE *out);

/* Whether the finding is to be shown. */
static inline bool report_shows(const struct report *report,
				const struct finding *finding)
{
	return finding->level >= report->level &&
		!(report->baseline && baseline_has(report->baseline, finding));
}

#endif
