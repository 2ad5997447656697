// SPDX-License-Identifier: GPL-2.0-only
/* The progress bar on a terminal, and lines of progress elsewhere. */
#include "lib/progress.h"

#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "lib/exit-cleanup.h"
#include "lib/diag.h"

#define NAME_WIDTH 18
#define MAX_WIDTH 100

unsigned int progress_delay = 2000, progress_interval = 100;

static pid_t owner;		/* 0: no bar */
static int64_t started, drawn_at;
static struct progress {
	const char *name;	/* NULL: no stage */
	size_t done, total;
	int64_t began;
} stage;
static volatile int width;	/* of what is on the terminal */

static int64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void put(const char *text, size_t len)
{
	if (write(STDERR_FILENO, text, len) < 0)
		owner = 0;
}

/* Also called from a signal handler. */
static void clear(void)
{
	char blank[MAX_WIDTH + 2];

	if (!width || owner != getpid())
		return;
	memset(blank, ' ', sizeof(blank));
	blank[0] = blank[width + 1] = '\r';
	put(blank, (size_t)width + 2);
	width = 0;
}

static void clear_exit_cleanup(bool in_signal)
{
	(void)in_signal;
	clear();
}

static int columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 40)
		return 79;
	return size.ws_col > MAX_WIDTH ? MAX_WIDTH : size.ws_col - 1;
}

/* "[=====>    ]  52%  67/128" */
static int format_bar(char *text, size_t size, int room)
{
	char tail[64];
	size_t done = stage.done < stage.total ? stage.done : stage.total;
	int percent = (int)(done * 100 / stage.total);
	int bar, full;

	bar = room - 3 - snprintf(tail, sizeof(tail), " %3d%%  %zu/%zu",
				  percent, done, stage.total);
	if (bar < 5)
		return snprintf(text, size, "%s", tail);
	full = (int)((size_t)bar * done / stage.total);
	return snprintf(text, size, "[%.*s%s%*s]%s", full,
			"========================================"
			"============================================================",
			full < bar ? ">" : "", full < bar ? bar - full - 1 : 0,
			"", tail);
}

static void draw(int64_t at)
{
	char text[MAX_WIDTH + 64];
	int room = columns(), len;

	len = snprintf(text, sizeof(text), "\r%-*s ", NAME_WIDTH, stage.name);
	if (stage.total)
		len += format_bar(text + len, sizeof(text) - (size_t)len,
				  room - len + 1);
	else
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				"%lld s", (long long)(at - stage.began) / 1000);
	if (len - 1 > room)
		len = room + 1;
	if (len - 1 < width)
		clear();
	put(text, (size_t)len);
	width = len - 1;
	drawn_at = at;
}

void progress_init(enum progress_mode mode)
{
	if (mode == PROGRESS_NEVER)
		return;
	if (mode == PROGRESS_AUTO &&
	    (!isatty(STDERR_FILENO) || diag_verbosity < 0))
		return;
	owner = getpid();
	started = now();
	diag_before_message = clear;
	exit_cleanup(EXIT_CLEANUP_STOP, clear_exit_cleanup);
}

struct progress *progress_start(const char *name, size_t total)
{
	stage = (struct progress){ name, 0, total, now() };
	drawn_at = 0;
	progress_update(&stage, 0);
	return &stage;
}

void progress_update(struct progress *progress, size_t done)
{
	int64_t at;

	progress->done = done;
	if (!progress->name || !owner || owner != getpid())
		return;
	at = now();
	if (at - started >= progress_delay &&
	    at - drawn_at >= progress_interval)
		draw(at);
}

void progress_stop(struct progress *progress)
{
	progress->name = NULL;
	clear();
}
