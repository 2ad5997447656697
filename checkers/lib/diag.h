/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_DIAG_H
#define LIB_DIAG_H
#include "lib/compat.h"
/*
 * What dmacheck says on stderr about itself. What it says about the code it
 * reads is a finding and goes through report/. One message is one write(2),
 * a line "dmacheck: error: ..." without the caller's newline; a progress bar
 * that is on the terminal is cleared first.
 *
 * error   the tool, or one part of its job, failed
 * warning the job goes on, but the user should know
 * note    goes on as asked; only said where the user can use it
 * BUG     dmacheck itself is wrong: says where, then abort(3)
 */

/* The exit status of all commands (DESIGN: command line). */
enum exit_status {
	EXIT_CLEAN = 0,		/* nothing found at level warning or above */
	EXIT_FINDINGS = 1,	/* something found */
	EXIT_FAILED = 2,	/* the job could not be done */
	EXIT_MISCONFIGURED = 3,	/* of patch --hook: what it is to do is wrong */
};

/* -q hides notes, -v shows verbose(); set once by the option parser. */
extern int diag_verbosity;	/* -1 quiet, 0 normal, 1 and up verbose */

/*
 * Where dmacheck is a guest, in somebody else's build: errors are said as
 * warnings, and die() is no failure.
 */
extern bool diag_is_guest;

/* Say what failed and what to do about it, remove temporary files, exit 2. */
void die(const char *fmt, ...) printf_like(1, 2) __attribute__((noreturn));

/* Say what failed; returns -1 so that "return error(...)" reads well. */
int error(const char *fmt, ...) printf_like(1, 2);

/*
 * Stands in errno for what no number of the system's says: what should be read
 * is a FIFO, a device or the like.
 */
#define ENOTREGULAR 0x10001

/* strerror(3) that knows this number, too. */
const char *diag_strerror(int number);

/* As error(), with ": " and diag_strerror(errno) at the end; keeps errno. */
int error_errno(const char *fmt, ...) printf_like(1, 2);

void warning(const char *fmt, ...) printf_like(1, 2);

/* Hidden by -q. */
void note(const char *fmt, ...) printf_like(1, 2);

/* The same about this run alone: diag_record() does not see it. */
void warning_once(const char *fmt, ...) printf_like(1, 2);
void note_once(const char *fmt, ...) printf_like(1, 2);

/* Shown by -v only. */
void verbose(const char *fmt, ...) printf_like(1, 2);

#define BUG(...) diag_bug(__FILE__, __LINE__, __VA_ARGS__)
void diag_bug(const char *file, int line, const char *fmt, ...)
	printf_like(3, 4) __attribute__((noreturn));

/*
 * From here on, record in the open file `fd` what error(), warning() and note()
 * say, here and in processes that are started; -1: no longer. The descriptor is
 * the caller's.
 */
void diag_record(int fd);

/* Whether what was recorded, `len` bytes, is without an error(). */
bool diag_repeatable(const char *record, size_t len);

/* Say it again. */
void diag_repeat(const char *record, size_t len);

/*
 * Called before a message is written, to take a progress bar off the
 * terminal. NULL for none.
 */
extern void (*diag_before_message)(void);

#endif
