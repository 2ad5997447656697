// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/places.h"

#include "flow/flow.h"
#include "lib/alloc.h"

static char *text_of(const struct location *loc)
{
	return xstrfmt("%s:%u:%u", loc->file, loc->line, loc->column);
}

void places_add(struct places *places, const struct location *loc)
{
	char *text = text_of(loc);

	intern(&places->pool, text);
	free(text);
}

bool places_have(const struct places *places, const struct location *loc)
{
	char *text = text_of(loc);
	bool found = intern_find(&places->pool, text) != INTERN_NONE;

	free(text);
	return found;
}

void places_release(struct places *places)
{
	intern_release(&places->pool);
}

void places_add_sink(const struct flow_sink *hit, void *data)
{
	places_add(data, &hit->loc);
}
