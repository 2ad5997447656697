// SPDX-License-Identifier: GPL-2.0-only
/* The change as an object, and the interface of all its sources. */
#include "change/change.h"

#include "change/source.h"
#include "lib/alloc.h"
#include "lib/diag.h"

bool change_touches(const struct change *change, const char *path)
{
	return intern_find(&change->files, path) != INTERN_NONE;
}

bool change_hunk_holds(const struct change_hunk *h, const char *file,
		       unsigned int line)
{
	return !strcmp(h->file, file) &&
	       line >= h->first && line < h->first + (h->nr ? h->nr : 1);
}

const struct change_hunk *change_hunk_at(const struct change *change,
					 const char *file, unsigned int line)
{
	const struct change_hunk *best = NULL;
	size_t i;

	for (i = 0; i < change->nr_hunks; i++) {
		const struct change_hunk *h = &change->hunks[i];

		if (strcmp(h->file, file))
			continue;
		if (change_hunk_holds(h, file, line))
			return h;
		if (!best || h->first <= line)
			best = h;
	}
	return best;
}

const char *change_hunk_header(const struct change *change,
			       const struct change_hunk *hunk)
{
	const char *header = hunk->header;
	size_t i;

	for (i = 0; i < change->nr_shown; i++) {
		const struct change_hunk *s = &change->shown[i];

		if (change_hunk_holds(s, hunk->file, hunk->first))
			return s->header;
		/* Lines that are removed at the end of the file. */
		if (!strcmp(s->file, hunk->file) &&
		    hunk->first == s->first + s->nr)
			header = s->header;
	}
	return header;
}

static void release_hunks(struct change_hunk *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		free(list[i].file);
		free(list[i].header);
	}
	free(list);
}

void change_release(struct change *change)
{
	size_t i;

	free(change->title);
	overlay_release(&change->before);
	overlay_release(&change->after);
	intern_release(&change->files);
	release_hunks(change->hunks, change->nr_hunks);
	release_hunks(change->shown, change->nr_shown);
	for (i = 0; i < change->nr_renames; i++) {
		free(change->renames[i].from);
		free(change->renames[i].to);
	}
	free(change->renames);
	*change = (struct change)CHANGE_INIT;
}

struct change_source *change_source_new(int (*next)(struct change_source *,
						    struct change *),
					void (*close)(struct change_source *),
					void *data)
{
	struct change_source *source = xcalloc(1, sizeof(*source));

	source->next = next;
	source->close = close;
	source->data = data;
	return source;
}

int change_next(struct change_source *source, struct change *change)
{
	if (change->title || change->nr_hunks)
		BUG("a change is filled twice");
	return source->next(source, change);
}

void change_close(struct change_source *source)
{
	if (!source)
		return;
	source->close(source);
	free(source);
}
