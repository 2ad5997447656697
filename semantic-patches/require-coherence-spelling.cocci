// SPDX-License-Identifier: GPL-2.0-only
/// Use the merged spelling of DMA_ATTR_REQUIRE_COHERENT.
///
//# DMA_ATTR_REQUIRE_COHERENCE was its name while it was discussed; no tree has
//# defined it.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_REQUIRE_COHERENCE, DMA_ATTR_REQUIRE_COHERENT

virtual patch
virtual context

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
@@

* DMA_ATTR_REQUIRE_COHERENCE

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
@@

- DMA_ATTR_REQUIRE_COHERENCE
+ DMA_ATTR_REQUIRE_COHERENT
