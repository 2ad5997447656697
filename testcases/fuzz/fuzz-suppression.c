// SPDX-License-Identifier: GPL-2.0-only
/* Comments that hide findings, and the lines of a call that they cover. */
#include "fuzz.h"
#include "rules/suppression/comments.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct remarks remarks = REMARKS_INIT;
	struct call_lines lines;
	char *text = xmalloc(size + 1);
	size_t i, j;

	memcpy(text, data, size);
	text[size] = '\0';
	remarks_read(&remarks, text, size);
	for (i = 0; i < 4; i++) {
		lines = call_lines_at(text, size, i * 3, i);
		for (j = 0; j < remarks.nr; j++)
			remark_covers(&remarks.list[j], lines);
	}
	remarks_release(&remarks);
	free(text);
	return 0;
}
