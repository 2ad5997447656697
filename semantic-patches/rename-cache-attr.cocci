// SPDX-License-Identifier: GPL-2.0-only
/// Use the merged name of the attribute that tells DMA debugging to ignore
/// overlapping cache lines.
///
//# DMA_ATTR_CPU_CACHE_CLEAN became DMA_ATTR_DEBUGGING_IGNORE_CACHELINES;
//# DMA_ATTR_CPU_CACHE_OVERLAP was proposed but never merged. Some users of the
//# old name meant that the memory must be coherent. Check each place: these
//# need DMA_ATTR_REQUIRE_COHERENT instead, at map and unmap. Lines that define
//# a name are not changed.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP
//
// To another name: -D attr=NAME
#spatch -D attr=DMA_ATTR_DEBUGGING_IGNORE_CACHELINES

virtual patch
virtual context

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
@@

(
* DMA_ATTR_CPU_CACHE_CLEAN
|
* DMA_ATTR_CPU_CACHE_OVERLAP
)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier virtual.attr;
@@

(
- DMA_ATTR_CPU_CACHE_CLEAN
+ attr
|
- DMA_ATTR_CPU_CACHE_OVERLAP
+ attr
)
