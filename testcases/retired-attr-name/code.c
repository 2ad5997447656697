// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* DMA_ATTR_CPU_CACHE_CLEAN says that the cache is clean. */
const char *name_of(void);	// DMA_ATTR_REQUIRE_COHERENCE

/* The compiler sees none of these. */
#define OLD_ATTRS	DMA_ATTR_CPU_CACHE_CLEAN
#define PROPOSED(x)	((x) | DMA_ATTR_CPU_CACHE_OVERLAP | \
			 DMA_ATTR_REQUIRE_COHERENCE)
#define REMOVED		(DMA_ATTR_NON_CONSISTENT | DMA_ATTR_SYS_CACHE_ONLY)
#define MY_EXPORT(x)	EXPORT_SYMBOL_GPL_FOR_MODULES(x, "kvm")

const char *name_of(void)
{
	return "DMA_ATTR_CC_DECRYPTED";
}

/*
 * check-name: names that were renamed, removed or never merged
 * check-command: dmacheck check --level note
 * check-output-start
 * code.c:4:4: note: DMA_ATTR_CPU_CACHE_CLEAN is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: renamed in commit 9bb0a4d6a443; for memory that a process shares with the device DMA_ATTR_REQUIRE_COHERENT is meant [retired-attr-name]
 * code.c:5:31: note: DMA_ATTR_REQUIRE_COHERENCE is retired, use DMA_ATTR_REQUIRE_COHERENT: proposed under this name, merged under the other [retired-attr-name]
 * code.c:8:19: error: DMA_ATTR_CPU_CACHE_CLEAN is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: renamed in commit 9bb0a4d6a443; for memory that a process shares with the device DMA_ATTR_REQUIRE_COHERENT is meant [retired-attr-name]
 * code.c:9:28: error: DMA_ATTR_CPU_CACHE_OVERLAP is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: proposed under this name, merged under the other [retired-attr-name]
 * code.c:10:5: error: DMA_ATTR_REQUIRE_COHERENCE is retired, use DMA_ATTR_REQUIRE_COHERENT: proposed under this name, merged under the other [retired-attr-name]
 * code.c:11:19: error: DMA_ATTR_NON_CONSISTENT is retired: removed in Linux 5.10; dma_alloc_noncoherent() allocates such memory [retired-attr-name]
 * code.c:11:45: error: DMA_ATTR_SYS_CACHE_ONLY is retired: proposed and never merged [retired-attr-name]
 * code.c:12:22: error: EXPORT_SYMBOL_GPL_FOR_MODULES is retired, use EXPORT_SYMBOL_FOR_MODULES: renamed in Linux 6.17 [retired-attr-name]
 * code.c:16:10: note: DMA_ATTR_CC_DECRYPTED is retired, use DMA_ATTR_CC_SHARED: proposed under this name, merged under the other [retired-attr-name]
 * code.c:23:22: note: DMA_ATTR_CPU_CACHE_CLEAN is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: renamed in commit 9bb0a4d6a443; for memory that a process shares with the device DMA_ATTR_REQUIRE_COHERENT is meant [retired-attr-name]
 * code.c:24:23: note: DMA_ATTR_REQUIRE_COHERENCE is retired, use DMA_ATTR_REQUIRE_COHERENT: proposed under this name, merged under the other [retired-attr-name]
 * code.c:25:24: note: DMA_ATTR_CPU_CACHE_CLEAN is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: renamed in commit 9bb0a4d6a443; for memory that a process shares with the device DMA_ATTR_REQUIRE_COHERENT is meant [retired-attr-name]
 * code.c:26:24: note: DMA_ATTR_CPU_CACHE_OVERLAP is retired, use DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: proposed under this name, merged under the other [retired-attr-name]
 * code.c:27:24: note: DMA_ATTR_REQUIRE_COHERENCE is retired, use DMA_ATTR_REQUIRE_COHERENT: proposed under this name, merged under the other [retired-attr-name]
 * code.c:28:25: note: DMA_ATTR_NON_CONSISTENT is retired: removed in Linux 5.10; dma_alloc_noncoherent() allocates such memory [retired-attr-name]
 * code.c:29:25: note: DMA_ATTR_SYS_CACHE_ONLY is retired: proposed and never merged [retired-attr-name]
 * code.c:30:25: note: EXPORT_SYMBOL_GPL_FOR_MODULES is retired, use EXPORT_SYMBOL_FOR_MODULES: renamed in Linux 6.17 [retired-attr-name]
 * code.c:31:24: note: DMA_ATTR_CC_DECRYPTED is retired, use DMA_ATTR_CC_SHARED: proposed under this name, merged under the other [retired-attr-name]
 * check-output-end
 */
