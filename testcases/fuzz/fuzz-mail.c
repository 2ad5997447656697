// SPDX-License-Identifier: GPL-2.0-only
/* Mails and mailboxes with patches, which git splits and decodes. */
#include "fuzz.h"
#include "change/mail.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mailbox mailbox = MAILBOX_INIT;
	char *path = path_join(fuzz_folder(), "mbox");
	size_t i;

	fuzz_put("mbox", data, size);
	if (!mailbox_read(&mailbox, path))
		for (i = 0; i < mailbox.nr; i++)
			mailbox_open(&mailbox, i);
	mailbox_release(&mailbox);
	free(path);
	return 0;
}
