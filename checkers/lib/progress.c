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
unsigned int progress_pause = 10000;

static pid_t owner;		/* 0: nothing is shown */
static bool lines;		/* no bar */
static int64_t started, drawn_at, said_at;
static struct progress {
	const char *name;	/* NULL: no stage */
	size_t done, total;
	int64_t began;
	size_t worked;		/* of `done`, what was not done before */
} stage, counted;		/* the last that had steps */
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

/* ", 2 min left": as the steps before took. "" as long as that is not known. */
static const char *time_left(char *text, size_t size, int64_t at)
{
	size_t done = stage.done < stage.total ? stage.done : stage.total;
	int64_t seconds = at - stage.began;

	*text = '\0';
	if (seconds < 2000 || !stage.worked || done == stage.total)
		return text;
	seconds = seconds * (int64_t)(stage.total - done) /
		(int64_t)stage.worked / 1000 + 1;
	if (seconds < 60)
		snprintf(text, size, ", %lld s left", (long long)seconds);
	else
		snprintf(text, size, ", %lld min left",
			 (long long)(seconds + 30) / 60);
	return text;
}

/* "[=====>    ]  52%  67/128" */
static int format_bar(char *text, size_t size, int room, int64_t at)
{
	char tail[96], left[32];
	size_t done = stage.done < stage.total ? stage.done : stage.total;
	int percent = (int)(done * 100 / stage.total);
	int bar, full;

	bar = room - 3 - snprintf(tail, sizeof(tail), " %3d%%  %zu/%zu%s",
				  percent, done, stage.total,
				  time_left(left, sizeof(left), at));
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
				  room - len + 1, at);
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

static void say_line(int64_t at)
{
	char left[32];

	said_at = at;
	if (stage.total)
		note("%s: %zu of %zu (%d%%)%s", stage.name, stage.done,
		     stage.total, (int)(stage.done * 100 / stage.total),
		     time_left(left, sizeof(left), at));
	else
		note("%s: %lld s", stage.name,
		     (long long)(at - stage.began) / 1000);
}

void progress_init(enum progress_mode mode)
{
	if (mode == PROGRESS_NEVER)
		return;
	if (mode == PROGRESS_AUTO && diag_verbosity < 0)
		return;
	lines = mode == PROGRESS_AUTO && !isatty(STDERR_FILENO);
	owner = getpid();
	started = said_at = now();
	counted.name = NULL;
	if (lines)
		return;
	diag_before_message = clear;
	exit_cleanup(EXIT_CLEANUP_STOP, clear_exit_cleanup);
}

static void show(void)
{
	int64_t at;

	if (!stage.name || !owner || owner != getpid())
		return;
	at = now();
	if (lines && at - said_at >= progress_pause)
		say_line(at);
	if (!lines && at - started >= progress_delay &&
	    at - drawn_at >= progress_interval)
		draw(at);
}

struct progress *progress_start(const char *name, size_t total)
{
	if (total && counted.name && !strcmp(counted.name, name)) {
		stage = counted;
		stage.total = total;
	} else {
		stage = (struct progress){ name, 0, total, now(), 0 };
	}
	drawn_at = 0;
	show();
	return &stage;
}

void progress_update(struct progress *progress, size_t done)
{
	progress->done = done;
	progress->worked++;
	show();
}

void progress_stop(struct progress *progress)
{
	if (progress->total)
		counted = *progress;
	progress->name = NULL;
	clear();
}
