// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define MY_ATTRS	DMA_ATTR_CPU_CACHE_CLEAN

/*
 * check-name: a tree that has neither the old name nor the new one
 * check-without: DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
 * check-output-start
 * before-rename.c:4:18: error: Linux 7.2.0-sample defines neither DMA_ATTR_CPU_CACHE_CLEAN nor its successor DMA_ATTR_DEBUGGING_IGNORE_CACHELINES: renamed in commit 9bb0a4d6a443; for memory that a process shares with the device DMA_ATTR_REQUIRE_COHERENT is meant [retired-attr-name]
 * check-output-end
 */
