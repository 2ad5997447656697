// SPDX-License-Identifier: GPL-2.0-only
/*
 * The findings that comments hide, for report/ to count and for fix/ to leave
 * alone. rules/suppression/ fills the list.
 */
#include "findings/suppressed.h"

#include "lib/alloc.h"

void suppressed_add(struct suppressed *to, const struct finding *f,
		    const char *reason)
{
	ALLOC_GROW(to->findings.list, to->findings.nr + 1, to->findings.alloc);
	ALLOC_GROW(to->reasons, to->findings.nr + 1, to->alloc_reasons);
	to->reasons[to->findings.nr] = xstrdup(reason);
	to->findings.list[to->findings.nr++] = *f;
}

bool suppressed_at(const struct suppressed *suppressed, const char *rule,
		   const char *file, unsigned int line, unsigned int column)
{
	size_t i;

	for (i = 0; i < suppressed->findings.nr; i++) {
		const struct finding *f = &suppressed->findings.list[i];

		if (f->loc.line == line && f->loc.column == column &&
		    !strcmp(f->rule, rule) && !strcmp(f->loc.file, file))
			return true;
	}
	return false;
}

void suppressed_release(struct suppressed *suppressed)
{
	size_t i;

	for (i = 0; i < suppressed->findings.nr; i++)
		free(suppressed->reasons[i]);
	free(suppressed->reasons);
	findings_release(&suppressed->findings);
	*suppressed = (struct suppressed)SUPPRESSED_INIT;
}
