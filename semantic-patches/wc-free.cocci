// SPDX-License-Identifier: GPL-2.0-only
/// Free memory from dma_alloc_wc() with dma_free_wc(), so that both sides pass
/// the same attributes.
///
//# Memory is identified by the variable or field that keeps its address. If
//# both dma_alloc_wc() and dma_alloc_coherent() fill it, its frees are not
//# changed.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_alloc_wc, dma_free_wc, dma_free_coherent
//
// All of one function, whatever was allocated: -D only -D fn=NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  Which field of which kind of object holds such memory
//----------------------------------------------------------

@direct depends on !only@
identifier member;
expression o;
@@

(
 o->member = dma_alloc_wc(...)
|
 o.member = dma_alloc_wc(...)
)

@handed depends on !only exists@
identifier member;
local idexpression x;
expression o;
@@

 x = dma_alloc_wc(...)
 ... when != x = \(dma_alloc_coherent(...)\|dma_alloc_attrs(...)\)
(
 o->member = x
|
 o.member = x
)

@plain_direct depends on direct@
identifier direct.member;
expression o;
@@

(
 o->member = \(dma_alloc_coherent\|dmam_alloc_coherent\|dma_alloc_attrs
	      \|dma_alloc_noncoherent\)(...)
|
 o.member = \(dma_alloc_coherent\|dmam_alloc_coherent\|dma_alloc_attrs
	     \|dma_alloc_noncoherent\)(...)
)

@plain_handed depends on handed@
identifier handed.member;
local idexpression x;
expression o;
@@

 x = \(dma_alloc_coherent\|dmam_alloc_coherent\|dma_alloc_attrs
      \|dma_alloc_noncoherent\)(...)
 ...
(
 o->member = x
|
 o.member = x
)

@free_direct depends on !plain_direct@
identifier direct.member;
expression o, d, s, h;
type T;
position p;
@@

(
 dma_free_coherent@p(d, s, o->member, h)
|
 dma_free_coherent@p(d, s, (T)o->member, h)
|
 dma_free_coherent@p(d, s, o.member, h)
|
 dma_free_coherent@p(d, s, (T)o.member, h)
)

@free_handed depends on !plain_handed@
identifier handed.member;
expression o, d, s, h;
type T;
position p;
@@

(
 dma_free_coherent@p(d, s, o->member, h)
|
 dma_free_coherent@p(d, s, (T)o->member, h)
|
 dma_free_coherent@p(d, s, o.member, h)
|
 dma_free_coherent@p(d, s, (T)o.member, h)
)

// Allocated and freed in one function.
@free_local depends on !only exists@
local idexpression x;
expression e, d, s, h;
type T;
position p;
@@

 x = dma_alloc_wc(...)
 ... when != x = e
(
 dma_free_coherent@p(d, s, x, h)
|
 dma_free_coherent@p(d, s, (T)x, h)
)

// The function that was named.
@call depends on only@
position q;
@@

dma_free_coherent@q(...)

@inside exists@
identifier virtual.fn;
position call.q;
position p;
@@

fn(...) {
<+...
dma_free_coherent@q@p(...)
...+>
}

@stays@
position p != {free_direct.p, free_handed.p, free_local.p, inside.p};
@@

dma_free_coherent@p(...)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
position p != stays.p;
@@

* dma_free_coherent@p(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
position p != stays.p;
expression d, v, s, h;
@@

- dma_free_coherent@p(d, s, v, h)
+ dma_free_wc(d, s, v, h)
