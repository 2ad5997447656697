// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compares the findings before and after a change, and names the hunk that
 * causes each new one; for `dmacheck patch`.
 */
#include "change/new-findings.h"

#include "lib/alloc.h"
#include "lib/intern.h"

/* --- which are new --- */

static void rename_files(struct findings *findings,
			 const struct change *change)
{
	size_t i;

	for (i = 0; i < change->nr_renames; i++)
		findings_rename_file(findings, change->renames[i].from,
				     change->renames[i].to);
}

/* --- why --- */

static bool holds(const struct change_hunk *h, const struct location *loc)
{
	return change_hunk_holds(h, loc->file, loc->line);
}

/* The place of the finding, then the steps of its trace, last one first. */
static const struct location *nth_place(const struct finding *f, size_t n)
{
	return n ? &f->trace[f->nr_trace - n].loc : &f->loc;
}

static bool in_function(const struct change_hunk *h, const char *function)
{
	size_t len = function ? strlen(function) : 0;
	const char *at = len ? strstr(h->header, function) : NULL;

	return at && at[len] == '(';
}

/*
 * The hunk that contains a line of the finding, else one in a function of the
 * finding, else the nearest one in a file of the finding, else the first one.
 */
static const struct change_hunk *find_cause(const struct finding *f,
					    const struct change *change)
{
	size_t n, i;

	for (n = 0; n <= f->nr_trace; n++)
		for (i = 0; i < change->nr_hunks; i++)
			if (holds(&change->hunks[i], nth_place(f, n)))
				return &change->hunks[i];
	for (n = 0; n <= f->nr_trace; n++)
		for (i = 0; i < change->nr_hunks; i++)
			if (!strcmp(change->hunks[i].file,
				    nth_place(f, n)->file) &&
			    in_function(&change->hunks[i],
					nth_place(f, n)->function))
				return &change->hunks[i];
	for (n = 0; n <= f->nr_trace; n++) {
		const struct location *loc = nth_place(f, n);
		const struct change_hunk *h = change_hunk_at(change,
							     loc->file,
							     loc->line);

		if (h)
			return h;
	}
	return change->nr_hunks ? &change->hunks[0] : NULL;
}

static void add_cause(struct finding *f, const struct change *change)
{
	const struct change_hunk *h = find_cause(f, change);
	struct location loc;
	char *message;

	if (!h)
		return;
	loc = (struct location){
		.file = h->file, .line = h->first ? h->first : 1, .column = 1,
	};
	message = xstrfmt("%s by this change: %s",
			  holds(h, &f->loc) ? "added" : "caused",
			  change_hunk_header(change, h));
	finding_step(f, &loc, "%s", message);
	free(message);
}

void new_findings_save(struct strbuf *known, struct findings *before,
		       const struct change *change)
{
	size_t i;

	rename_files(before, change);
	for (i = 0; i < before->nr; i++)
		buffer_str(known, before->list[i].fingerprint);
}

static bool is_new(const struct finding *finding, void *data)
{
	const struct intern_pool *known = data;

	return intern_find(known, finding->fingerprint) == INTERN_NONE;
}

void new_findings_keep(struct findings *after, const struct strbuf *known,
		       const struct change *change)
{
	struct intern_pool prints = INTERN_POOL_INIT;
	struct reader r;
	size_t i;

	reader_init(&r, known->buf, known->len);
	while (r.p < r.end && !r.bad) {
		char *print = reader_str(&r);

		intern(&prints, print);
		free(print);
	}
	findings_keep(after, is_new, &prints);
	for (i = 0; i < after->nr; i++)
		add_cause(&after->list[i], change);
	intern_release(&prints);
}
