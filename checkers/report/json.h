/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H
#include "lib/compat.h"

#include <jansson.h>

#include "report/report.h"

/* The report as JSON has it; the caller's own. */
json_t *json_report(const struct report *report);

/* Write it with one fwrite() and release it. 0, or -1 with errno. */
int json_write(json_t *json, FILE *out);

#endif
