/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_MAIL_H
#define CHANGE_MAIL_H
#include "lib/compat.h"
/*
 * Patches as people send them: a mailbox, a mail in any encoding, or a plain
 * diff. git mailsplit and git mailinfo read the mails.
 */
struct mail_patch {
	char *path;		/* a file with the decoded diff */
	char *name;		/* "FILE", or "FILE: subject of the mail" */
};

struct mailbox {
	struct mail_patch *list;
	size_t nr;
	char *folder;		/* where they are */
};
#define MAILBOX_INIT { NULL, 0, NULL }

/*
 * Read the file `path`, which may be a pipe; "-" is stdin. 0, or -1 after an
 * error() that names it: it cannot be read, is not text, or is too large.
 */
int mailbox_read(struct mailbox *mailbox, const char *path);

/*
 * Decode entry number `i`, if it is a mail, so that its `path` and `name` can
 * be used. 0, or -1 after an error().
 */
int mailbox_open(struct mailbox *mailbox, size_t i);

void mailbox_release(struct mailbox *mailbox);

#endif
