// SPDX-License-Identifier: GPL-2.0-only
/// Drop DMA_ATTR_DEBUGGING_IGNORE_CACHELINES where DMA_ATTR_REQUIRE_COHERENT
/// already makes DMA debugging ignore cache lines.
///
//# Masks are not changed: attributes that are tested with &, cleared with ~ or
//# defined as a name.
//
// Confidence: High
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_REQUIRE_COHERENT, DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  Which mentions of DMA_ATTR_REQUIRE_COHERENT are left alone
//----------------------------------------------------------

@mask@
expression e;
position p;
@@

(
 e & <+... DMA_ATTR_REQUIRE_COHERENT@p ...+>
|
 <+... DMA_ATTR_REQUIRE_COHERENT@p ...+> & e
|
 e &= <+... DMA_ATTR_REQUIRE_COHERENT@p ...+>
|
 ~(<+... DMA_ATTR_REQUIRE_COHERENT@p ...+>)
)

@defined@
identifier m;
position p;
@@

#define m <+... DMA_ATTR_REQUIRE_COHERENT@p ...+>

@call depends on only@
position q;
@@

DMA_ATTR_REQUIRE_COHERENT@q

@inside exists@
identifier virtual.fn;
position call.q, p;
@@

fn(...) {
<+...
DMA_ATTR_REQUIRE_COHERENT@q@p
...+>
}

@outside depends on only@
position p != inside.p;
@@

DMA_ATTR_REQUIRE_COHERENT@p

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier attr = {DMA_ATTR_DEBUGGING_IGNORE_CACHELINES,
		   DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP};
position p != {mask.p, defined.p, outside.p};
expression e;
@@

(
* DMA_ATTR_REQUIRE_COHERENT@p | attr
|
* e | DMA_ATTR_REQUIRE_COHERENT@p | attr
|
* DMA_ATTR_REQUIRE_COHERENT@p | e | attr
|
* attr | e | DMA_ATTR_REQUIRE_COHERENT@p
|
* e | attr | DMA_ATTR_REQUIRE_COHERENT@p
)

@depends on context exists@
identifier attr = {DMA_ATTR_DEBUGGING_IGNORE_CACHELINES,
		   DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP};
position p != {mask.p, defined.p, outside.p};
idexpression x;
expression e;
@@

(
 x = DMA_ATTR_REQUIRE_COHERENT@p
|
 x = e | DMA_ATTR_REQUIRE_COHERENT@p
|
 x |= DMA_ATTR_REQUIRE_COHERENT@p
)
 ... when != x = e
     when != x &= e
* x |= attr;

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier attr = {DMA_ATTR_DEBUGGING_IGNORE_CACHELINES,
		   DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP};
position p != {mask.p, defined.p, outside.p};
expression e;
@@

(
  DMA_ATTR_REQUIRE_COHERENT@p
- | attr
|
- attr |
  DMA_ATTR_REQUIRE_COHERENT@p
|
  e | DMA_ATTR_REQUIRE_COHERENT@p
- | attr
|
  DMA_ATTR_REQUIRE_COHERENT@p | e
- | attr
|
- attr |
  e | DMA_ATTR_REQUIRE_COHERENT@p
|
  e
- | attr
  | DMA_ATTR_REQUIRE_COHERENT@p
)

// Collected in a variable, in either order.
@again depends on patch && only@
position q;
@@

DMA_ATTR_REQUIRE_COHERENT@q

@inside_again exists@
identifier virtual.fn;
position again.q, p;
@@

fn(...) {
<+...
DMA_ATTR_REQUIRE_COHERENT@q@p
...+>
}

@outside_again depends on patch && only@
position p != inside_again.p;
@@

DMA_ATTR_REQUIRE_COHERENT@p

@depends on patch@
identifier attr = {DMA_ATTR_DEBUGGING_IGNORE_CACHELINES,
		   DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP};
position p != outside_again.p;
type T;
identifier x;
expression e;
@@

(
 T x = DMA_ATTR_REQUIRE_COHERENT@p;
|
 T x = e | DMA_ATTR_REQUIRE_COHERENT@p;
)
 ... when != x = e
     when != x &= e
- x |= attr;

@depends on patch@
identifier attr = {DMA_ATTR_DEBUGGING_IGNORE_CACHELINES,
		   DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_CPU_CACHE_OVERLAP};
position p != outside_again.p;
type T;
identifier x;
expression e;
@@

(
 T x = DMA_ATTR_REQUIRE_COHERENT@p;
|
 T x = e | DMA_ATTR_REQUIRE_COHERENT@p;
|
 x = DMA_ATTR_REQUIRE_COHERENT@p;
|
 x = e | DMA_ATTR_REQUIRE_COHERENT@p;
|
 x |= DMA_ATTR_REQUIRE_COHERENT@p;
)
 ... when != x = e
     when != x &= e
- x |= attr;
