// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats.h"

#include <errno.h>

#include "lib/strbuf.h"

static void write_place(struct strbuf *out, const struct location *loc)
{
	strbuf_addf(out, "%s:%u:%u: ", loc->file, loc->line, loc->column);
}

static void write_finding(struct strbuf *out, const struct finding *f)
{
	size_t i;

	write_place(out, &f->loc);
	strbuf_addf(out, "%s: %s [%s]\n", level_name(f->level), f->message,
		    f->rule);
	for (i = 0; i < f->nr_trace; i++) {
		write_place(out, &f->trace[i].loc);
		strbuf_addf(out, "note: %s\n", f->trace[i].message);
	}
}

/* checkpatch --terse: "file:line: LEVEL: text". */
static void write_line(struct strbuf *out, const struct finding *f)
{
	static const char *const levels[] = {
		[LEVEL_NOTE] = "CHECK",
		[LEVEL_WARNING] = "WARNING",
		[LEVEL_ERROR] = "ERROR",
	};

	strbuf_addf(out, "%s:%u: %s: %s [%s]\n", f->loc.file, f->loc.line,
		    levels[f->level], f->message, f->rule);
}

static int write_each(const struct report *report, FILE *out,
		      void (*write_one)(struct strbuf *out,
					const struct finding *f))
{
	size_t i;

	for (i = 0; i < report->findings->nr; i++) {
		const struct finding *f = &report->findings->list[i];
		struct strbuf text = STRBUF_INIT;
		bool ok;

		if (!report_shows(report, f))
			continue;
		write_one(&text, f);
		ok = fwrite(text.buf, 1, text.len, out) == text.len;
		strbuf_release(&text);
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
