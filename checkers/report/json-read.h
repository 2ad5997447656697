/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_JSON_READ_H
#define REPORT_JSON_READ_H
#include "lib/compat.h"

#include <jansson.h>

/*
 * The report of dmacheck in the JSON file `path`; the caller's own. NULL after an
 * error() that calls it `what` ("the baseline"), or, without a message, with
 * *absent set, if there is no such file. `absent` NULL: there must be one.
 */
json_t *json_read(const char *path, const char *what, bool *absent);

/* The string of that key, NULL if there is none or it is empty. */
const char *json_string_in(const json_t *object, const char *key);

#endif
