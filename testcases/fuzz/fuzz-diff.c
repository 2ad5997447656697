// SPDX-License-Identifier: GPL-2.0-only
/* Diffs in a patch: names and hunks. */
#include "fuzz.h"
#include "change/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct diff diff = DIFF_INIT;
	char *text = fuzz_string(data, size);

	diff_read(&diff, text, size ? data[0] & 1 : 1);
	diff_release(&diff);
	free(text);
	return 0;
}
