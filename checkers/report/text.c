// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats.h"

#include <errno.h>

#include "lib/diag.h"

static void write_place(FILE *out, const struct location *loc)
{
	fprintf(out, "%s:%u:%u: ", loc->file, loc->line, loc->column);
}

static void write_finding(FILE *out, const struct finding *f)
{
	size_t i;

	write_place(out, &f->loc);
	fprintf(out, "%s: %s [%s]\n", level_name(f->level), f->message,
		f->rule);
	for (i = 0; i < f->nr_trace; i++) {
		write_place(out, &f->trace[i].loc);
		fprintf(out, "note: %s\n", f->trace[i].message);
	}
}

/* checkpatch --terse: "file:line: LEVEL: text". */
static void write_line(FILE *out, const struct finding *f)
{
	static const char *const levels[] = {
		[LEVEL_NOTE] = "CHECK",
		[LEVEL_WARNING] = "WARNING",
		[LEVEL_ERROR] = "ERROR",
	};

	fprintf(out, "%s:%u: %s: %s [%s]\n", f->loc.file, f->loc.line,
		levels[f->level], f->message, f->rule);
}

static int write_each(const struct report *report, FILE *out,
		      void (*write_one)(FILE *out, const struct finding *f))
{
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		char *text = NULL;
		size_t len;
		FILE *memory;
		bool ok;

		if (!report_shows(report, f))
			continue;
		memory = open_memstream(&text, &len);
		if (!memory)
			die("out of memory");
		write_one(memory, f);
		if (fclose(memory))
			die("out of memory");
		ok = fwrite(text, 1, len, out) == len;
		free(text);
		if (!ok)
			return -1;
	}
	return 0;
}

int report_text(const struct report *report, FILE *out)
{
	return write_each(report, out, write_finding);
}

int report_terse(const struct report *report, FILE *out)
{
	return write_each(report, out, write_line);
}
