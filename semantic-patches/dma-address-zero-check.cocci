// SPDX-License-Identifier: GPL-2.0-only
/// Check a mapping with dma_mapping_error(), not by comparing its address with
/// 0.
///
//# A check is changed if the address always comes from a mapping there. Check
//# other places that take 0 for "not mapped".
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_map_single, dma_map_page, dma_mapping_error
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

@test exists@
identifier f =~ "^dma_map_(single|page|resource)(_attrs)?$";
expression a, d, e;
position p;
@@

 a = f(d, ...)
 ... when != a
     when != d = e
(
 !a@p
|
 a@p == 0
)

@from@
identifier f =~ "^dma_map_(single|page|resource)(_attrs)?$";
expression test.a;
position z;
@@

 a@z = f(...)

// The address can have another value.
@elsewhere exists@
expression test.a, e, e2;
position test.p, q, z != from.z;
@@

 a@z = e
 ... when != a = e2
(
 !a@p@q
|
 a@p@q == 0
)

@unset exists@
identifier fun;
expression test.a, e;
position test.p, q;
@@

fun(...) {
 ... when != a = e
(
 !a@p@q
|
 a@p@q == 0
)
 ... when any
}

@inside exists@
identifier virtual.fn;
expression test.a;
position test.p, q;
@@

fn(...) {
<+...
(
 !a@p@q
|
 a@p@q == 0
)
...+>
}

@outside depends on only@
expression test.a;
position test.p, q != inside.q;
@@

(
 !a@p@q
|
 a@p@q == 0
)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
expression test.a;
position test.p, q != {elsewhere.q, unset.q, outside.q};
@@

(
* !a@p@q
|
* a@p@q == 0
)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
expression test.a, test.d;
position test.p, q != {elsewhere.q, unset.q, outside.q};
@@

(
- !a@p@q
+ dma_mapping_error(d, a)
|
- a@p@q == 0
+ dma_mapping_error(d, a)
)
