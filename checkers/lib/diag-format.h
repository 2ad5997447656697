/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_DIAG_FORMAT_H
#define LIB_DIAG_FORMAT_H
#include "lib/compat.h"

#include <stdarg.h>
/*
 * The text of a message of diag.h. What "%s" stands for may be somebody else's:
 * control characters are escaped as git does, so that a name cannot end the
 * line and begin another one. Where "\n" stands before "%s", that is a text of
 * several lines; each of them is indented.
 *
 * Returns a string that the caller frees. It is a BUG if a conversion is none of
 * those of numbers, "%c" and "%s".
 */
char *diag_format(const char *fmt, va_list args);

#endif
