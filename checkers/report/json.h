/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H
#include "lib/compat.h"

#include <jansson.h>

#include "report/report.h"

/*
 * Grows by one when a key is removed, or means something else. A new key does not
 * count.
 */
#define JSON_SCHEMA_VERSION 1

/*
 * The report as JSON has it; the caller's own. `whole`: with what is said to a
 * reader who has neither the tree nor dmacheck, source lines, fixes and the
 * explanations of rules.
 */
json_t *json_report(const struct report *report, bool whole);

/* Write it with one fwrite() and release it. 0, or -1 with errno. */
int json_write(json_t *json, FILE *out);

/* --- to build it: each dies rather than fail --- */

/* Paths and source text need not be UTF-8, but JSON must: "?" for each byte. */
json_t *js_text(const char *s);
json_t *js_number(size_t n);
/* A list of the lines. */
json_t *js_lines(const char *s);

/* `value` is theirs from now on. */
void js_set(json_t *object, const char *key, json_t *value);
void js_append(json_t *array, json_t *value);

/* An object with `s` as its "text", as SARIF has messages. */
json_t *js_message(const char *s);

#endif
