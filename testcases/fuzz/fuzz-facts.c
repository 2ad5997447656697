// SPDX-License-Identifier: GPL-2.0-only
/* Facts of a file, as workers send them and the store keeps them. */
#include "fuzz.h"
#include "facts/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *null;
	struct fact_set set;
	void *copy = xmalloc(size);

	if (!null)
		null = fopen("/dev/null", "w");
	memcpy(copy, data, size);
	facts_init(&set);
	if (!facts_load(&set, copy, size))
		facts_print(&set, null);
	facts_release(&set);
	free(copy);
	return 0;
}
