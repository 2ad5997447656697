/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_STRVEC_H
#define LIB_STRVEC_H
#include "lib/compat.h"
/*
 * A list of strings that grows: the words of a command, the names of files;
 * git's strvec is the model. What always holds:
 *
 *  - `v` is never NULL and v[nr] is NULL: it can be given to execv(3).
 *  - The strings are the strvec's, and so is the list.
 *  - It starts as STRVEC_INIT (never as zeroed memory) and ends with
 *    strvec_release() or strvec_detach(), both of which leave a STRVEC_INIT.
 *
 * Out of memory is death, as with xmalloc().
 */
struct strvec {
	char **v;
	size_t nr, alloc;	/* alloc is 0 if `v` is the static empty list */
};

extern char *strvec_nothing[1];
#define STRVEC_INIT { .v = strvec_nothing }

void strvec_release(struct strvec *sv);

/* The list for the caller, who gives it to strv_free(). */
char **strvec_detach(struct strvec *sv);

/* Add a copy of `s`, what printf(3) makes of it, or all of a list. */
void strvec_push(struct strvec *sv, const char *s);
void strvec_pushf(struct strvec *sv, const char *fmt, ...) printf_like(2, 3);
void strvec_pushv(struct strvec *sv, const char *const *list, size_t nr);
/* Add `s` itself, which is the strvec's from now on. */
void strvec_push_nodup(struct strvec *sv, char *s);

bool strvec_has(const struct strvec *sv, const char *s);

/* The strings for what does not change them. */
static inline const char *const *strvec_list(const struct strvec *sv)
{
	return (const char *const *)sv->v;
}

/* Whether one of the `nr` strings of the list is `s`. */
bool strv_has(char *const *list, size_t nr, const char *s);

/* For qsort(3) of a list of strings. */
int strv_compare(const void *a, const void *b);

/* Free a NULL-terminated list and its strings; NULL is none. */
void strv_free(char **list);

#endif
