// SPDX-License-Identifier: GPL-2.0-only
/* A kept lexicon, with the checksum that it takes to be read. */

#include "fuzz.h"

#include <xxhash.h>

#include "tree/lexicon.h"

/* Of lexicon-store.c: magic, version, checksum over what is behind it. */
#define MAGIC	UINT64_C(0x646d616c65780001)
#define HEAD	(3 * sizeof(uint64_t))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct walk_file files[] = {
		{ .path = (char *)(uintptr_t)"a.c" },
		{ .path = (char *)(uintptr_t)"b/c.c" },
	};
	struct lexicon_file list[] = { { .file = &files[0] },
				       { .file = &files[1] } };
	struct lexicon lexicon = LEXICON_INIT;
	uint64_t *copy = xcalloc(1, HEAD + size);
	uint64_t hash = XXH3_64bits(data, size);

	copy[0] = MAGIC;
	copy[1] = lexicon_of_sources.version;
	copy[2] = hash;
	if (size)
		memcpy(copy + 3, data, size);
	lexicon.files = list;
	lexicon.nr = 2;
	lexicon_read(&lexicon, &lexicon_of_sources,
		     fuzz_file(copy, HEAD + size));
	if (lexicon.saved)
		munmap(lexicon.saved, lexicon.saved_len);
	free(copy);
	return 0;
}
