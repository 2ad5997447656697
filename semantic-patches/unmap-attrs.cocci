// SPDX-License-Identifier: GPL-2.0-only
/// Pass the attributes that must be equal for map and unmap to the unmap.
///
//# DMA debugging compares them since Linux 7.2. DMA_ATTR_REQUIRE_COHERENT or
//# DMA_ATTR_MMIO on one side only is a bug even without it. A file is changed
//# only if all its maps, or allocations, name the attribute; code that keeps
//# attributes in a variable is left alone. Attributes that are only for
//# allocations are not copied from a map.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_REQUIRE_COHERENT, DMA_ATTR_FORCE_CONTIGUOUS
//
// One attribute, in each unmap and free of one function:
// -D only -D fn=NAME -D attr=DMA_ATTR_NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  What all mappings, or all allocations, of the file carry
//----------------------------------------------------------

@mapped depends on !only@
identifier A =~ "^DMA_ATTR_(REQUIRE_COHERENT|CC_SHARED|PRIVILEGED|MMIO)$";
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
expression list es;
position p;
@@

f@p(es, <+... A ...+>)

@other_map depends on mapped@
identifier mapped.A;
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
expression list es;
position p != mapped.p;
@@

(
 f@p(es, <+... A ...+>)
|
 f@p(...)
)

@allocated depends on !only@
identifier A =~ "^DMA_ATTR_(NO_KERNEL_MAPPING|FORCE_CONTIGUOUS|PRIVILEGED|CC_SHARED)$";
expression list es;
position p;
@@

dma_alloc_attrs@p(es, <+... A ...+>)

@other_alloc depends on allocated@
identifier allocated.A;
identifier f =~ "^dma_alloc_(attrs|coherent|wc)$";
expression list es;
position p != allocated.p;
@@

(
 f@p(es, <+... A ...+>)
|
 f@p(...)
)

//----------------------------------------------------------
//  Or the function that was named
//----------------------------------------------------------

@call depends on only@
identifier f =~ "^(ib_)?dma_unmap_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(unlink|destroy)$|^dma_free_(coherent|attrs)$";
position q;
@@

f@q(...)

@inside exists@
identifier virtual.fn;
identifier call.f;
position call.q, p;
@@

fn(...) {
<+...
f@q@p(...)
...+>
}

@outside depends on only@
identifier call.f;
position p != inside.p;
@@

f@p(...)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@has_map depends on context@
identifier mapped.A;
identifier f =~ "^(ib_)?dma_unmap_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(unlink|destroy)$";
expression list es;
position p;
@@

f@p(es, <+... A ...+>)

@depends on context && mapped && never other_map@
identifier f =~ "^(ib_)?dma_unmap_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(unlink|destroy)$";
position p != has_map.p;
@@

* f@p(...)

@has_alloc depends on context@
identifier allocated.A;
expression list es;
position p;
@@

dma_free_attrs@p(es, <+... A ...+>)

@depends on context && allocated && never other_alloc@
identifier f =~ "^dma_free_(coherent|attrs)$";
position p != has_alloc.p;
@@

* f@p(...)

@depends on context && only@
identifier call.f;
position p != outside.p;
@@

* f@p(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch && mapped && never other_map@
identifier mapped.A;
identifier B =~ "^DMA_ATTR_";
expression d, a, b, r, e;
expression list es;
@@

(
- dma_unmap_sg(d,
+ dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, A)
|
- ib_dma_unmap_sg(d,
+ ib_dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, A)
|
- dma_unmap_page(d,
+ dma_unmap_page_attrs(d,
  a, b,
- r)
+ r, A)
|
- dma_unmap_single(d,
+ dma_unmap_single_attrs(d,
  a, b,
- r)
+ r, A)
|
  \(dma_unmap_sg_attrs\|dma_unmap_sgtable
  \|ib_dma_unmap_sg_attrs\|ib_dma_unmap_sgtable_attrs
  \|dma_unmap_page_attrs\|dma_unmap_single_attrs\|dma_unmap_phys
  \|dma_iova_unlink\|dma_iova_destroy\)
  (es,
(
  <+... A ...+>
|
- 0
+ A
|
  B
+ | A
|
  e | B
+ | A
)
  )
)

@depends on patch && allocated && never other_alloc@
identifier allocated.A;
identifier B =~ "^DMA_ATTR_";
expression d, a, b, r, e;
expression list es;
@@

(
- dma_free_coherent(d, a, b, r)
+ dma_free_attrs(d, a, b, r, A)
|
  dma_free_attrs
  (es,
(
  <+... A ...+>
|
- 0
+ A
|
  B
+ | A
|
  e | B
+ | A
)
  )
)

@depends on patch && only@
identifier virtual.attr;
position p != outside.p;
identifier B =~ "^DMA_ATTR_";
expression d, a, b, r, e, e1, e2, e3;
expression list es;
@@

(
- dma_unmap_sg@p(d,
+ dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, attr)
|
- ib_dma_unmap_sg@p(d,
+ ib_dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, attr)
|
- dma_unmap_page@p(d,
+ dma_unmap_page_attrs(d,
  a, b,
- r)
+ r, attr)
|
- dma_unmap_single@p(d,
+ dma_unmap_single_attrs(d,
  a, b,
- r)
+ r, attr)
|
- dma_free_coherent@p(d, a, b, r)
+ dma_free_attrs(d, a, b, r, attr)
|
  \(dma_unmap_sg_attrs@p\|dma_unmap_sgtable@p
  \|ib_dma_unmap_sg_attrs@p\|ib_dma_unmap_sgtable_attrs@p
  \|dma_unmap_page_attrs@p\|dma_unmap_single_attrs@p\|dma_unmap_phys@p
  \|dma_iova_unlink@p\|dma_iova_destroy@p
  \|dma_free_attrs@p\)
  (es,
(
  <+... attr ...+>
|
- 0
+ attr
|
  B
+ | attr
|
  e | B
+ | attr
|
- e1 ? e2 : e3
+ (e1 ? e2 : e3) | attr
|
  e
+ | attr
)
  )
)

