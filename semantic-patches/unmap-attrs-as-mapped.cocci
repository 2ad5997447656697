// SPDX-License-Identifier: GPL-2.0-only
/// Let the unmap compute its attributes as the map does.
///
//# Only where what they are computed from has the same name in both functions,
//# is the same object, and does not change while it is mapped. A function is
//# left alone when its unmap has attributes already.
//
// Confidence: Low
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_CC_SHARED, dma_unmap_sgtable
//
// The function that maps: -D from=NAME
// The function that unmaps: -D fn=NAME

virtual patch
virtual context
virtual only

//----------------------------------------------------------
//  How the map has its attributes
//----------------------------------------------------------

@variable exists@
identifier virtual.from;
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$";
local idexpression unsigned long x;
expression list es;
expression attrs;
@@

from(...) {
<+...
 x = attrs;
 ... when != x = ...
     when != x |= ...
 f(es, x)
...+>
}

@preset exists@
identifier virtual.from;
identifier f =~ "^(ib_)?dma_map_(sg|sgtable|page|single|phys)(_attrs)?$";
identifier x;
expression list es;
expression attrs;
@@

from(...) {
... when any
 unsigned long x = attrs;
<+...
 f(es, x)
...+>
}

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context@
identifier virtual.fn;
identifier f =~ "^(ib_)?dma_unmap_(sg_attrs|sgtable|page_attrs|single_attrs|phys)$";
expression list es;
@@

fn(...) {
<...
* f(es, 0)
...>
}

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch@
identifier virtual.fn;
expression variable.attrs;
identifier f =~ "^(ib_)?dma_unmap_(sg_attrs|sgtable|page_attrs|single_attrs|phys)$";
expression list es;
@@

fn(...) {
<...
  f(es,
-   0
+   attrs
   )
...>
}

@depends on patch@
identifier virtual.fn;
expression preset.attrs;
identifier f =~ "^(ib_)?dma_unmap_(sg_attrs|sgtable|page_attrs|single_attrs|phys)$";
expression list es;
@@

fn(...) {
<...
  f(es,
-   0
+   attrs
   )
...>
}
