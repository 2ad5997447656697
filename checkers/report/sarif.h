/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H
#include "lib/compat.h"

#include <jansson.h>

#include "findings/finding.h"
/*
 * Parts of a SARIF log (OASIS, Static Analysis Results Interchange Format
 * 2.1.0); what is returned is the caller's own.
 */

/* An artifactLocation: below %SRCROOT%, or by its absolute name. */
json_t *sarif_artifact(const char *file);

/*
 * The elements of a result's "fixes" for a unified diff as workspace_diff()
 * writes it.
 */
json_t *sarif_fixes(const char *diff);

#endif
