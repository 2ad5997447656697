/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_COMPAT_H
#define LIB_COMPAT_H
/*
 * The first header of every file of dmacheck: the C library's feature set, a
 * few macros, and the functions that nobody here may call.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
/* Whether `s` begins, or ends, with `text`. */
static inline bool starts_with(const char *s, const char *text)
{
	return !strncmp(s, text, strlen(text));
}

static inline bool ends_with(const char *s, const char *text)
{
	size_t len = strlen(s), n = strlen(text);

	return len >= n && !memcmp(s + len - n, text, n);
}

#define printf_like(fmt, args)	__attribute__((format(printf, fmt, args)))

/* As in git's banned.h: a call is a compile error that names the culprit. */
#define BANNED(func)	sorry_##func##_is_a_banned_function
#undef strcpy
#define strcpy(x, y)	BANNED(strcpy)
#undef strcat
#define strcat(x, y)	BANNED(strcat)
#undef strncpy
#define strncpy(x, y, n)	BANNED(strncpy)
#undef strtok
#define strtok(x, y)	BANNED(strtok)
#undef sprintf
#define sprintf(...)	BANNED(sprintf)
#undef vsprintf
#define vsprintf(...)	BANNED(vsprintf)

#endif
