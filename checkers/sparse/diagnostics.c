// SPDX-License-Identifier: GPL-2.0-only
/* Parses the output of sparse line by line; for sparse.c. */
#include "sparse/diagnostics.h"

#include "lib/alloc.h"

/* "file:line:column: " at the start of a line. */
struct place {
	const char *file;
	size_t file_len;
	unsigned int line, column;
};

/* The number at *p, with a colon behind it. */
static bool read_number(const char **p, unsigned int *number)
{
	const char *digit = *p;

	*number = 0;
	for (; *digit >= '0' && *digit <= '9'; digit++) {
		if (*number > 100000000)
			return false;
		*number = *number * 10 + (unsigned int)(*digit - '0');
	}
	if (digit == *p || *digit != ':')
		return false;
	*p = digit + 1;
	return true;
}

/* The text behind the place; NULL if the line does not begin with one. */
static const char *read_place(struct place *place, const char *line)
{
	const char *colon = strchr(line, ':');

	for (; colon && colon > line; colon = strchr(colon + 1, ':')) {
		const char *p = colon + 1;

		if (!read_number(&p, &place->line) ||
		    !read_number(&p, &place->column) || *p != ' ')
			continue;
		place->file = line;
		place->file_len = (size_t)(colon - line);
		return p + 1;
	}
	return NULL;
}

/* The rest of `s` behind `prefix`, or NULL. */
static const char *behind(const char *s, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(s, prefix, len) ? NULL : s + len;
}

static bool is_argument(const char *message, struct sparse_diagnostic *d)
{
	const char *rest = behind(message, "warning: incorrect type in argument ");
	char *end;

	if (!rest)
		return false;
	d->argument = (unsigned int)strtoul(rest, &end, 10);
	if (end == rest)
		return false;
	if (!strcmp(end, " (different address spaces)"))
		d->kind = SPARSE_SPACE;
	else if (!strcmp(end, " (different base types)"))
		d->kind = SPARSE_BASE;
	else
		return false;
	return true;
}

static bool is_cast(const char *message, struct sparse_diagnostic *d)
{
	const char *rest = behind(message,
				  "warning: cast removes address space '");

	if (!rest)
		return false;
	d->kind = SPARSE_CAST;
	d->got = xstrndup(rest, strcspn(rest, "'"));
	return true;
}

/* "   expected T", "   got T": continues the line before. */
static bool is_type(const char *message, struct sparse_diagnostic *last)
{
	const char *expected = behind(message, "   expected ");
	const char *got = behind(message, "   got ");

	if (!expected && !got)
		return false;
	if (last && last->kind != SPARSE_CAST) {
		char **slot = expected ? &last->expected : &last->got;

		if (!*slot)
			*slot = xstrdup(expected ? expected : got);
	}
	return true;
}

static void read_error(struct sparse_diagnostics *d, const struct place *place,
		       const char *text)
{
	if (!d->errors++)
		d->first_error = xstrfmt("%.*s:%u: %s", (int)place->file_len,
					 place->file, place->line, text);
}

/* Returns the diagnostic that `expected` and `got` in the next lines are for, or NULL. */
static struct sparse_diagnostic *
read_line(struct sparse_diagnostics *d, const char *line,
	  struct sparse_diagnostic *last)
{
	struct sparse_diagnostic one = { 0 };
	struct place place;
	const char *message = read_place(&place, line), *text;

	if (!message) {
		/* "x.c: note: in included file (through ...):" */
		if (!d->strange && *line && !strstr(line, ": note: "))
			d->strange = xstrndup(line, 120);
		return NULL;
	}
	if (is_type(message, last))
		return last;
	text = behind(message, "error: ");
	if (text)
		read_error(d, &place, text);
	if (!is_argument(message, &one) && !is_cast(message, &one))
		return NULL;
	one.file = xstrndup(place.file, place.file_len);
	one.line = place.line;
	one.column = place.column;
	ALLOC_GROW(d->list, d->nr + 1, d->alloc);
	d->list[d->nr] = one;
	return &d->list[d->nr++];
}

void sparse_diagnostics_read(struct sparse_diagnostics *diagnostics,
			     char *output)
{
	struct sparse_diagnostic *last = NULL;
	char *line;

	while ((line = strsep(&output, "\n")))
		last = read_line(diagnostics, line, last);
}

void sparse_diagnostics_release(struct sparse_diagnostics *diagnostics)
{
	size_t i;

	for (i = 0; i < diagnostics->nr; i++) {
		free(diagnostics->list[i].file);
		free(diagnostics->list[i].expected);
		free(diagnostics->list[i].got);
	}
	free(diagnostics->list);
	free(diagnostics->first_error);
	free(diagnostics->strange);
	*diagnostics =
		(struct sparse_diagnostics)SPARSE_DIAGNOSTICS_INIT;
}
