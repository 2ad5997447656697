// SPDX-License-Identifier: GPL-2.0-only
/* The known name that is nearest to a mistyped one, for "did you mean". */
#include "lib/nearest.h"

#define MAX_LEN 64

static size_t min(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters must be put in, taken out or changed. */
static size_t distance(const char *a, const char *b)
{
	size_t row[MAX_LEN + 1], len = strlen(b), j;

	if (len > MAX_LEN)
		return SIZE_MAX;
	for (j = 0; j <= len; j++)
		row[j] = j;
	for (; *a; a++) {
		size_t diagonal = row[0]++;

		for (j = 1; j <= len; j++) {
			size_t above = row[j];

			row[j] = min(diagonal + (*a != b[j - 1]),
				     min(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[len];
}

const char *nearest(const char *typed, const char *const *names, size_t nr)
{
	size_t best = SIZE_MAX, i;
	const char *found = NULL;

	for (i = 0; i < nr; i++) {
		size_t d = distance(typed, names[i]);

		if (d >= best || d > 1 + strlen(names[i]) / 3)
			continue;
		best = d;
		found = names[i];
	}
	if (found || strlen(typed) < 3)
		return found;
	for (i = 0; i < nr; i++)
		if (strstr(names[i], typed))
			return names[i];
	return NULL;
}
