// SPDX-License-Identifier: GPL-2.0-only
/* The names of all that shares structs with a file, for rules. */
#include "rules/common/scopes.h"

#include "lib/intern.h"
#include "tree/tree.h"

const struct strvec *scopes_of(struct scopes *s, const struct program *program,
			       const struct unit *unit)
{
	size_t i;

	if (s->unit == unit)
		return &s->names;
	s->unit = unit;
	strvec_release(&s->names);
	for (i = 0; i < unit->nr_modules; i++)
		strvec_push(&s->names, unit->modules[i]);
	for (i = 0; i < unit->nr_headers; i++) {
		const char *name = intern_str(&program->names,
					      unit->headers[i]);

		if (!tree_is_kernel_wide(name))
			strvec_push(&s->names, name);
	}
	return &s->names;
}

void scopes_release(struct scopes *s)
{
	strvec_release(&s->names);
	s->unit = NULL;
}
