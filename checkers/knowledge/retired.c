// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of attributes that the kernel has given up, and what came after them.
 */
#include "knowledge/retired.h"

#include <xxhash.h>

#define IGNORE_CACHELINES "DMA_ATTR_DEBUGGING_IGNORE_CACHELINES"
#define REQUIRE_COHERENT "DMA_ATTR_REQUIRE_COHERENT"
#define CC_SHARED "DMA_ATTR_CC_SHARED"

static const struct retired_name names[] = {
	{ "DMA_ATTR_CPU_CACHE_CLEAN", RETIRED_ATTR, IGNORE_CACHELINES,
	  "renamed in commit 9bb0a4d6a443; for memory that a process shares "
	  "with the device " REQUIRE_COHERENT " is meant" },
	{ "DMA_ATTR_CPU_CACHE_OVERLAP", RETIRED_ATTR, IGNORE_CACHELINES,
	  "proposed under this name, merged under the other" },
	{ "DMA_ATTR_REQUIRE_COHERENCE", RETIRED_ATTR, REQUIRE_COHERENT,
	  "proposed under this name, merged under the other" },
	{ "DMA_ATTR_CC_DECRYPTED", RETIRED_ATTR, CC_SHARED,
	  "proposed under this name, merged under the other" },
	{ "__DMA_ATTR_ALLOC_CC_SHARED", RETIRED_ATTR, CC_SHARED,
	  "internal to a series that is not merged" },
	{ "DMA_ATTR_NON_CONSISTENT", RETIRED_ATTR, NULL,
	  "removed in Linux 5.10; dma_alloc_noncoherent() allocates such "
	  "memory" },
	{ "DMA_ATTR_WRITE_BARRIER", RETIRED_ATTR, NULL,
	  "removed with the last architecture that acted on it" },
	{ "DMA_ATTR_PRIVILEGED_EXECUTABLE", RETIRED_ATTR,
	  "DMA_ATTR_PRIVILEGED",
	  "proposed under this name, merged under the other" },
	{ "DMA_ATTR_SYS_CACHE*", RETIRED_ATTR, NULL,
	  "proposed and never merged" },
	/* Vendors' trees, for years. */
	{ "DMA_ATTR_STRONGLY_ORDERED", RETIRED_ATTR, NULL,
	  "never in mainline" },
	{ "DMA_ATTR_SKIP_ZEROING", RETIRED_ATTR, NULL,
	  "never in mainline, where dma_alloc_attrs() always clears" },
	{ "DMA_ATTR_FORCE_COHERENT", RETIRED_ATTR, NULL,
	  "never in mainline; the device tree's dma-coherent says it" },
	{ "DMA_ATTR_FORCE_NON_COHERENT", RETIRED_ATTR, NULL,
	  "never in mainline; the device tree's dma-noncoherent says it" },

	{ "EXPORT_SYMBOL_GPL_FOR_MODULES", RETIRED_MACRO,
	  "EXPORT_SYMBOL_FOR_MODULES", "renamed in Linux 6.17" },

	{ "virtqueue_add_inbuf_cache_clean", RETIRED_FUNCTION,
	  IGNORE_CACHELINES,
	  "the attribute was renamed in commit 9bb0a4d6a443" },
};

const struct retired_name *retired_find(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		size_t n = strlen(names[i].name);

		if (names[i].name[n - 1] == '*' ?
		    len >= n - 1 && !memcmp(name, names[i].name, n - 1) :
		    len == n && !memcmp(name, names[i].name, n))
			return &names[i];
	}
	return NULL;
}

uint64_t retired_hash(void)
{
	uint64_t hash = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		hash = XXH3_64bits_withSeed(names[i].name,
					    strlen(names[i].name), hash);
	return hash;
}
