// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is done when the process ends, by itself or by a signal: temporary files
 * and programs that still run.
 */
#include "lib/exit-cleanup.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "lib/diag.h"

#define MAX_FUNCTIONS	4

static const int deadly[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };

static void (*volatile functions[EXIT_CLEANUP_PHASES][MAX_FUNCTIONS])(bool);
static volatile pid_t owner;
static unsigned int blocked;
static sigset_t mask_before;

static void run_all(bool in_signal)
{
	unsigned int phase, i;

	if (owner != getpid())
		return;
	for (phase = 0; phase < EXIT_CLEANUP_PHASES; phase++)
		for (i = 0; i < MAX_FUNCTIONS; i++)
			if (functions[phase][i])
				functions[phase][i](in_signal);
}

static void at_exit(void)
{
	run_all(false);
}

static void on_signal(int sig)
{
	sigset_t only;

	run_all(true);
	signal(sig, SIG_DFL);
	raise(sig);
	sigemptyset(&only);
	sigaddset(&only, sig);
	pthread_sigmask(SIG_UNBLOCK, &only, NULL);
	_exit(128 + sig);
}

static void deadly_set(sigset_t *set)
{
	size_t i;

	sigemptyset(set);
	for (i = 0; i < ARRAY_SIZE(deadly); i++)
		sigaddset(set, deadly[i]);
}

static void install(void)
{
	struct sigaction action = { .sa_handler = on_signal }, before;
	static bool at_exit_is_known;
	size_t i;

	/* A second signal waits until the first has cleaned up. */
	deadly_set(&action.sa_mask);
	for (i = 0; i < ARRAY_SIZE(deadly); i++)
		if (!sigaction(deadly[i], NULL, &before) &&
		    before.sa_handler == SIG_DFL)
			sigaction(deadly[i], &action, NULL);
	if (!at_exit_is_known)
		atexit(at_exit);
	at_exit_is_known = true;
	owner = getpid();
}

void exit_cleanup(enum exit_cleanup_phase phase, void (*fn)(bool in_signal))
{
	unsigned int i;

	exit_cleanup_block();
	if (owner != getpid()) {
		/* After a fork(): the functions in the list are the parent's. */
		memset((void *)functions, 0, sizeof(functions));
		install();
	}
	for (i = 0; i < MAX_FUNCTIONS; i++) {
		if (functions[phase][i] == fn)
			break;
		if (!functions[phase][i]) {
			functions[phase][i] = fn;
			break;
		}
	}
	if (i == MAX_FUNCTIONS)
		BUG("more than %d functions in phase %d", MAX_FUNCTIONS, phase);
	exit_cleanup_unblock();
}

void exit_cleanup_block(void)
{
	sigset_t set;

	if (blocked++)
		return;
	deadly_set(&set);
	pthread_sigmask(SIG_BLOCK, &set, &mask_before);
}

void exit_cleanup_unblock(void)
{
	if (!blocked)
		BUG("not blocked");
	if (!--blocked)
		pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
}
