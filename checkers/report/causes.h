/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REPORT_CAUSES_H
#define REPORT_CAUSES_H
#include "lib/compat.h"
/*
 * Which findings have one cause: those at one call; and those of one rule that
 * say the same of one file, whose memory, if its way is known, comes from the
 * same place. Each remains a finding of its own, with its own fingerprint.
 */
struct report;

struct causes {
	/*
	 * For each finding the number of the one that stands for all with its
	 * cause: the first one of the highest level. Its own if it is alone.
	 */
	size_t *leader;
	size_t nr;		/* causes of all that the report shows */
};

/* Find them, among the findings that the report shows. */
void causes_find(struct causes *causes, const struct report *report);
void causes_release(struct causes *causes);

#endif
