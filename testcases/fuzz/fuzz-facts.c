// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts of a file, as workers send them and the store keeps them, with the
 * version and the checksum that it takes to be read.
 */
#include "fuzz.h"

#include <xxhash.h>

#include "facts/facts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *null;
	const uint32_t version = FACTS_VERSION;
	struct fact_set set;
	uint64_t checksum;
	char *copy;

	if (size < sizeof(checksum) + sizeof(version))
		return 0;
	if (!null)
		null = fopen("/dev/null", "w");
	copy = xmalloc(size);
	memcpy(copy, data, size);
	memcpy(copy + sizeof(checksum), &version, sizeof(version));
	checksum = XXH3_64bits(copy + sizeof(checksum),
			       size - sizeof(checksum));
	memcpy(copy, &checksum, sizeof(checksum));
	facts_init(&set);
	if (!facts_load(&set, copy, size))
		facts_print(&set, null);
	facts_release(&set);
	free(copy);
	return 0;
}
