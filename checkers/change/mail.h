/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHANGE_MAIL_H
#define CHANGE_MAIL_H
#include "lib/compat.h"
/*
 * Patches as people send them: a mailbox or a mail, in any of the ways that a
 * mail can be encoded, or a diff alone. git mailsplit and git mailinfo read
 * the mails.
 */
struct mail_patch {
	char *path;		/* a file with the diff, and nothing encoded */
	char *name;		/* "FILE", or "FILE: subject of the mail" */
};

struct mailbox {
	struct mail_patch *list;
	size_t nr;
	char *folder;		/* where they are */
};
#define MAILBOX_INIT { NULL, 0, NULL }

/*
 * Read the file `path`; "-" is stdin, taken to its end. 0; -1 after an error()
 * that names it: it cannot be read, or there is neither a mail nor a diff in
 * it.
 */
int mailbox_read(struct mailbox *mailbox, const char *path);

/*
 * Decode mail number `i`, if it is one, so that its `path` and `name` can be
 * used. 0; -1 after an error().
 */
int mailbox_open(struct mailbox *mailbox, size_t i);

void mailbox_release(struct mailbox *mailbox);

#endif
