// SPDX-License-Identifier: GPL-2.0-only
/// Give a function that maps or unmaps for several callers a parameter for the
/// DMA attributes, so that each caller passes what its memory needs.
///
//# This is half of the change: the maps and unmaps in the function have to use
//# the parameter, see add-require-coherent with -D attr=NAME. All callers have
//# to be changed together. Check other files for calls, for pointers to the
//# function and for macros that call it.
//# A file is left alone if it neither defines nor declares the function, or if
//# the function already has the parameter there.
//
// Confidence: Moderate
// Copyright: (C) 2026 The dmacheck authors.
// Options: --no-includes --include-headers
// Keywords: DMA_ATTR_REQUIRE_COHERENT, dma_map_sg_attrs, attrs
//
// The function: -D fn=NAME
// The caller that passes the attribute, all others pass 0: -D caller=NAME
// Another attribute than DMA_ATTR_REQUIRE_COHERENT: -D value=NAME
// Another name of the parameter than attrs: -D attr=NAME
//
// Only definition and declarations: -D only
// Only the calls in that caller, in a file without them, too: -D calls; also
// those that end in the value already: -D calls -D more
// Only those calls, whose last argument is the attributes already: -D pass
#spatch -D attr=attrs
#spatch -D value=DMA_ATTR_REQUIRE_COHERENT

virtual patch
virtual context
virtual only
virtual calls
virtual more
virtual pass

//----------------------------------------------------------
//  Where it is defined, where it is declared
//----------------------------------------------------------

@defined depends on !calls && !pass@
identifier virtual.fn;
type T;
position p;
@@

T fn@p(...) { ... }

@declared depends on !calls && !pass@
identifier virtual.fn;
type T;
position p;
@@

T fn@p(...);

@defined_so depends on defined@
identifier virtual.fn, virtual.attr;
type T;
@@

T fn(..., unsigned long attr) { ... }

@declared_so depends on declared@
identifier virtual.fn, virtual.attr;
type T;
@@

T fn(..., unsigned long attr);

//----------------------------------------------------------
//  The calls in the function that was named
//----------------------------------------------------------

@call@
identifier virtual.fn;
position q;
@@

fn@q(...)

@inside exists@
identifier virtual.fn, virtual.caller;
position call.q, p;
@@

caller(...) {
<+...
fn@q@p(...)
...+>
}

// The parameter is there already.
@done depends on calls && !more@
identifier virtual.fn, virtual.value;
expression list es;
position d;
@@

fn@d(es, value)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@depends on context && defined && !defined_so && !declared_so@
identifier virtual.fn;
type T;
position defined.p;
@@

* T fn@p(...) { ... }

@depends on context && declared && !defined_so && !declared_so@
identifier virtual.fn;
type T;
position declared.p;
@@

* T fn@p(...);

@depends on context && !only && (calls || pass)@
identifier virtual.fn;
position inside.p;
position q != done.d;
@@

* fn@p@q(...)

@depends on context && !only && (defined || declared) && !defined_so && !declared_so@
identifier virtual.fn;
position call.q;
@@

* fn@q(...)

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@depends on patch && (calls || (!only && !pass && (defined || declared) && !defined_so && !declared_so))@
identifier virtual.fn, virtual.value;
expression list es;
position inside.p;
position q != done.d;
@@

  fn@p@q(es
+        , value
        )

// All other calls.
@depends on patch && !only && !calls && !pass && (defined || declared) && !defined_so && !declared_so@
identifier virtual.fn, virtual.value;
expression list es;
@@

(
  fn(es, value)
|
  fn(es
+    , 0
    )
)

@depends on patch && defined && !defined_so && !declared_so@
identifier virtual.fn, virtual.attr;
type T;
parameter list ps;
@@

  T fn(ps
+      , unsigned long attr
      ) { ... }

// In a file that also defines it, spatch has changed these with the definition.
@depends on patch && declared && !defined && !declared_so@
identifier virtual.fn, virtual.attr;
type T;
parameter list ps;
@@

  T fn(ps
+      , unsigned long attr
      );

@depends on patch && pass@
identifier virtual.fn, virtual.caller, virtual.value;
expression list es;
expression e, e1, e2, e3;
@@

caller(...) {
<...
  fn(es,
(
  <+... value ...+>
|
- 0
+ value
|
- e1 ? e2 : e3
+ (e1 ? e2 : e3) | value
|
  e
+ | value
)
    )
...>
}
