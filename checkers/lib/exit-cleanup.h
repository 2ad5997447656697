/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_EXIT_CLEANUP_H
#define LIB_EXIT_CLEANUP_H
#include "lib/compat.h"
/*
 * Functions that run when dmacheck ends: by exit(3), or by a signal (SIGINT,
 * SIGTERM, SIGHUP, SIGQUIT, SIGPIPE) after which it dies of that same signal,
 * so that a shell or make sees why. A signal that was ignored when dmacheck
 * was started stays ignored. _exit(2), SIGKILL and a crash run nothing.
 *
 * They run in the process that registered them only, never in its fork()ed
 * children, phase by phase: what still runs is stopped before what it may
 * write to is removed.
 */
enum exit_cleanup_phase {
	EXIT_CLEANUP_STOP,		/* stop child processes */
	EXIT_CLEANUP_REMOVE,	/* remove files and folders */
	EXIT_CLEANUP_PHASES
};

/*
 * Call `fn` when the process ends; with `in_signal` it may only call functions of
 * signal-safety(7). Registering the same function again does nothing.
 */
void exit_cleanup(enum exit_cleanup_phase phase, void (*fn)(bool in_signal));

/*
 * Hold back the signals above, and let them through again. The calls nest.
 * For the few lines that change what the functions look at.
 */
void exit_cleanup_block(void);
void exit_cleanup_unblock(void);

#endif
