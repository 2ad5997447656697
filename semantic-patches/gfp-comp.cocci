// SPDX-License-Identifier: GPL-2.0-only
/// Do not allocate memory for DMA with __GFP_COMP.
///
//# Flags that are kept in a variable are not changed. Make sure that nobody
//# takes the memory for a compound page.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: __GFP_COMP, dma_alloc_coherent, dma_alloc_attrs
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

@call@
identifier f =~ "^dmam?_(alloc_(coherent|attrs|wc|noncoherent|pages|noncontiguous)|pool_z?alloc)$";
expression e;
position p;
@@

(
 f@p(..., <+... e | __GFP_COMP ...+>, ...)
|
 f@p(..., <+... __GFP_COMP | e ...+>, ...)
)

@inside exists@
identifier virtual.fn;
identifier f;
position call.p, q;
@@

fn(...) {
<+...
f@p@q(...)
...+>
}

@outside depends on only@
identifier f;
position call.p, q != inside.q;
@@

f@p@q(...)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier f;
position call.p, q != outside.q;
@@

* f@p@q(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier f;
expression e;
position call.p, q != outside.q;
@@

 f@p@q(..., <+...
(
 e
- | __GFP_COMP
|
- __GFP_COMP |
 e
)
 ...+>, ...)
