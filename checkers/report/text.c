// SPDX-License-Identifier: GPL-2.0-only
#include "report/formats.h"

#include <errno.h>

#include "lib/quote.h"

static void write_place(struct strbuf *out, const struct location *loc)
{
	quote_path(out, loc->file);
	strbuf_addf(out, ":%u:%u: ", loc->line, loc->column);
}

static void write_finding(struct strbuf *out, const struct finding *f)
{
	size_t i;

	write_place(out, &f->loc);
	strbuf_addf(out, "%s: ", level_name(f->level));
	quote_text(out, f->message);
	strbuf_addf(out, " [%s]\n", f->rule);
	for (i = 0; i < f->nr_trace; i++) {
		write_place(out, &f->trace[i].loc);
		strbuf_addstr(out, "note: ");
		quote_text(out, f->trace[i].message);
		strbuf_addch(out, '\n');
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

	quote_path(out, f->loc.file);
	strbuf_addf(out, ":%u: %s: ", f->loc.line, levels[f->level]);
	quote_text(out, f->message);
	strbuf_addf(out, " [%s]\n", f->rule);
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
