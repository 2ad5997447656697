// SPDX-License-Identifier: GPL-2.0-only
#include "change/source.h"

#include "change/mail.h"
#include "lib/alloc.h"
#include "lib/diag.h"

/* The patches of some files, one on top of the other. */
struct patches {
	const char *root;
	const char *const *paths;
	size_t nr, at;		/* files */
	struct mailbox mailbox;	/* of the last one */
	size_t mail;
	struct overlay now;	/* all that were applied */
	size_t seen;		/* patches that hold a diff */
};

static void close_patches(struct change_source *source)
{
	struct patches *p = source->data;

	mailbox_release(&p->mailbox);
	overlay_release(&p->now);
	free(p);
}

/* The next file; 1, 0 where there is no more, or CHANGE_BAD. */
static int next_file(struct patches *p)
{
	mailbox_release(&p->mailbox);
	p->mail = 0;
	if (p->at == p->nr)
		return 0;
	if (!mailbox_read(&p->mailbox, p->paths[p->at++]))
		return 1;
	mailbox_release(&p->mailbox);
	return CHANGE_BAD;
}

static int next_patch(struct change_source *source, struct change *change)
{
	struct patches *p = source->data;
	int ret;

	for (;;) {
		struct mail_patch *mail;

		while (p->mail == p->mailbox.nr) {
			ret = next_file(p);
			if (!ret && !p->seen)
				note("there is no diff in it: nothing to check");
			if (ret <= 0)
				return ret;
		}
		if (mailbox_open(&p->mailbox, p->mail++))
			return CHANGE_BAD;
		mail = &p->mailbox.list[p->mail - 1];
		ret = apply_patch(change, p->root, &p->now, mail->path,
				  mail->name);
		if (!ret) {
			verbose("%s: no diff in it", mail->name);
			continue;
		}
		p->seen++;
		if (ret < 0)
			return ret;
		change->title = xstrdup(mail->name);
		overlay_add_all(&p->now, &change->after);
		return 1;
	}
}

struct change_source *change_patches(const char *root,
				     const char *const *paths, size_t nr)
{
	struct patches *p = xcalloc(1, sizeof(*p));

	p->root = root;
	p->paths = paths;
	p->nr = nr;
	return change_source_new(next_patch, close_patches, p);
}
