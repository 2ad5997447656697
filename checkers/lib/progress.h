/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_PROGRESS_H
#define LIB_PROGRESS_H
#include "lib/compat.h"
/*
 * How far a long run has come. On a terminal that is a bar on stderr,
 *
 *	parsing   [==========>         ]  52%  67/128, 1 min left
 *
 * drawn after two seconds of work and taken off before any message of diag.h
 * and at the end. Elsewhere it is a line every ten seconds:
 *
 *	dmacheck: parsing: 67 of 128 (52%), 1 min left
 *
 * The process that started it says it; its fork()ed children say nothing.
 */
enum progress_mode {
	PROGRESS_AUTO,		/* as stderr is, and without -q */
	PROGRESS_ALWAYS,	/* the bar */
	PROGRESS_NEVER,
};

/* Once, after the options are known. The clock starts. */
void progress_init(enum progress_mode mode);

/*
 * A stage called `name` (a string that lives on) begins, which has
 * `total` steps; 0 if that is not known: then the seconds are shown. There is
 * one stage at a time; what is returned is not to be freed. If the last stage
 * that had steps has the same name, it goes on where it was: its time counts.
 */
struct progress *progress_start(const char *name, size_t total);

/*
 * `done` steps are done now, one of them by the caller's work since the last
 * call; others may have been done before. Cheap: call it as often as you like.
 */
void progress_update(struct progress *progress, size_t done);

/* The stage is over, or stops for a while: the bar goes. */
void progress_stop(struct progress *progress);

/*
 * Milliseconds before the bar appears, between two drawings, and before and
 * between lines.
 */
extern unsigned int progress_delay, progress_interval, progress_pause;

#endif
