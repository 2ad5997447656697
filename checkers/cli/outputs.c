// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where reports go: from the options --format and -o, for all commands that
 * write one.
 */
#include "cli/outputs.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"

static struct output *new_output(struct outputs *outputs)
{
	ALLOC_GROW(outputs->list, outputs->nr + 1, outputs->alloc);
	outputs->list[outputs->nr] = (struct output){ NULL, NULL };
	return &outputs->list[outputs->nr++];
}

static struct output *last_output(struct outputs *outputs)
{
	return outputs->nr ? &outputs->list[outputs->nr - 1] :
			     new_output(outputs);
}

void outputs_add_format(struct outputs *outputs,
			const struct report_format *format)
{
	struct output *o = last_output(outputs);

	if (o->format)
		o = new_output(outputs);
	o->format = format;
}

void outputs_add_path(struct outputs *outputs, const char *path)
{
	struct output *o = last_output(outputs);

	if (o->path)
		o = new_output(outputs);
	o->path = path;
}

void outputs_finish(struct outputs *outputs)
{
	size_t i;

	last_output(outputs);
	for (i = 0; i < outputs->nr; i++)
		if (!outputs->list[i].format)
			outputs->list[i].format = report_format_find("text");
}

/* NULL for stdout. */
static const char *file_of(const struct output *o)
{
	return o->path && strcmp(o->path, "-") ? o->path : NULL;
}

const char *outputs_path(const struct outputs *outputs)
{
	return file_of(&outputs->list[outputs->nr - 1]);
}

/* Whether both names are of the same file, which need not exist. */
static bool same_file(const char *a, const char *b)
{
	struct stat st_a, st_b;
	char *dir_a, *dir_b;
	bool same;

	if (!a || !b)
		return a == b;
	if (!strcmp(a, b))
		return true;
	if (!stat(a, &st_a) && !stat(b, &st_b))
		return st_a.st_dev == st_b.st_dev && st_a.st_ino == st_b.st_ino;
	if (strcmp(path_basename(a), path_basename(b)))
		return false;
	dir_a = path_dirname(a);
	dir_b = path_dirname(b);
	same = !strcmp(dir_a, dir_b) || (!stat(dir_a, &st_a) &&
		!stat(dir_b, &st_b) && st_a.st_dev == st_b.st_dev &&
		st_a.st_ino == st_b.st_ino);
	free(dir_a);
	free(dir_b);
	return same;
}

int outputs_check(const struct outputs *outputs)
{
	size_t i, j;

	for (i = 0; i < outputs->nr; i++) {
		const char *path = file_of(&outputs->list[i]);

		for (j = 0; j < i; j++)
			if (same_file(path, file_of(&outputs->list[j])))
				return error("two reports would go to %s: give each --format a -o FILE of its own",
					     path ? path : "stdout");
		if (report_writable(path))
			return -1;
	}
	return 0;
}

bool outputs_have(const struct outputs *outputs, const char *path)
{
	size_t i;

	for (i = 0; i < outputs->nr; i++) {
		const char *own = file_of(&outputs->list[i]);

		if (own && same_file(own, path))
			return true;
	}
	return false;
}

static bool is_on(enum output_when when, bool is_terminal)
{
	return when == OUTPUT_ALWAYS || (when == OUTPUT_AUTO && is_terminal);
}

/* https://no-color.org */
static bool likes_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return !(no && *no) && term && *term && strcmp(term, "dumb");
}

static struct text_style style_of(const struct outputs *outputs,
				  const struct output *o)
{
	bool is_terminal = !file_of(o) && isatty(STDOUT_FILENO);
	struct winsize size = { 0 };

	if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		size.ws_col = 0;
	return (struct text_style){
		.colour = is_on(outputs->colour, is_terminal && likes_colour()),
		.source = is_on(outputs->source, is_terminal),
		.width = size.ws_col,
	};
}

unsigned int outputs_need(const struct outputs *outputs)
{
	unsigned int needs = 0;
	size_t i;

	for (i = 0; i < outputs->nr; i++)
		needs |= outputs->list[i].format->needs |
			(style_of(outputs, &outputs->list[i]).source ?
			 FORMAT_SOURCE : 0);
	return needs;
}

static enum outputs_part part_of(const struct output *o)
{
	return !file_of(o) && o->format->lines ? OUTPUTS_LINES : OUTPUTS_REST;
}

int outputs_write(const struct outputs *outputs, const struct report *report,
		  enum outputs_part part)
{
	size_t i;
	int ret = 0;

	for (i = 0; i < outputs->nr; i++) {
		const struct output *o = &outputs->list[i];
		struct report styled = *report;

		styled.style = style_of(outputs, o);
		if ((part_of(o) & part) &&
		    report_write(&styled, o->format, file_of(o)))
			ret = -1;
	}
	return ret;
}

void outputs_release(struct outputs *outputs)
{
	free(outputs->list);
	*outputs = (struct outputs)OUTPUTS_INIT;
}
