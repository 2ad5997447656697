/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FINDINGS_SUPPRESSED_H
#define FINDINGS_SUPPRESSED_H
#include "lib/compat.h"
#include "findings/finding.h"

/* Findings that are hidden, in the order of findings_finish(). */
struct suppressed {
	struct findings findings;
	char **reasons;		/* one for each finding */
	size_t alloc_reasons;
};
#define SUPPRESSED_INIT { FINDINGS_INIT, NULL, 0 }

/* Add a finding, which is moved there; the reason is copied. */
void suppressed_add(struct suppressed *suppressed, const struct finding *f,
		    const char *reason);

/* Whether a finding of that rule at that place is hidden. */
bool suppressed_at(const struct suppressed *suppressed, const char *rule,
		   const char *file, unsigned int line, unsigned int column);

void suppressed_release(struct suppressed *suppressed);

#endif
