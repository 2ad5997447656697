// SPDX-License-Identifier: GPL-2.0-only
/* Lists of strings that grow, for command lines and lists of names. */
#include "lib/strvec.h"

#include <stdarg.h>

#include "lib/alloc.h"
#include "lib/diag.h"

char *strvec_nothing[1];

void strvec_release(struct strvec *sv)
{
	if (sv->alloc)
		strv_free(sv->v);
	*sv = (struct strvec)STRVEC_INIT;
}

static void strvec_grow(struct strvec *sv, size_t more)
{
	if (!sv->alloc)
		sv->v = NULL;
	ALLOC_GROW(sv->v, sv->nr + more + 1, sv->alloc);
	sv->v[sv->nr] = NULL;
}

char **strvec_detach(struct strvec *sv)
{
	char **list;

	strvec_grow(sv, 0);
	list = sv->v;
	*sv = (struct strvec)STRVEC_INIT;
	return list;
}

void strvec_push_nodup(struct strvec *sv, char *s)
{
	strvec_grow(sv, 1);
	sv->v[sv->nr++] = s;
	sv->v[sv->nr] = NULL;
}

void strvec_push(struct strvec *sv, const char *s)
{
	strvec_push_nodup(sv, xstrdup(s));
}

void strvec_pushf(struct strvec *sv, const char *fmt, ...)
{
	va_list args;
	char *s;
	int len;

	va_start(args, fmt);
	len = vasprintf(&s, fmt, args);
	va_end(args);
	if (len < 0)
		die("out of memory");
	strvec_push_nodup(sv, s);
}

void strvec_pushv(struct strvec *sv, const char *const *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		strvec_push(sv, list[i]);
}

bool strvec_has(const struct strvec *sv, const char *s)
{
	return strv_has(sv->v, sv->nr, s);
}

bool strv_has(char *const *list, size_t nr, const char *s)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(list[i], s))
			return true;
	return false;
}

int strv_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void strv_free(char **list)
{
	size_t i;

	for (i = 0; list && list[i]; i++)
		free(list[i]);
	free(list);
}
