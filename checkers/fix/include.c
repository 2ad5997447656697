// SPDX-License-Identifier: GPL-2.0-only
/* Finds the place of a new #include in a C file, and adds it; for fix.c. */
#include "fix/include.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/tempfile.h"

/* "linux/mm.h>..." of an #include line; NULL for another line. */
static const char *included(const char *line)
{
	line += strspn(line, " \t");
	if (*line != '#')
		return NULL;
	line += 1 + strspn(line + 1, " \t");
	if (strncmp(line, "include", 7))
		return NULL;
	line += 7 + strspn(line + 7, " \t");
	return *line == '<' || *line == '"' ? line + 1 : NULL;
}

static bool begins_conditional(const char *line)
{
	return !strncmp(line, "#if", 3);
}

static bool ends_conditional(const char *line)
{
	return !strncmp(line, "#endif", 6);
}

/* The search, line by line. */
struct search {
	const char *header;
	size_t folder;		/* length of "linux/" */
	unsigned int first, behind, before;	/* lines, 0: none yet */
	bool has;
};

static void see_include(struct search *s, const char *name, unsigned int line)
{
	size_t len = strlen(s->header);

	if (!strncmp(name, s->header, len) && strchr(">\"", name[len]))
		s->has = true;
	if (!s->first)
		s->first = line;
	if (strncmp(name, s->header, s->folder) || name[-1] != '<')
		return;
	s->behind = line + 1;
	if (!s->before && strncmp(name, s->header, len) > 0)
		s->before = line;
}

static unsigned int find_line(const char *text, const char *header)
{
	const char *slash = strrchr(header, '/');
	struct search s = { .header = header,
		.folder = slash ? (size_t)(slash - header) + 1 : 0 };
	unsigned int line = 1, depth = 0;
	const char *p;

	for (p = text; p && *p; line++) {
		const char *name = included(p);

		depth += begins_conditional(p);
		depth -= depth && ends_conditional(p);
		if (name && !depth)
			see_include(&s, name, line);
		p = strchr(p, '\n');
		if (p)
			p++;
	}
	return s.has ? 0 : s.before ? s.before : s.behind ? s.behind : s.first;
}

unsigned int include_line(const char *path, const char *header)
{
	char *text = path_read(path, NULL);
	unsigned int line = text ? find_line(text, header) : 0;

	free(text);
	return line;
}

int include_add(const char *path, const char *header)
{
	struct newfile out = NEWFILE_INIT;
	char *text = path_read(path, NULL), *p = text;
	unsigned int line;

	if (!text)
		return error_errno("cannot read %s", path);
	line = find_line(text, header);
	if (!line || newfile_open(&out, path)) {
		free(text);
		return line ? -1 : 0;
	}
	while (--line)
		p = strchr(p, '\n') + 1;
	fwrite(text, 1, (size_t)(p - text), out.stream);
	fprintf(out.stream, "#include <%s>\n", header);
	fputs(p, out.stream);
	free(text);
	return newfile_commit(&out);
}
