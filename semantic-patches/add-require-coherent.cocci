// SPDX-License-Identifier: GPL-2.0-only
/// Map user memory with DMA_ATTR_REQUIRE_COHERENT, so that the mapping fails
/// if it needs a bounce buffer or cache maintenance.
///
//# Only for memory that user space and the device use at the same time, as in
//# RDMA and DRM. Map and unmap must have the same attribute: check other files
//# for unmaps. A file is left alone if it syncs the memory, if nothing shows
//# that the mapping lasts, if it maps other memory with the same family of
//# functions, or if it does not unmap in static functions.
//# Only for a tree that defines the attribute.
//# ib_dma_map_page() and ib_dma_map_single() take no attributes and stay.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_REQUIRE_COHERENT, pin_user_pages, dma_map_sgtable
//
// In one function, whatever it does: -D only -D fn=NAME
// Another attribute, or a variable that holds it: -D attr=NAME
#spatch -D attr=DMA_ATTR_REQUIRE_COHERENT

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  Which calls: those in the function that was named
//----------------------------------------------------------

@call depends on only@
identifier f =~ "^(ib_)?dma_(un)?map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(link|unlink|destroy)$";
position q;
@@

f@q(...)

@inside exists@
identifier virtual.fn;
identifier call.f;
position call.q;
position p;
@@

fn(...) {
<+...
f@q@p(...)
...+>
}

@outside depends on only@
identifier f =~ "^(ib_)?dma_(un)?map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(link|unlink|destroy)$";
position p != inside.p;
@@

f@p(...)

//----------------------------------------------------------
//  Or those of a file that pins the memory and keeps it mapped
//----------------------------------------------------------

// The driver syncs the memory, so bouncing works.
@syncs depends on !only@
identifier f =~ "^(ib_)?dma_sync_(single|single_range|sg|sgtable)_for_(cpu|device)$";
@@

f(...)

// A short pin for one direction is one transfer.
@lasts depends on !only && never syncs@
@@

(
 FOLL_LONGTERM
|
 DMA_BIDIRECTIONAL
|
 hmm_range_fault(...)
)

@pin depends on lasts@
identifier f =~ "^(pin|get)_user_pages(_fast|_remote|_unlocked)?$|^iov_iter_extract_pages$|^hmm_(range_fault|pfn_to_page|pfn_to_phys)$";
position q;
@@

f@q(...)

@pins exists@
identifier pinner;
identifier pin.f;
position pin.q;
@@

pinner(...) {
<+...
f@q(...)
...+>
}

// It maps them itself, or in a static function that has no other caller.
@map depends on pins@
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_link$";
position q;
@@

f@q(...)

@maps exists@
identifier mapper;
identifier map.f;
position map.q;
type T;
@@

static T mapper(...) {
<+...
f@q(...)
...+>
}

@calls exists@
identifier pins.pinner, maps.mapper;
@@

pinner(...) {
<+...
mapper(...)
...+>
}

@elsewhere depends on calls exists@
identifier maps.mapper;
identifier other != pins.pinner;
@@

other(...) {
<+...
mapper(...)
...+>
}

@map_sg depends on pins@
identifier f =~ "^(ib_)?dma_map_(sg|sgtable)(_attrs)?$";
position q;
@@

f@q(...)

@direct_sg exists@
identifier pins.pinner;
identifier map_sg.f;
position map_sg.q;
position p;
@@

pinner(...) {
<+...
f@q@p(...)
...+>
}

@helped_sg depends on calls && !elsewhere exists@
identifier maps.mapper;
identifier map_sg.f;
position map_sg.q;
position p;
@@

mapper(...) {
<+...
f@q@p(...)
...+>
}

// Which unmap belongs to which map is sure only where every map of the family
// is of user memory, and where no other file can call the unmap.
@other_sg depends on ever direct_sg || ever helped_sg@
identifier f =~ "^(ib_)?dma_map_(sg|sgtable)(_attrs)?$";
position p != {direct_sg.p, helped_sg.p};
@@

f@p(...)

@unmap_sg depends on (ever direct_sg || ever helped_sg) && never other_sg@
identifier f =~ "^(ib_)?dma_unmap_(sg|sgtable)(_attrs)?$";
position q;
@@

f@q(...)

@unmaps_sg exists@
identifier unmap_sg.f, unmapper;
position unmap_sg.q, p;
type T;
@@

static T unmapper(...) {
<+...
f@q@p(...)
...+>
}

@shared_sg depends on ever unmaps_sg@
identifier f =~ "^(ib_)?dma_unmap_(sg|sgtable)(_attrs)?$";
position p != unmaps_sg.p;
@@

f@p(...)

@keeps_sg depends on !only && (never unmaps_sg || ever shared_sg)@
identifier f =~ "^(ib_)?dma_(un)?map_(sg|sgtable)(_attrs)?$";
position p;
@@

f@p(...)

@map_page depends on pins@
identifier f =~ "^dma_map_(page|single|phys)(_attrs)?$";
position q;
@@

f@q(...)

@direct_page exists@
identifier pins.pinner;
identifier map_page.f;
position map_page.q;
position p;
@@

pinner(...) {
<+...
f@q@p(...)
...+>
}

@helped_page depends on calls && !elsewhere exists@
identifier maps.mapper;
identifier map_page.f;
position map_page.q;
position p;
@@

mapper(...) {
<+...
f@q@p(...)
...+>
}

// Which unmap belongs to which map is sure only where every map of the family
// is of user memory, and where no other file can call the unmap.
@other_page depends on ever direct_page || ever helped_page@
identifier f =~ "^dma_map_(page|single|phys)(_attrs)?$";
position p != {direct_page.p, helped_page.p};
@@

f@p(...)

@unmap_page depends on (ever direct_page || ever helped_page) && never other_page@
identifier f =~ "^dma_unmap_(page|single|phys)(_attrs)?$";
position q;
@@

f@q(...)

@unmaps_page exists@
identifier unmap_page.f, unmapper;
position unmap_page.q, p;
type T;
@@

static T unmapper(...) {
<+...
f@q@p(...)
...+>
}

@shared_page depends on ever unmaps_page@
identifier f =~ "^dma_unmap_(page|single|phys)(_attrs)?$";
position p != unmaps_page.p;
@@

f@p(...)

@keeps_page depends on !only && (never unmaps_page || ever shared_page)@
identifier f =~ "^dma_(un)?map_(page|single|phys)(_attrs)?$";
position p;
@@

f@p(...)

@map_iova depends on pins@
identifier f =~ "^dma_iova_link$";
position q;
@@

f@q(...)

@direct_iova exists@
identifier pins.pinner;
identifier map_iova.f;
position map_iova.q;
position p;
@@

pinner(...) {
<+...
f@q@p(...)
...+>
}

@helped_iova depends on calls && !elsewhere exists@
identifier maps.mapper;
identifier map_iova.f;
position map_iova.q;
position p;
@@

mapper(...) {
<+...
f@q@p(...)
...+>
}

// Which unmap belongs to which map is sure only where every map of the family
// is of user memory, and where no other file can call the unmap.
@other_iova depends on ever direct_iova || ever helped_iova@
identifier f =~ "^dma_iova_link$";
position p != {direct_iova.p, helped_iova.p};
@@

f@p(...)

@unmap_iova depends on (ever direct_iova || ever helped_iova) && never other_iova@
identifier f =~ "^dma_iova_(unlink|destroy)$";
position q;
@@

f@q(...)

@unmaps_iova exists@
identifier unmap_iova.f, unmapper;
position unmap_iova.q, p;
type T;
@@

static T unmapper(...) {
<+...
f@q@p(...)
...+>
}

@shared_iova depends on ever unmaps_iova@
identifier f =~ "^dma_iova_(unlink|destroy)$";
position p != unmaps_iova.p;
@@

f@p(...)

@keeps_iova depends on !only && (never unmaps_iova || ever shared_iova)@
identifier f =~ "^dma_iova_(link|unlink|destroy)$";
position p;
@@

f@p(...)

//----------------------------------------------------------
//  Not those that have it: in the call, in a variable, in a field
//----------------------------------------------------------

@held exists@
identifier virtual.attr;
local idexpression x;
expression list es;
identifier f;
position p;
@@

(
 x = <+... attr ...+>
|
 x |= <+... attr ...+>
)
 ... when any
 f@p(es, x)

@preset exists@
identifier virtual.attr;
type T;
identifier x, f;
expression list es;
position p;
@@

 T x = <+... attr ...+>;
 ... when any
 f@p(es, x)

@sets@
identifier virtual.attr, member;
expression e;
@@

(
 e->member = <+... attr ...+>
|
 e->member |= <+... attr ...+>
|
 e.member = <+... attr ...+>
|
 e.member |= <+... attr ...+>
)

@stored@
identifier sets.member, f;
expression list es;
expression e;
position p;
@@

(
 f@p(es, e->member)
|
 f@p(es, e.member)
)

@passed@
identifier virtual.attr;
identifier f =~ "^(ib_)?dma_(un)?map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(link|unlink|destroy)$";
expression list es;
position p;
@@

f@p(es, <+... attr ...+>)

// These take no attributes.
@plain@
position p;
@@

\(ib_dma_map_page@p\|ib_dma_unmap_page@p
\|ib_dma_map_single@p\|ib_dma_unmap_single@p\)(...)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier f =~ "^(ib_)?dma_(un)?map_(sg|sgtable|page|single|phys)(_attrs)?$|^dma_iova_(link|unlink|destroy)$";
position p != {outside.p, keeps_sg.p, keeps_page.p, keeps_iova.p,
	       held.p, preset.p, stored.p, passed.p, plain.p};
@@

* f@p(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

// First and last argument are written anew, those between stay: so spatch
// aligns the lines and keeps the comments.
@depends on patch@
identifier virtual.attr;
position p != {outside.p, keeps_sg.p, keeps_page.p, keeps_iova.p,
	       held.p, preset.p, stored.p};
expression d, a, b, c, r, e, e1, e2, e3;
expression list es;
@@

(
- dma_map_sg@p(d,
+ dma_map_sg_attrs(d,
  a, b,
- r)
+ r, attr)
|
- dma_unmap_sg@p(d,
+ dma_unmap_sg_attrs(d,
  a, b,
- r)
+ r, attr)
|
- ib_dma_map_sg@p(d,
+ ib_dma_map_sg_attrs(d,
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
- dma_map_page@p(d,
+ dma_map_page_attrs(d,
  a, b, c,
- r)
+ r, attr)
|
- dma_unmap_page@p(d,
+ dma_unmap_page_attrs(d,
  a, b,
- r)
+ r, attr)
|
- dma_map_single@p(d,
+ dma_map_single_attrs(d,
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
  \(dma_map_sg_attrs@p\|dma_unmap_sg_attrs@p
  \|dma_map_sgtable@p\|dma_unmap_sgtable@p
  \|ib_dma_map_sg_attrs@p\|ib_dma_unmap_sg_attrs@p
  \|ib_dma_map_sgtable_attrs@p\|ib_dma_unmap_sgtable_attrs@p
  \|dma_map_page_attrs@p\|dma_unmap_page_attrs@p
  \|dma_map_single_attrs@p\|dma_unmap_single_attrs@p
  \|dma_map_phys@p\|dma_unmap_phys@p
  \|dma_iova_link@p\|dma_iova_unlink@p\|dma_iova_destroy@p\)
  (es,
(
  <+... attr ...+>
|
- 0
+ attr
|
- e1 ? e2 : e3
+ (e1 ? e2 : e3) | attr
|
  e
+ | attr
)
  )
)
