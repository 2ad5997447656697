/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_HOOK_TEXT_H
#define CLI_HOOK_TEXT_H
#include "lib/compat.h"
/*
 * The text of the hook: tools/pre-commit with the path of this program put in
 * and a last line with a checksum of it all, by which a hook is known that was
 * installed by this or another version of dmacheck and not edited since.
 */
enum hook_author {
	HOOK_OTHERS,	/* not dmacheck's */
	HOOK_EDITED,	/* dmacheck's, and then somebody else's */
	HOOK_COPIED,	/* tools/pre-commit as it is, copied by hand */
	HOOK_INSTALLED,	/* made by hook_text() */
};

/*
 * The text, which the caller frees. `made_folder`: to be remembered in it that
 * the folder of the hooks was made for it. NULL after an error().
 */
char *hook_text(bool made_folder);

/*
 * Whose text that is; *made_folder is what hook_text() was told, false if it
 * is not from there. -1 after an error(): tools/pre-commit cannot be read.
 */
int hook_author(const char *text, size_t len, bool *made_folder);

#endif
