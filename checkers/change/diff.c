// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads file names, hunks and line numbers of unified diffs; for apply.c and
 * hunks.c.
 */
#include "change/source.h"

#include "lib/alloc.h"
#include "lib/quote.h"
#include "lib/strbuf.h"

/* --- names --- */

bool diff_path_is_safe(const char *path)
{
	const char *part = path;

	if (!*path || *path == '/')
		return false;
	for (;;) {
		size_t len = strcspn(part, "/");

		if (!len || (len == 1 && part[0] == '.') ||
		    (len == 2 && !strncmp(part, "..", 2)) ||
		    (len == 4 && !strncasecmp(part, ".git", 4)))
			return false;
		if (!part[len])
			return true;
		part += len + 1;
	}
}

static char *strip_parts(char *name, unsigned int strip)
{
	char *p = name, *rest;

	for (; name && strip; strip--) {
		p = strchr(p, '/');
		if (!p) {
			free(name);
			return NULL;
		}
		p += strspn(p, "/");
	}
	rest = name ? xstrdup(p) : NULL;
	free(name);
	return rest;
}

/* The name at `p`, up to the end of the line or a tab (a time follows). */
static char *read_name(const char *p, unsigned int strip)
{
	const char *end;
	char *name;
	size_t len;

	if (*p == '"')
		return strip_parts(unquote_path(p, &end), strip);
	len = strcspn(p, "\t\r\n");
	name = xstrndup(p, len);
	if (strip && !strcmp(name, "/dev/null")) {
		free(name);
		return NULL;
	}
	return strip_parts(name, strip);
}

/* --- lines --- */

struct reading {
	const char *text;
	struct diff *diff;
	unsigned int strip;
	struct diff_file *file;		/* the one at work, or NULL */
	bool git;			/* it began with "diff --git" */
	unsigned int old_left, new_left;	/* lines of the hunk */
	unsigned int number;
};

static bool starts(const char *line, const char *with)
{
	return !strncmp(line, with, strlen(with));
}

static void start_file(struct reading *r, const char *line, bool git)
{
	struct diff *d = r->diff;

	if (d->nr)
		d->files[d->nr - 1].end = (size_t)(line - r->text);
	ALLOC_GROW(d->files, d->nr + 1, d->alloc);
	r->file = &d->files[d->nr++];
	memset(r->file, 0, sizeof(*r->file));
	r->file->start = (size_t)(line - r->text);
	r->file->complete = !git;
	r->git = git;
	r->number = 0;
}

static void set_name(char **to, char *name)
{
	free(*to);
	*to = name;
}

/* "a/x b/x": both halves are the same name except for what is stripped. */
static void read_git_line(struct reading *r, const char *line)
{
	const char *p = line + strlen("diff --git ");
	size_t len = strcspn(p, "\r\n");
	const char *middle;
	char *from = NULL, *to = NULL;

	start_file(r, line, true);
	if (*p == '"') {
		from = strip_parts(unquote_path(p, &middle), r->strip);
		to = from ? read_name(middle + strspn(middle, " "),
				      r->strip) : NULL;
	} else if (len && p[len - 1] == '"' && (middle = strstr(p, " \""))) {
		from = strip_parts(xstrndup(p, (size_t)(middle - p)),
				   r->strip);
		to = read_name(middle + 1, r->strip);
	}
	for (middle = p; !from && (middle = strchr(middle, ' ')) &&
	     middle < p + len; middle++) {
		char *a = strip_parts(xstrndup(p, (size_t)(middle - p)),
				      r->strip);
		char *b = read_name(middle + 1, r->strip);

		if (a && b && !strcmp(a, b)) {
			from = a;
			free(to);
			to = b;
			break;
		}
		free(a);
		free(b);
	}
	r->file->from = from;
	r->file->to = to;
}

/*
 * "index FROM..TO" announces lines, unless one side has no file and the other
 * one an empty file (in SHA-1 or SHA-256).
 */
static bool is_empty_file(const char *line)
{
	static const char *const empty[] = { "e69de29", "473a0f4" };
	const char *dots = strstr(line, "..");
	size_t i;

	for (i = 0; dots && i < ARRAY_SIZE(empty); i++)
		if (starts(line + 6, empty[i]) || starts(dots + 2, empty[i]))
			return true;
	return false;
}

/* One of the lines between "diff --git" and the first hunk. */
static void read_header(struct reading *r, const char *line)
{
	struct diff_file *f = r->file;

	if (starts(line, "rename from ")) {
		set_name(&f->from, read_name(line + 12, 0));
		f->renamed = f->complete = true;
	} else if (starts(line, "rename to ")) {
		set_name(&f->to, read_name(line + 10, 0));
	} else if (starts(line, "copy from ")) {
		set_name(&f->from, read_name(line + 10, 0));
		f->complete = true;
	} else if (starts(line, "copy to ")) {
		set_name(&f->to, read_name(line + 8, 0));
	} else if (starts(line, "new file mode")) {
		set_name(&f->from, NULL);
	} else if (starts(line, "deleted file mode")) {
		set_name(&f->to, NULL);
	} else if (starts(line, "index ")) {
		f->complete = is_empty_file(line);
	} else if (starts(line, "Binary files ")) {
		f->binary = f->complete = true;
	} else if (starts(line, "GIT binary patch") ||
		   starts(line, "new mode ")) {
		f->complete = true;
	}
}

/* "@@ -10,7 +10,8 @@": how many lines follow. */
static bool read_hunk(struct reading *r, const char *line)
{
	unsigned int from, to, old = 1, new = 1;
	struct diff *d = r->diff;
	struct diff_hunk *h;
	int n = 0;

	if (sscanf(line, "@@ -%u%n", &from, &n) != 1 || !n)
		return false;
	line += n;
	if (*line == ',')
		old = (unsigned int)strtoul(line + 1, (char **)&line, 10);
	if (!starts(line, " +"))
		return false;
	to = (unsigned int)strtoul(line + 2, (char **)&line, 10);
	if (*line == ',')
		new = (unsigned int)strtoul(line + 1, (char **)&line, 10);
	if (!starts(line, " @@"))
		return false;
	r->file->complete = true;
	r->old_left = old;
	r->new_left = new;
	ALLOC_GROW(d->hunks, d->nr_hunks + 1, d->alloc_hunks);
	h = &d->hunks[d->nr_hunks++];
	h->file = (uint32_t)(d->nr - 1);
	h->from = from;
	h->to = to;
	h->nr_to = new;
	h->number = ++r->number;
	return true;
}

static void read_diff_line(struct reading *r, const char *line, const char *next)
{
	if (r->old_left || r->new_left) {
		r->diff->removed += *line == '-';
		r->diff->added += *line == '+';
		if (*line == '-' || *line == ' ' || *line == '\n' ||
		    *line == '\r')
			r->old_left -= r->old_left > 0;
		if (*line == '+' || *line == ' ' || *line == '\n' ||
		    *line == '\r')
			r->new_left -= r->new_left > 0;
		return;
	}
	if (starts(line, "diff --git ")) {
		read_git_line(r, line);
	} else if (starts(line, "--- ") && starts(next, "+++ ")) {
		/* For git, "Binary files differ" ends a section. */
		if (!r->file || !r->git || r->number || r->file->binary)
			start_file(r, line, false);
		set_name(&r->file->from, read_name(line + 4, r->strip));
		set_name(&r->file->to, read_name(next + 4, r->strip));
	} else if (r->file && starts(line, "@@ -")) {
		if (read_hunk(r, line))
			r->diff->hunks[r->diff->nr_hunks - 1].header =
				xstrndup(line, strcspn(line, "\r\n"));
	} else if (starts(line, "*** ") && starts(next, "--- ")) {
		r->diff->context = true;
	} else if (r->file && r->git && !r->number) {
		read_header(r, line);
	}
}

static void check_names(struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr && !diff->bad; i++) {
		const struct diff_file *f = &diff->files[i];

		if (f->from && !diff_path_is_safe(f->from))
			diff->bad = xstrdup(f->from);
		else if (f->to && !diff_path_is_safe(f->to))
			diff->bad = xstrdup(f->to);
	}
}

void diff_read(struct diff *diff, const char *text, unsigned int strip)
{
	struct reading r = { .text = text, .diff = diff, .strip = strip };
	const char *line, *next;

	for (line = text; *line; line = next) {
		next = strchr(line, '\n');
		next = next ? next + 1 : line + strlen(line);
		read_diff_line(&r, line, next);
	}
	if (diff->nr)
		diff->files[diff->nr - 1].end = (size_t)(line - text);
	check_names(diff);
}

void diff_release(struct diff *diff)
{
	size_t i;

	for (i = 0; i < diff->nr; i++) {
		free(diff->files[i].from);
		free(diff->files[i].to);
	}
	free(diff->files);
	for (i = 0; i < diff->nr_hunks; i++)
		free(diff->hunks[i].header);
	free(diff->hunks);
	free(diff->bad);
	*diff = (struct diff)DIFF_INIT;
}
