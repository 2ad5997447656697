// SPDX-License-Identifier: GPL-2.0-only
/* Adds a parameter to the kernel-doc comments of a function; for fix.c. */
#include "fix/kerneldoc.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* The text of a comment line behind its asterisk; NULL for other lines. */
static const char *content(const char *line)
{
	line += strspn(line, " \t");
	if (*line != '*' || line[1] == '/')
		return NULL;
	line++;
	return line + strspn(line, " \t");
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end ? end + 1 : line + strlen(line);
}

static bool is_about(const char *line, const char *function)
{
	const char *p = content(line);
	size_t len = strlen(function);

	if (p && !strncmp(p, "function ", 9))
		p += 9;
	return p && !strncmp(p, function, len) &&
	       strchr(" \t\n:(-", p[len]) && p[len];
}

static bool describes(const char *line, const char *name)
{
	const char *p = content(line);
	size_t len = strlen(name);

	return p && *p == '@' && !strncmp(p + 1, name, len) && p[len + 1] == ':';
}

static bool ends_parameter(const char *line)
{
	const char *p = content(line);

	return !p || *p == '\n' || !*p || !strncmp(p, "Return", 6) ||
	       !strncmp(p, "Context:", 8);
}

/*
 * Where the description belongs in the comment that begins at `open`; NULL if
 * the comment is about another function or needs no description.
 */
static const char *find_place(const char *open, const char *function,
			      const char *name)
{
	const char *line = next_line(open), *place = NULL;
	bool in_parameter = false;

	if (!is_about(line, function))
		return NULL;
	for (; content(line); line = next_line(line)) {
		if (describes(line, name))
			return NULL;
		if (content(line)[0] == '@')
			in_parameter = true;
		else if (ends_parameter(line))
			in_parameter = false;
		if (in_parameter)
			place = next_line(line);
	}
	return place;
}

/* Indented as the other lines of the comment. */
static void put_description(FILE *out, const char *open, const char *name,
			    const char *description)
{
	const char *star = next_line(open);
	size_t len = strspn(star, " \t");

	fprintf(out, "%.*s* @%s: %s\n", (int)len, star, name, description);
}

int kerneldoc_add(const char *path, const char *function, const char *name,
		  const char *description)
{
	struct newfile out = NEWFILE_INIT;
	char *text = path_read(path, NULL);
	const char *p, *from = text, *place;

	if (!text)
		return error_errno("cannot read %s", path);
	if (newfile_open(&out, path)) {
		free(text);
		return -1;
	}
	for (p = text; (p = strstr(p, "/**\n")); p++) {
		place = find_place(p, function, name);
		if (!place)
			continue;
		fwrite(from, 1, (size_t)(place - from), out.stream);
		put_description(out.stream, p, name, description);
		from = place;
	}
	fputs(from, out.stream);
	free(text);
	return newfile_commit(&out);
}
