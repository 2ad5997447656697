/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_PROGRESS_H
#define LIB_PROGRESS_H
#include "lib/compat.h"
/*
 * A bar on stderr that says how far a long run has come:
 *
 *	parsing   [==========>         ]  52%  67/128
 *
 * It is drawn only after two seconds of work, by the process that started it
 * (its fork()ed children draw nothing), and taken off before any message of
 * diag.h and at the end.
 */
enum progress_mode {
	PROGRESS_AUTO,		/* where stderr is a terminal, and without -q */
	PROGRESS_ALWAYS,
	PROGRESS_NEVER,
};

/* Once, after the options are known. The clock starts. */
void progress_init(enum progress_mode mode);

/*
 * A new stage called `name` (a string that lives on) begins, which has
 * `total` steps; 0 if that is not known: then the seconds are shown. There is
 * one stage at a time; what is returned is not to be freed.
 */
struct progress *progress_start(const char *name, size_t total);

/* `done` steps are done now. Cheap: call it as often as you like. */
void progress_update(struct progress *progress, size_t done);

/* The stage is over: the bar goes. */
void progress_stop(struct progress *progress);

/* Milliseconds before the bar appears, and between two drawings. */
extern unsigned int progress_delay, progress_interval;

#endif
