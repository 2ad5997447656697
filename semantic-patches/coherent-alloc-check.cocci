// SPDX-License-Identifier: GPL-2.0-only
/// Test the pointer that dma_alloc_coherent() returns, not the DMA address, which
/// is not set on failure.
///
//# A test is changed if it is the first mention of the pointer and the address
//# after the allocation.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_alloc_coherent, dma_alloc_wc, dma_mapping_error
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

@test exists@
identifier f =~ "^dmam?_alloc_(coherent|attrs|wc|noncoherent)$";
expression v, a, d, d2;
position p;
@@

 v = f(d, ..., &a, ...)
 ... when != a
     when != v
(
 !a@p
|
 a@p == 0
|
 dma_mapping_error(d2, a@p)
)

// Another way leads there as well.
@unset exists@
identifier fun;
identifier f =~ "^dmam?_alloc_(coherent|attrs|wc|noncoherent)$";
expression test.a, test.v;
position test.p, q;
@@

fun(...) {
 ... when != v = f(..., &a, ...)
     when any
 a@p@q
 ... when any
}

// The pointer is tested beside it.
@beside@
expression test.a, test.v;
position test.p, q;
@@

(
 \(!v\|v == NULL\) || <+... a@p@q ...+>
|
 <+... a@p@q ...+> || \(!v\|v == NULL\)
)

@inside exists@
identifier virtual.fn;
expression test.a;
position test.p, q;
@@

fn(...) {
<+...
a@p@q
...+>
}

@outside depends on only@
expression test.a;
position test.p, q != inside.q;
@@

a@p@q

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
expression test.a;
position test.p, q != {unset.q, beside.q, outside.q};
@@

* a@p@q

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
expression test.a, test.v, d2;
position test.p, q != {unset.q, beside.q, outside.q};
@@

(
- !a@p@q
+ !v
|
- a@p@q == 0
+ !v
|
- dma_mapping_error(d2, a@p@q)
+ !v
)
