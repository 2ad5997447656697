// SPDX-License-Identifier: GPL-2.0-only
/*
 * A unified diff as SARIF has fixes: files, and in each the lines that are
 * replaced; for sarif.c.
 */
#include "report/sarif.h"

#include "lib/alloc.h"
#include "lib/quote.h"
#include "lib/strbuf.h"
#include "report/json.h"

/* Where in the diff we are. */
struct diff_reader {
	json_t *changes;	/* artifactChanges */
	json_t *replacements;	/* of the last file; NULL before the first one */
	unsigned long line;	/* of the old file */
	/* Lines that are replaced: not written yet. */
	unsigned long first, nr;
	struct strbuf inserted;
	bool any;
};

static void flush_replacement(struct diff_reader *r)
{
	json_t *region, *replacement;

	if (r->any && r->replacements) {
		region = json_object();
		js_set(region, "startLine", js_number(r->first));
		js_set(region, "startColumn", js_number(1));
		js_set(region, "endLine", js_number(r->first + r->nr));
		js_set(region, "endColumn", js_number(1));
		replacement = json_object();
		js_set(replacement, "deletedRegion", region);
		if (r->inserted.len)
			js_set(replacement, "insertedContent",
			       js_message(r->inserted.buf));
		js_append(r->replacements, replacement);
	}
	strbuf_reset(&r->inserted);
	r->any = false;
	r->nr = 0;
}

/* "a/drivers/x.c", which is as git writes it. */
static void begin_file(struct diff_reader *r, const char *path)
{
	const char *end;
	char *name = *path == '"' ? unquote_path(path, &end) :
		xstrndup(path, strcspn(path, "\t\n"));
	const char *file = name && !strncmp(name, "a/", 2) ? name + 2 : "";
	json_t *change = json_object();

	r->replacements = json_array();
	js_set(change, "artifactLocation", sarif_artifact(file));
	js_set(change, "replacements", r->replacements);
	js_append(r->changes, change);
	free(name);
}

static void change_line(struct diff_reader *r, const char *line, size_t len)
{
	if (!r->any)
		r->first = r->line;
	r->any = true;
	if (*line == '-') {
		r->nr++;
		r->line++;
	} else {
		strbuf_add(&r->inserted, line + 1, len - 1);
		strbuf_addch(&r->inserted, '\n');
	}
}

static void read_diff_line(struct diff_reader *r, const char *line, size_t len)
{
	if (!strncmp(line, "@@ -", 4)) {
		flush_replacement(r);
		r->line = strtoul(line + 4, NULL, 10);
	} else if (!strncmp(line, "diff ", 5)) {
		flush_replacement(r);
		r->line = 0;
	} else if (!r->line) {
		if (!strncmp(line, "--- ", 4))
			begin_file(r, line + 4);
	} else if (*line == '-' || *line == '+') {
		change_line(r, line, len);
	} else {
		flush_replacement(r);
		r->line++;
	}
}

json_t *sarif_fixes(const char *diff)
{
	struct diff_reader r = { .changes = json_array(),
		.inserted = STRBUF_INIT };
	json_t *fixes = json_array(), *fix = json_object();

	while (*diff) {
		size_t len = strcspn(diff, "\n");

		read_diff_line(&r, diff, len);
		diff += len + (diff[len] == '\n');
	}
	flush_replacement(&r);
	strbuf_release(&r.inserted);
	js_set(fix, "description",
	       js_message("what dmacheck fix does about it"));
	js_set(fix, "artifactChanges", r.changes);
	js_append(fixes, fix);
	return fixes;
}
