// SPDX-License-Identifier: GPL-2.0-only
/*
 * A sorted list of contents that replace files of a tree, for the tree before and
 * after a change.
 */
#include "tree/overlay.h"

#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"

/* The index of the first file whose path is not less. */
static size_t lower_bound(const struct overlay *overlay, const char *path)
{
	size_t low = 0, high = overlay->nr;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(overlay->list[middle].path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void overlay_put(struct overlay *overlay, const char *path, const char *text,
		 size_t len)
{
	size_t at = lower_bound(overlay, path);
	struct overlay_file *f;

	if (*path == '/')
		BUG("the overlay has the absolute path %s", path);
	ALLOC_GROW(overlay->list, overlay->nr + 1, overlay->alloc);
	f = overlay->list + at;
	if (at == overlay->nr || strcmp(f->path, path)) {
		memmove(f + 1, f, (overlay->nr - at) * sizeof(*f));
		overlay->nr++;
		f->path = xstrdup(path);
	} else {
		free(f->text);
	}
	f->text = NULL;
	f->len = 0;
	f->hash = 0;
	if (!text)
		return;
	f->text = xmalloc(len + 1);
	memcpy(f->text, text, len);
	f->text[len] = '\0';
	f->len = len;
	f->hash = XXH3_64bits(text, len);
}

const struct overlay_file *overlay_find(const struct overlay *overlay,
					const char *path)
{
	size_t at;

	if (!overlay)
		return NULL;
	at = lower_bound(overlay, path);
	if (at == overlay->nr || strcmp(overlay->list[at].path, path))
		return NULL;
	return &overlay->list[at];
}

void overlay_add_all(struct overlay *to, const struct overlay *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		overlay_put(to, from->list[i].path, from->list[i].text,
			    from->list[i].len);
}

void overlay_release(struct overlay *overlay)
{
	size_t i;

	for (i = 0; i < overlay->nr; i++) {
		free(overlay->list[i].path);
		free(overlay->list[i].text);
	}
	free(overlay->list);
	*overlay = (struct overlay)OVERLAY_INIT;
}
