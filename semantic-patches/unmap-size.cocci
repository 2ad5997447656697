// SPDX-License-Identifier: GPL-2.0-only
/// Unmap and free memory with the size that it was mapped or allocated with.
///
//# Without `size`, only the size of a pointer is changed, where the object that
//# it points to was mapped in the same function.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_unmap_single, dma_free_coherent
//
// All calls of one function: -D only -D fn=NAME -D size=SIZE

virtual patch
virtual context
virtual only

@pointer depends on !only exists@
identifier f =~ "^dma_map_(single|page)(_attrs)?$";
identifier u =~ "^dma_unmap_(single|page)(_attrs)?$";
expression d, d2, h, e;
position p;
@@

 h = f(d, ..., sizeof(*e), ...)
 ... when any
 u@p(d2, h, sizeof(e), ...)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier u;
position pointer.p;
@@

* u@p(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier u;
expression d, h, e;
position pointer.p;
@@

 u@p(d, h, sizeof(
- e
+ *e
  ), ...)

//----------------------------------------------------------
//  All calls of the function that was named
//----------------------------------------------------------

@call depends on only@
identifier u =~ "^((ib_)?dma_unmap_(single|page|resource)(_attrs)?|dmam?_free_(coherent|wc|attrs|noncoherent|pages))$";
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

@depends on context@
identifier u;
position inside.q;
@@

* u@q(...)

@depends on patch@
identifier virtual.size;
identifier u =~ "_unmap_";
identifier g =~ "_free_";
expression d, h, s;
position inside.q;
@@

(
 u@q(d, h,
- s
+ size
  , ...)
|
 g@q(d,
- s
+ size
  , ...)
)
