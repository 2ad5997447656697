/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FIX_RECIPIENTS_H
#define FIX_RECIPIENTS_H
#include "lib/compat.h"
#include "lib/strvec.h"
/*
 * Who gets a patch: the tree's scripts/get_maintainer.pl says so. That is a
 * program of the tree, so it runs only if the user asks for it.
 */
struct tree;

struct recipients {
	struct strvec to;	/* maintainers, reviewers */
	struct strvec cc;	/* lists */
};
#define RECIPIENTS_INIT { STRVEC_INIT, STRVEC_INIT }

/* Whether the tree has the script, and there is a perl. -1 after an error(). */
int recipients_available(const struct tree *tree);

/* Add those of the patch in that file. -1 after an error(). */
int recipients_ask(struct recipients *r, const struct tree *tree,
		   const char *patch);

/* Add all of `from`, each once: one who is in `to` is not in `cc`. */
void recipients_join(struct recipients *r, const struct recipients *from);

/* Write "To:" and "Cc:" into the head of the mail. -1 after an error(). */
int recipients_write(const struct recipients *r, const char *patch);

void recipients_release(struct recipients *r);

#endif
