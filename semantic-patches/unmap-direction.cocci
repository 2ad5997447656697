// SPDX-License-Identifier: GPL-2.0-only
/// Unmap memory with the direction that it was mapped with.
///
//# Only the function and the direction that are given are changed.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_unmap_single, dma_unmap_page, dma_unmap_sg
//
// All calls of one function: -D only -D fn=NAME -D direction=DIRECTION

virtual patch
virtual context
virtual only

@call depends on only@
identifier u =~ "^(ib_)?dma_unmap_(single|page|resource|sg|sgtable)(_attrs)?$";
position p;
@@

u@p(...)

@inside exists@
identifier virtual.fn;
identifier u;
position call.p, q;
@@

fn(...) {
<+...
u@p@q(...)
...+>
}

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier u, old = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
position inside.q;
@@

* u@q(..., old, ...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier virtual.direction;
identifier u, old = {DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL};
position inside.q;
@@

 u@q(...,
- old
+ direction
  , ...)
