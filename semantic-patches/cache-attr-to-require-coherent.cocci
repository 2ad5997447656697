// SPDX-License-Identifier: GPL-2.0-only
/// Require coherency for user memory, instead of telling DMA debugging to
/// ignore its cache lines.
///
//# A driver that maps pinned user memory cannot keep the CPU from touching its
//# cache lines. The mapping works only if it is coherent, which
//# DMA_ATTR_REQUIRE_COHERENT asks for, at map and unmap. Check other files for
//# unmaps. A file that does not pin is left alone: virtio uses the attribute
//# correctly. So is a file that maps kernel memory with the attribute, or other
//# memory without it, if the unmap does not tell the two apart.
//# Only for a tree that defines DMA_ATTR_REQUIRE_COHERENT.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_CPU_CACHE_CLEAN, DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
//
// In one function, whatever it does: -D only -D fn=NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  In a file that pins user memory
//----------------------------------------------------------

@old@
@@

(
 DMA_ATTR_CPU_CACHE_CLEAN
|
 DMA_ATTR_CPU_CACHE_OVERLAP
|
 DMA_ATTR_DEBUGGING_IGNORE_CACHELINES
)

@pin depends on old && !only@
identifier f =~ "^(pin|get)_user_pages(_fast|_remote|_unlocked)?$|^iov_iter_extract_pages$|^hmm_(range_fault|pfn_to_page|pfn_to_phys)$";
@@

f(...)

@kernel depends on pin exists@
identifier alloc =~ "^(k[mz]alloc|k[mz]alloc_obj|kcalloc|kmalloc_array|alloc_pages?|__get_free_pages?|get_zeroed_page)$";
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
expression x, e;
@@

 x = alloc(...)
 ... when != x = e
 f(..., x, ..., <+... \(DMA_ATTR_CPU_CACHE_CLEAN\|DMA_ATTR_CPU_CACHE_OVERLAP
  \|DMA_ATTR_DEBUGGING_IGNORE_CACHELINES\) ...+>)

@mapped depends on pin@
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
expression list es;
position p;
@@

f@p(es, <+... \(DMA_ATTR_CPU_CACHE_CLEAN\|DMA_ATTR_CPU_CACHE_OVERLAP
  \|DMA_ATTR_DEBUGGING_IGNORE_CACHELINES\|DMA_ATTR_REQUIRE_COHERENT\) ...+>)

@other depends on pin@
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
position p != mapped.p;
@@

f@p(...)

// Unmapped without attributes.
@bare depends on pin@
identifier f =~ "^(ib_)?dma_unmap_sg$|^dma_unmap_(page|single)$";
identifier g =~ "^(ib_)?dma_unmap_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(unlink|destroy)$";
expression list es;
@@

(
 f(...)
|
 g(es, 0)
)

//----------------------------------------------------------
//  Or in the function that was named
//----------------------------------------------------------

@call depends on only@
position q;
@@

(
 DMA_ATTR_CPU_CACHE_CLEAN@q
|
 DMA_ATTR_CPU_CACHE_OVERLAP@q
|
 DMA_ATTR_DEBUGGING_IGNORE_CACHELINES@q
)

@inside exists@
identifier virtual.fn;
position call.q, p;
@@

fn(...) {
<+...
\(DMA_ATTR_CPU_CACHE_CLEAN@q@p\|DMA_ATTR_CPU_CACHE_OVERLAP@q@p
  \|DMA_ATTR_DEBUGGING_IGNORE_CACHELINES@q@p\)
...+>
}

@outside depends on only@
position p != inside.p;
@@

(
 DMA_ATTR_CPU_CACHE_CLEAN@p
|
 DMA_ATTR_CPU_CACHE_OVERLAP@p
|
 DMA_ATTR_DEBUGGING_IGNORE_CACHELINES@p
)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context && (only || (pin && never kernel && (never bare || never other)))@
position p != outside.p;
@@

(
* DMA_ATTR_CPU_CACHE_CLEAN@p
|
* DMA_ATTR_CPU_CACHE_OVERLAP@p
|
* DMA_ATTR_DEBUGGING_IGNORE_CACHELINES@p
)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch && (only || (pin && never kernel && (never bare || never other)))@
position p != outside.p;
@@

(
- DMA_ATTR_CPU_CACHE_CLEAN@p
+ DMA_ATTR_REQUIRE_COHERENT
|
- DMA_ATTR_CPU_CACHE_OVERLAP@p
+ DMA_ATTR_REQUIRE_COHERENT
|
- DMA_ATTR_DEBUGGING_IGNORE_CACHELINES@p
+ DMA_ATTR_REQUIRE_COHERENT
)

// All maps of the file have it now, so all unmaps need it.
@depends on patch && pin && never kernel && mapped && never other@
expression d, a, b, r;
expression list es;
@@

(
- dma_unmap_sg(d,
+ dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, DMA_ATTR_REQUIRE_COHERENT)
|
- ib_dma_unmap_sg(d,
+ ib_dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, DMA_ATTR_REQUIRE_COHERENT)
|
- dma_unmap_page(d,
+ dma_unmap_page_attrs(d,
  a, b,
- r)
+ r, DMA_ATTR_REQUIRE_COHERENT)
|
- dma_unmap_single(d,
+ dma_unmap_single_attrs(d,
  a, b,
- r)
+ r, DMA_ATTR_REQUIRE_COHERENT)
|
  \(dma_unmap_sg_attrs\|dma_unmap_sgtable
  \|ib_dma_unmap_sg_attrs\|ib_dma_unmap_sgtable_attrs
  \|dma_unmap_page_attrs\|dma_unmap_single_attrs\|dma_unmap_phys
  \|dma_iova_unlink\|dma_iova_destroy\)
  (es,
- 0
+ DMA_ATTR_REQUIRE_COHERENT
  )
)
