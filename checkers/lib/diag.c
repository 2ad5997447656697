// SPDX-License-Identifier: GPL-2.0-only
/* Messages about dmacheck itself, each in one write(2) to stderr. */
#include "lib/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "lib/diag-format.h"

int diag_verbosity;
bool diag_is_guest;
static int record = -1;
void (*diag_before_message)(void);

static void write_all(int fd, const char *buf, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, buf, len);

		if (n < 0) {
			if (errno == EINTR)
				continue;
			return;
		}
		buf += n;
		len -= (size_t)n;
	}
}

static const char *error_level(void)
{
	return diag_is_guest ? "warning: " : "error: ";
}

/* What diag_record() writes: one of these letters, the text, a NUL. */
enum said { SAID_ERROR = 'e', SAID_WARNING = 'w', SAID_NOTE = 'n' };

static void remember(enum said kind, const char *text)
{
	char letter = (char)kind;

	if (record < 0)
		return;
	write_all(record, &letter, 1);
	write_all(record, text, strlen(text) + 1);
}

static void say_text(const char *level, const char *text, const char *tail)
{
	char *line = NULL;
	int len;

	if (diag_before_message)
		diag_before_message();
	len = asprintf(&line, "dmacheck: %s%s%s%s\n", level, text,
		       tail ? ": " : "", tail ? tail : "");
	if (len > 0)
		write_all(STDERR_FILENO, line, (size_t)len);
	free(line);
}

static void say(const char *level, const char *fmt, va_list args,
		const char *tail)
{
	char *text = diag_format(fmt, args);

	say_text(level, text, tail);
	free(text);
}

/* The same, and the next run will say it again: diag_record(). */
static void say_always(enum said kind, const char *fmt, va_list args,
		       const char *tail)
{
	char *text = diag_format(fmt, args);

	remember(kind, text);
	if (kind != SAID_NOTE || diag_verbosity >= 0)
		say_text(kind == SAID_ERROR ? error_level() :
			 kind == SAID_WARNING ? "warning: " : "", text, tail);
	free(text);
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(error_level(), fmt, args, NULL);
	va_end(args);
	exit(diag_is_guest ? EXIT_CLEAN : EXIT_FAILED);
}

int error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_always(SAID_ERROR, fmt, args, NULL);
	va_end(args);
	return -1;
}

const char *diag_strerror(int number)
{
	return number == ENOTREGULAR ? "not a regular file" : strerror(number);
}

int error_errno(const char *fmt, ...)
{
	int saved = errno;
	va_list args;

	va_start(args, fmt);
	say_always(SAID_ERROR, fmt, args, diag_strerror(saved));
	va_end(args);
	errno = saved;
	return -1;
}

void warning(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_always(SAID_WARNING, fmt, args, NULL);
	va_end(args);
}

void warning_once(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("warning: ", fmt, args, NULL);
	va_end(args);
}

void note(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_always(SAID_NOTE, fmt, args, NULL);
	va_end(args);
}

void note_once(const char *fmt, ...)
{
	va_list args;

	if (diag_verbosity < 0)
		return;
	va_start(args, fmt);
	say("", fmt, args, NULL);
	va_end(args);
}

void verbose(const char *fmt, ...)
{
	va_list args;

	if (diag_verbosity < 1)
		return;
	va_start(args, fmt);
	say("", fmt, args, NULL);
	va_end(args);
}

void diag_record(int fd)
{
	record = fd;
}

bool diag_repeatable(const char *said, size_t len)
{
	const char *p, *end = said + len;

	if (len && end[-1])
		return false;
	for (p = said; p < end; p += strlen(p) + 1)
		if (*p != SAID_WARNING && *p != SAID_NOTE)
			return false;
	return true;
}

void diag_repeat(const char *said, size_t len)
{
	const char *p;

	for (p = said; p < said + len; p += strlen(p) + 1) {
		remember((enum said)*p, p + 1);
		if (*p == SAID_WARNING)
			say_text("warning: ", p + 1, NULL);
		else if (diag_verbosity >= 0)
			say_text("", p + 1, NULL);
	}
}

void diag_bug(const char *file, int line, const char *fmt, ...)
{
	va_list args;
	char *level = NULL;

	va_start(args, fmt);
	if (asprintf(&level, "BUG: %s:%d: ", file, line) > 0)
		say(level, fmt, args, NULL);
	va_end(args);
	abort();
}
