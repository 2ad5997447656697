// SPDX-License-Identifier: GPL-2.0-only
/// Check dma_map_sg() for 0, which it returns on failure, not for a negative
/// value.
///
//# dma_map_sgtable() is not changed, it returns an error code. If the count of
//# the failed mapping is returned, directly or at a label, it becomes -EIO.
//# Check other uses of the count. A check that another number can reach as well
//# is not changed.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_map_sg, dma_map_sg_attrs, ib_dma_map_sg
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

@call@
expression n;
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
statement S1, S2;
position p;
@@

 n = f(...);
 ... when != n
 if (n < 0@p) S1 else S2

// The number may also come from elsewhere.
@from@
expression n;
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
position m;
@@

 n = f@m(...)

@elsewhere exists@
expression call.n, e;
identifier f;
constant c;
position call.p, z, m != from.m;
@@

(
 n = f@m(...)
|
 n = c
|
 n = -c
)
 ... when != n = e
 n < 0@p@z

// A count of 0 is checked as well.
@zero exists@
expression call.n, e;
position call.p, z;
@@

 n < 0@p@z
 ... when != n = e
 \(n == 0\|n != 0\|!n\|n < 1\)

@inside exists@
identifier virtual.fn;
expression call.n;
position call.p, z;
@@

fn(...) {
<+...
n < 0@p@z
...+>
}

@outside depends on only@
expression call.n;
position call.p, z != inside.z;
@@

 n < 0@p@z

// The function returns the count at its end.
@leaves exists@
expression call.n, e;
position call.p, g;
identifier l;
@@

 n < 0@p
 ... when != n = e
 goto@g l;
 ... when != n = e
 return n;

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
expression call.n;
position call.p, z != {zero.z, elsewhere.z, outside.z};
@@

* n < 0@p@z

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
expression call.n, e;
position call.p, z != {zero.z, elsewhere.z, outside.z};
position leaves.g;
identifier l;
statement S1, S2;
@@

(
  if (
- n < 0@p@z
+ !n
  )
+ {
+ n = -EIO;
  goto@g l;
+ }
|
  if (
- n < 0@p@z
+ !n
  ) {
  ...
+ n = -EIO;
  goto@g l;
  }
|
  if (
- n < 0@p@z
+ !n
  ) return
- n
+ -EIO
  ;
|
  if (
- n < 0@p@z
+ !n
  ) {
  ...
  return
- n
+ -EIO
  ;
  }
|
  if (
- n < 0@p@z
+ !n
  ) {
  ...
  e =
- n
+ -EIO
  ;
  ...
  }
|
  if (
- n < 0@p@z
+ !n
  ) S1 else S2
)
