// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes a change of each patch in files, mails and mailboxes, one on top of the
 * other; for `dmacheck patch FILE`.
 */
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
	size_t seen;		/* patches that have a diff, */
	size_t empty;		/* and those that have none */
	bool bad;		/* something could not be read */
};

static void close_patches(struct change_source *source)
{
	struct patches *p = source->data;

	mailbox_release(&p->mailbox);
	overlay_release(&p->now);
	free(p);
}

/* Open the next file: 1, 0 if there are no more, or CHANGE_BAD. */
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

/* Input without any diff must not end with "nothing found". */
static int finish_patches(struct patches *p)
{
	if (!p->seen && !p->bad) {
		p->bad = true;
		error("there is no diff in it: nothing was checked");
		return CHANGE_BAD;
	}
	if (p->empty)
		note("%zu mail%s without a diff (-v names each)", p->empty,
		     p->empty == 1 ? "" : "s");
	return 0;
}

static int next_patch(struct change_source *source, struct change *change)
{
	struct patches *p = source->data;
	int ret;

	for (;;) {
		struct mail_patch *mail;

		while (p->mail == p->mailbox.nr) {
			ret = next_file(p);
			p->bad |= ret < 0;
			if (!ret)
				return finish_patches(p);
			if (ret < 0)
				return ret;
		}
		if (mailbox_open(&p->mailbox, p->mail++)) {
			p->bad = true;
			return CHANGE_BAD;
		}
		mail = &p->mailbox.list[p->mail - 1];
		ret = apply_patch(change, p->root, &p->now, mail->path,
				  mail->name);
		if (!ret) {
			verbose("%s: there is no diff in it", mail->name);
			p->empty++;
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
