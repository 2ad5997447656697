// SPDX-License-Identifier: GPL-2.0-only
/// Check a mapping with dma_mapping_error(), and leave on failure as the
/// function does once it has unmapped the memory.
///
//# A check is added where a later error path of the function unmaps the memory,
//# and right behind that goes to a label, falls into one, or returns an error:
//# there everything is undone that was done before the mapping.
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

//----------------------------------------------------------
//  Another failure behind it goes to a label once it has unmapped
//----------------------------------------------------------

@map1@
identifier f =~ "^dma_map_(single|page|resource)(_attrs)?$";
expression h, d;
position p;
@@

 h@p = f(d, ...);

@named1 exists@
identifier virtual.fn;
expression map1.h;
identifier f;
position map1.p, q;
@@

fn(...) {
<+...
 h@p@q = f(...);
...+>
}

@unnamed1 depends on only@
expression map1.h;
identifier f;
position map1.p, q != named1.q;
@@

 h@p@q = f(...);

@declared1@
type T;
identifier h, f;
position map1.p, q;
@@

 T h@p@q = f(...);

@asked1 exists@
expression map1.h;
identifier f;
position map1.p, q;
@@

 h@p@q = f(...);
 ... when any
 dma_mapping_error(..., h)

@leave exists@
expression map1.h, map1.d, d2;
identifier f, l, l2;
identifier u =~ "^dma_unmap_(single|page|resource)(_attrs)?$";
local idexpression int r;
position map1.p, q != {asked1.q, declared1.q, unnamed1.q};
@@

 h@p@q = f(d, ...);
 ... when any
(
 goto l;
 ... when any
 u(d2, h, ...);
 l2:
|
 u(d2, h, ...);
 goto l2;
)
 ... when any
 return r;

// What is undone there was done behind the mapping.
@later exists@
expression map1.h, y;
identifier f, g, k, u, leave.l2;
position map1.p, leave.q, z;
@@

 h@p@q@z = f(...);
 ... when any
 y = g(...)
 ... when any
 u(..., h, ...);
(
 l2:
|
 goto l2;
)
 ... when any
 k(..., y, ...)

@errno1 exists@
expression map1.h;
local idexpression int leave.r;
identifier f, c =~ "^E[A-Z]+$";
position map1.p, leave.q, z;
@@

 h@p@q@z = f(...);
 ... when any
 r = -c

@depends on context@
expression map1.h;
identifier f;
position map1.p, errno1.z, y != later.z;
@@

* h@p@z@y = f(...);

@depends on patch@
expression map1.h, map1.d;
local idexpression int leave.r;
identifier f, leave.l2;
position map1.p, errno1.z, y != later.z;
@@

 h@p@z@y = f(d, ...);
+ if (dma_mapping_error(d, h)) {
+ 	r = -ENOMEM;
+ 	goto l2;
+ }

//----------------------------------------------------------
//  Another failure behind it returns once it has unmapped
//----------------------------------------------------------

@map2@
identifier f =~ "^dma_map_(single|page|resource)(_attrs)?$";
expression h, d;
position p;
@@

 h@p = f(d, ...);

@named2 exists@
identifier virtual.fn;
expression map2.h;
identifier f;
position map2.p, q;
@@

fn(...) {
<+...
 h@p@q = f(...);
...+>
}

@unnamed2 depends on only@
expression map2.h;
identifier f;
position map2.p, q != named2.q;
@@

 h@p@q = f(...);

@declared2@
type T;
identifier h, f;
position map2.p, q;
@@

 T h@p@q = f(...);

@asked2 exists@
expression map2.h;
identifier f;
position map2.p, q;
@@

 h@p@q = f(...);
 ... when any
 dma_mapping_error(..., h)

@back exists@
expression map2.h, map2.d, d2;
identifier f, l, c =~ "^E[A-Z]+$";
identifier u =~ "^dma_unmap_(single|page|resource)(_attrs)?$";
local idexpression int r;
position map2.p, q != {asked2.q, declared2.q, unnamed2.q};
@@

 h@p@q = f(d, ...);
 ... when any
(
 if (...) {
 u(d2, h, ...);
 return \(r\|-c\);
 }
|
 goto l;
 ... when any
 l:
 u(d2, h, ...);
 return \(r\|-c\);
)

@errno2 exists@
expression map2.h;
identifier f, c =~ "^E[A-Z]+$";
position map2.p, back.q, z;
@@

 h@p@q@z = f(...);
 ... when any
 -c

@depends on context@
expression map2.h;
identifier f;
position map2.p, errno2.z;
@@

* h@p@z = f(...);

@depends on patch@
expression map2.h, map2.d;
identifier f;
position map2.p, errno2.z;
@@

 h@p@z = f(d, ...);
+ if (dma_mapping_error(d, h))
+ 	return -ENOMEM;
