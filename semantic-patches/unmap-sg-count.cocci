// SPDX-License-Identifier: GPL-2.0-only
/// Pass the nents given to dma_map_sg() to dma_unmap_sg() and
/// dma_sync_sg_for_*(), not the count that dma_map_sg() returned.
///
//# The count is replaced if the number that was given is still known: a variable
//# or member that is not changed in between, a member of the object that keeps
//# the returned count, or orig_nents of a struct sg_table.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: dma_map_sg, dma_unmap_sg, dma_sync_sg_for_cpu, sg_table
//
// In one function only: -D only -D fn=NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  Both calls are in one function
//----------------------------------------------------------

@pair exists@
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
identifier u =~ "^(ib_)?dma_(unmap_sg(_attrs)?|sync_sg_for_(cpu|device))$";
idexpression x;
identifier m, m2;
expression n, c, l, d, d2, e;
position p;
@@

 n = f(d, l, \(c\&\(x\|x->m\|x.m\|x->m.m2\|x->m->m2\|sg_nents(x)
     \|sg_nents(x->m)\)\), ...)
 ... when != n = e
     when != x = e
     when != \(x++\|x--\|++x\|--x\|x += e\|x -= e\|&x\)
     when != c = e
     when != \(c++\|c--\|++c\|--c\|c += e\|c -= e\|&c\)
     when any
 u@p(d2, l, n, ...)

// Another value of the count can get there as well.
@from@
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
expression pair.n, pair.c, d, l;
position z;
@@

 n@z = f(d, l, c, ...)

@other exists@
expression pair.n, e, e2;
position pair.p, q, z != from.z;
identifier u;
@@

 n@z = e
 ... when != n = e2
     when any
 u@p@q(...)

// The count replaced the number.
@same exists@
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
expression pair.n, d, l;
position pair.p, q;
identifier u;
@@

 n = f(d, l, n, ...)
 ... when any
 u@p@q(...)

// Where the map failed, 0 entries are unmapped: that is right.
@fails@
expression pair.n;
identifier l;
position g;
@@

(
 if (<+... \(!n\|n == 0\|n < 1\|n <= 0\|n < 0\) ...+>) goto@g l;
|
 if (<+... \(!n\|n == 0\|n < 1\|n <= 0\|n < 0\) ...+>) { ... goto@g l; }
)

@failed exists@
expression pair.n;
identifier fails.l, u;
position fails.g, pair.p, q;
@@

 goto@g l;
 ... when != n
 u@p@q(..., n, ...)

@pair_inside exists@
identifier virtual.fn;
position pair.p, q;
identifier u;
@@

fn(...) {
<+...
u@p@q(...)
...+>
}

@pair_outside depends on only@
position pair.p, q != pair_inside.q;
identifier u;
@@

u@p@q(...)

@depends on context@
position pair.p, q != {other.q, same.q, failed.q, pair_outside.q};
expression pair.n, l, d;
identifier u;
@@

* u@p@q(d, l, n, ...)

@depends on patch@
position pair.p, q != {other.q, same.q, failed.q, pair_outside.q};
expression pair.n, pair.c, l, d;
identifier u;
@@

 u@p@q(d, l,
- n
+ c
  , ...)

//----------------------------------------------------------
//  A struct sg_table has both
//----------------------------------------------------------

@mapped@
expression t;
identifier f =~ "^(ib_)?dma_map_sg(_attrs)?$";
@@

(
 t->nents = f(...)
|
 t.nents = f(...)
|
 dma_map_sgtable(...)
)

@table depends on mapped || only@
identifier u =~ "^(ib_)?dma_(unmap_sg(_attrs)?|sync_sg_for_(cpu|device))$";
expression d, t;
position p;
@@

(
 u@p(d, t->sgl, t->nents, ...)
|
 u@p(d, t.sgl, t.nents, ...)
)

@table_inside exists@
identifier virtual.fn;
position table.p, q;
identifier u;
@@

fn(...) {
<+...
u@p@q(...)
...+>
}

@table_outside depends on only@
position table.p, q != table_inside.q;
identifier u;
@@

u@p@q(...)

@depends on context@
position table.p, q != table_outside.q;
identifier u;
@@

* u@p@q(...)

@depends on patch@
position table.p, q != table_outside.q;
expression d, l, t;
identifier u;
@@

(
 u@p@q(d, l,
- t->nents
+ t->orig_nents
  , ...)
|
 u@p@q(d, l,
- t.nents
+ t.orig_nents
  , ...)
)
