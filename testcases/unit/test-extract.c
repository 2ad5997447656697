// SPDX-License-Identifier: GPL-2.0-only
/*
 * What facts come out of a few lines of C, as facts_print() says them:
 * LINE:COLUMN bBRANCH PLACE/CARRY[*] = {TERM ...}. What has no effect on the
 * ways of memory (a store to an object, an unknown one to a pointer) is none.
 */
#include "extracting.h"

#include <sys/stat.h>

static void places(void **state)
{
	(void)state;
	gives("struct page *g; static void *s;\n"
	      "static void *f(struct page *a, struct dev *d, int n, void *v)\n"
	      "{\n"
	      "	struct page *l = a, **m;\n"
	      "	static void *t;\n"
	      "	dma_addr_t dma = dma_map(v, 4096, 1 << 12);\n"
	      "	l = g; g = l; s = v; t = s;\n"
	      "	d->pages = m; *m = l; m[n] = d->one; d->pages[n] = l;\n"
	      "	d->in.low = v; d->dma = dma; d->next->virt = (char *)v + n;\n"
	      "	l->head = a; l->flags = n; n = d->size;\n"
	      "	return d->virt;\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "a.c:f (a.c:2)\n"
	      "  4:19 b0 l/E* = {a#0/E*}\n"
	      "  6:19 b0 @1 {dma_map()/F*}({v#3/P*}, {0x1000}, {0x1000})\n"
	      "  6:19 b0 dma/W = {call@1/A}\n"
	      "  7:2 b0 l/E* = {::g/E*}\n"
	      "  7:9 b0 ::g/E* = {l/E*}\n"
	      "  7:16 b0 ::s/P* = {v#3/P*}\n"
	      "  7:23 b0 ::t/P* = {::s/P*}\n"
	      "  8:5 b0 dev.pages/E* = {m/E*}\n"
	      "  8:16 b0 *m/E* = {l/E*}\n"
	      "  8:24 b0 *m/E* = {dev.one/E*}\n"
	      "  8:39 b0 *dev.pages/E* = {l/E*}\n"
	      "  9:8 b0 dev.low/P* = {v#3/P*}\n"
	      "  9:20 b0 dev.dma/A = {dma/W}\n"
	      "  9:40 b0 dev.virt/P* = {v#3/P*}\n"
	      "  10:5 b0 *l/E* = {a#0/E*}\n"
	      "  10:29 b0 n#2/N = {dev.size/N}\n"
	      "  11:2 b0 return {dev.virt/P*}\n");
	gives("void f(void *a)\n{\n	void *b = a;\n	{ void *b = &a; a = b; }\n"
	      "	a = b;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:12 b0 b/P* = {a#0/P*}\n"
	      "  4:14 b0 b/P* = {a#0/P*}\n"
	      "  4:18 b0 a#0/P* = {b/P*}\n"
	      "  5:2 b0 a#0/P* = {b/P*}\n");
}

/* facts.h has this one. */
static void the_example(void **state)
{
	(void)state;
	gives("int f(struct dev *d, void *p)\n"
	      "{\n"
	      "	unsigned long attrs = d->size ? 1 : 2;\n"
	      "	d->dma = dma_map(p, 8, attrs | d->attrs);\n"
	      "	if (!d->dma)\n"
	      "		return put(d->one);\n"
	      "	return 0;\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:27 b0 test {dev.size/N}\n"
	      "  3:24 b0 attrs/W = {0:0x1 1:0x2}\n"
	      "  4:11 b0 @2 {dma_map()/F*}({p#1/P*}, {0x8}, {attrs/W dev.attrs/W})\n"
	      "  4:5 b0 dev.dma/A = {call@2/A}\n"
	      "  5:10 b0 test !{dev.dma/A}\n"
	      "  6:10 b1 @5 {put()/F*}({dev.one/E*})\n"
	      "  6:3 b1 return {call@5/N}\n"
	      "  7:2 b0 return {0x0}\n"
	      "  block 0 from 0: 1 else 2 if d->size by 0\n"
	      "  block 1 from 1: 2\n"
	      "  block 2 from 1: 4 else 3 if d->dma by 4\n"
	      "  block 3 from 5: end\n"
	      "  block 4 from 7: end\n");
}

static void initialisers(void **state)
{
	(void)state;
	gives("int m(struct page *p); int u(void *p);\n"
	      "struct ops o = { m, u, 3 };\n"
	      "static const struct ops p = { .unmap = u, .map = m };\n"
	      "struct outer q = { .ops = { .map = m }, .ops.unmap = u };\n"
	      "struct outer r = { 1, { m, u } };\n"
	      "struct ops arr[] = { { .map = m }, [3] = { .unmap = u } };\n"
	      "void *one;\n"
	      "void *tab[4] = { &one, [2] = &one, [0 ... 1] = &one };\n"
	      "int (*fns[2])(void *) = { u, [1] = u };\n",
	      "a.c (a.c:1)\n"
	      "  2:18 b0 ops.map/F* = {m()/F*}\n"
	      "  2:21 b0 ops.unmap/F* = {u()/F*}\n"
	      "  2:24 b0 ops.n/N = {0x3}\n"
	      "  3:40 b0 ops.unmap/F* = {u()/F*}\n"
	      "  3:50 b0 ops.map/F* = {m()/F*}\n"
	      "  4:36 b0 ops.map/F* = {m()/F*}\n"
	      "  4:54 b0 ops.unmap/F* = {u()/F*}\n"
	      "  5:20 b0 outer.x/N = {0x1}\n"
	      "  5:25 b0 ops.map/F* = {m()/F*}\n"
	      "  5:28 b0 ops.unmap/F* = {u()/F*}\n"
	      "  6:31 b0 ops.map/F* = {m()/F*}\n"
	      "  6:53 b0 ops.unmap/F* = {u()/F*}\n"
	      "  8:18 b0 *::tab/P* = {::one/P*}\n"
	      "  8:30 b0 *::tab/P* = {::one/P*}\n"
	      "  8:48 b0 *::tab/P* = {::one/P*}\n"
	      "  9:27 b0 *::fns/F* = {u()/F*}\n"
	      "  9:36 b0 *::fns/F* = {u()/F*}\n");
	gives("void f(struct page *a, struct page *b, void *v)\n{\n"
	      "	struct dev d = { .one = a, .in = { .low = v }, .attrs = 8 };\n"
	      "	struct dev e = { .in.low = v, .any = b };\n"
	      "	struct page *l[2] = { a, b };\n"
	      "	struct page *z[4] = { [0 ... 1] = a, [2] = b };\n"
	      "	struct sgl s = { .pg = a, .n = 3 };\n"
	      "	struct sgl t = { a }; struct outer y = { .last[0 ... 1] = a };\n"
	      "	struct outer o = { .last = { [1] = a }, .ops.n = 2 };\n"
	      "	struct outer w = { .last[2] = b };\n"
	      "	d = (struct dev){ .virt = v };\n"
	      "	mem(&(struct dev){ .virt = a }, 1);\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:26 b0 dev.one/E* = {a#0/E*}\n"
	      "  3:44 b0 dev.low/P* = {v#2/P*}\n"
	      "  3:58 b0 dev.attrs/W = {0x8}\n"
	      "  4:29 b0 dev.low/P* = {v#2/P*}\n"
	      "  4:39 b0 dev.any/P* = {b#1/E*}\n"
	      "  5:24 b0 *l/E* = {a#0/E*}\n"
	      "  5:27 b0 *l/E* = {b#1/E*}\n"
	      "  6:36 b0 *z/E* = {a#0/E*}\n"
	      "  6:45 b0 *z/E* = {b#1/E*}\n"
	      "  7:25 b0 *s/E = {a#0/E*}\n"
	      "  8:19 b0 *t/E = {a#0/E*}\n"
	      "  8:60 b0 *outer.last/E* = {a#0/E*}\n"
	      "  9:37 b0 *outer.last/E* = {a#0/E*}\n"
	      "  9:51 b0 ops.n/N = {0x2}\n"
	      "  10:32 b0 *outer.last/E* = {b#1/E*}\n"
	      "  11:28 b0 dev.virt/P* = {v#2/P*}\n"
	      "  12:29 b0 dev.virt/P* = {a#0/E*}\n"
	      "  12:2 b0 @17 {mem()/F*}({?}, {0x1}) ignored\n");
	gives("void f(struct page *a)\n{\n"
	      "	struct dev d[2] = { [1] = { .one = a }, [0].one = a };\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:37 b0 dev.one/E* = {a#0/E*}\n"
	      "  3:52 b0 dev.one/E* = {a#0/E*}\n");
}

static void expressions(void **state)
{
	(void)state;
	gives("unsigned long f(struct dev *d, unsigned long a, void *v, void *w)\n"
	      "{\n"
	      "	d->attrs |= 8;\n"
	      "	d->attrs &= ~8ul;\n"
	      "	a = d->attrs | (c ? 16 : 0) | 1;\n"
	      "	a = c ? a : d->attrs;\n"
	      "	v = c ? v : c > 1 ? w : d->virt;\n"
	      "	v = w ?: d->virt;\n"
	      "	v = mem(w, 1) ?: mem(w, 2);\n"
	      "	v = ({ void *t = w; put(0); t; });\n"
	      "	v = (put(0), w);\n"
	      "	v = w + 8 * c;\n"
	      "	v++; v += 2;\n"
	      "	a = (unsigned long)v & 4095;\n"
	      "	a = (unsigned long)v & ~4095ul;\n"
	      "	a = (unsigned long)v >> 12;\n"
	      "	a = !v; a = v == w; a = sizeof(*v);\n"
	      "	a = __builtin_choose_expr(1, 4, a);\n"
	      "	a = __builtin_choose_expr(sizeof(v) == 4, 4, d->attrs);\n"
	      "	a = _Generic(put(0), long: d->attrs, int: a);\n"
	      "	*(&v) = w; (*(&d))->virt = w;\n"
	      "	return a | 4;\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:5 b0 dev.attrs/W |= {0x8}\n"
	      "  4:5 b0 dev.attrs/W &= {0xfffffffffffffff7}\n"
	      "  5:18 b0 test {::c/N}\n"
	      "  5:2 b0 a#1/W = {dev.attrs/W 0:0x10 1:0x0 0x1}\n"
	      "  6:6 b0 test {::c/N}\n"
	      "  6:2 b0 a#1/W = {0:a#1/W 1:dev.attrs/W}\n"
	      "  7:6 b0 test {::c/N}\n"
	      "  7:14 b0 test {::c/N} > {0x1}\n"
	      "  7:2 b0 v#2/P* = {0:v#2/P* 1:w#3/P* 2:dev.virt/P*}\n"
	      "  8:6 b0 test {w#3/P*}\n"
	      "  8:2 b0 v#2/P* = {0:w#3/P* 1:dev.virt/P*}\n"
	      "  9:6 b0 @11 {mem()/F*}({w#3/P*}, {0x1})\n"
	      "  9:6 b0 test {call@11/P*}\n"
	      "  9:19 b0 @13 {mem()/F*}({w#3/P*}, {0x2})\n"
	      "  9:2 b0 v#2/P* = {0:call@11/P* 1:call@13/P*}\n"
	      "  10:19 b0 t/P* = {w#3/P*}\n"
	      "  10:22 b0 @16 {put()/F*}({0x0}) ignored\n"
	      "  10:2 b0 v#2/P* = {t/P*}\n"
	      "  11:7 b0 @18 {put()/F*}({0x0})\n"
	      "  11:2 b0 v#2/P* = {w#3/P*}\n"
	      "  12:2 b0 v#2/P* = {w#3/P*}\n"
	      "  14:2 b0 a#1/W = {}\n"
	      "  15:2 b0 a#1/W = {v#2/P*}\n"
	      "  16:2 b0 a#1/W = {v#2/P* ?}\n"
	      "  17:7 b0 test !{v#2/P*}\n"
	      "  17:2 b0 a#1/W = {0:0x0 1:0x1}\n"
	      "  17:14 b0 test {v#2/P*} == {w#3/P*}\n"
	      "  17:10 b0 a#1/W = {0:0x0 1:0x1}\n"
	      "  17:22 b0 a#1/W = {0x1}\n"
	      "  18:2 b0 a#1/W = {0x4}\n"
	      "  19:2 b0 a#1/W = {dev.attrs/W}\n"
	      "  20:2 b0 a#1/W = {0:dev.attrs/W 1:a#1/W}\n"
	      "  21:2 b0 *v#2/P* = {w#3/P*}\n"
	      "  21:22 b0 dev.virt/P* = {w#3/P*}\n"
	      "  22:2 b0 return {a#1/W 0x4}\n");
}

static void calls(void **state)
{
	(void)state;
	gives("#define demo_map(p, n) dma_map(p, n, 0)\n"
	      "#define wrap(x) ({ __typeof__(x) _x = (x); _x; })\n"
	      "void f(struct ops *o, struct page *p, void *v)\n"
	      "{\n"
	      "	int (*h)(struct page *) = put;\n"
	      "	demo_map(v, 4);\n"
	      "	wrap(demo_map(v, 2));\n"
	      "	o->map(p); (*o->unmap)(v); h(p);\n"
	      "	((int (*)(void *))put)(v);\n"
	      "	put(get(mem(v, 1) != 0));\n"
	      "	dma_map(v,\n"
	      "		(unsigned long)mem(v, 3), 1 | 2);\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:3)\n"
	      "  5:28 b0 h/F* = {put()/F*}\n"
	      "  6:2 b0 @1 {dma_map()/F*}({v#2/P*}, {0x4}, {0x0}) ignored\n"
	      "  7:7 b0 @2 {dma_map()/F*}({v#2/P*}, {0x2}, {0x0})\n"
	      "  7:2 b0 _x/W = {call@2/A}\n"
	      "  8:5 b0 @4 {ops.map/F*}({p#1/E*}) ignored\n"
	      "  8:18 b0 @5 {ops.unmap/F*}({v#2/P*}) ignored\n"
	      "  8:29 b0 @6 {h/F*}({p#1/E*}) ignored\n"
	      "  9:20 b0 @7 {put()/F*}({v#2/P*}) ignored\n"
	      "  10:10 b0 @8 {mem()/F*}({v#2/P*}, {0x1})\n"
	      "  10:10 b0 test {call@8/P*} != {0x0}\n"
	      "  10:6 b0 @10 {get()/F*}({0:0x0 1:0x1})\n"
	      "    0: int: mem(v, 1) != 0\n"
	      "  10:2 b0 @11 {put()/F*}({call@10/E*}) ignored\n"
	      "  12:18 b0 @12 {mem()/F*}({v#2/P*}, {0x3})\n"
	      "  11:2 b0 @13 {dma_map()/F*}({v#2/P*}, {call@12/P*}, {0x3}) ignored\n");
}

static void branches(void **state)
{
	(void)state;
	gives("int f(struct page *p, int n)\n{\n"
	      "	if (put(p))\n		return 1;\n"
	      "	else if (n)\n		put(p);\n"
	      "	else {\n		put(p);\n	}\n"
	      "	for (n = put(p); put(p); n++)\n		put(p);\n"
	      "	while (n)\n		put(p);\n"
	      "	do\n		put(p);\n	while (n);\n"
	      "	put(p);\n	return 0;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:6 b0 @0 {put()/F*}({p#0/E*})\n"
	      "  3:6 b0 test {call@0/N}\n"
	      "  4:3 b1 return {0x1}\n"
	      "  5:11 b2 test {n#1/N}\n"
	      "  6:3 b3 @4 {put()/F*}({p#0/E*}) ignored\n"
	      "  8:3 b4 @5 {put()/F*}({p#0/E*}) ignored\n"
	      "  10:11 b5 @6 {put()/F*}({p#0/E*})\n"
	      "  10:7 b5 n#1/N = {call@6/N}\n"
	      "  10:19 b5 @8 {put()/F*}({p#0/E*})\n"
	      "  10:19 b5 test {call@8/N}\n"
	      "  11:3 b5 @10 {put()/F*}({p#0/E*}) ignored\n"
	      "  12:9 b6 test {n#1/N}\n"
	      "  13:3 b6 @12 {put()/F*}({p#0/E*}) ignored\n"
	      "  15:3 b7 @13 {put()/F*}({p#0/E*}) ignored\n"
	      "  16:9 b7 test {n#1/N}\n"
	      "  17:2 b0 @15 {put()/F*}({p#0/E*}) ignored\n"
	      "  18:2 b0 return {0x0}\n");
	gives("int f(struct page *p, int n)\n{\n"
	      "	switch (put(p)) {\n"
	      "	case 1:\n	case 2:\n		put(p);\n		put(p);\n		break;\n"
	      "	case 3 ... 4: {\n		put(p);\n		break;\n	}\n"
	      "	default:\n		put(p);\n	}\n"
	      "	if (n)\n		goto out;\n	put(p);\n"
	      "out:\n	put(p);\n"
	      "	return n;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:10 b0 @0 {put()/F*}({p#0/E*})\n"
	      "  3:10 b0 test {call@0/N}\n"
	      "  6:3 b1 @2 {put()/F*}({p#0/E*}) ignored\n"
	      "  7:3 b1 @3 {put()/F*}({p#0/E*}) ignored\n"
	      "  8:3 b1 break\n"
	      "  10:3 b2 @5 {put()/F*}({p#0/E*}) ignored\n"
	      "  11:3 b2 break\n"
	      "  14:3 b3 @7 {put()/F*}({p#0/E*}) ignored\n"
	      "  16:6 b0 test {n#1/N}\n"
	      "  17:3 b4 goto out\n"
	      "  18:2 b0 @10 {put()/F*}({p#0/E*}) ignored\n"
	      "  19:1 b0 out:\n"
	      "  20:2 b0 @12 {put()/F*}({p#0/E*}) ignored\n"
	      "  21:2 b0 return {n#1/N}\n");
}

static void headers(void **state)
{
	(void)state;
	put("x/include/linux/wide.h",
	    "static inline int wide_none(int n) { return n; }\n"
	    "static inline void *wide(void *p) { return mem(p, 1); }\n");
	put("x/drivers/own.h",
	    "#include \"../include/linux/wide.h\"\n"
	    "static inline void *inner(void *p) { return wide(p); }\n"
	    "static inline void *own(struct dev *d) { return inner(d->virt); }\n"
	    "static inline void *unused(void *p) { return p; }\n");
	gives("#include \"include/linux/wide.h\"\n"
	      "static void *g(struct dev *d) { return wide(d->virt); }\n"
	      "int h(int n) { return wide_none(n); }\n",
	      "a.c (a.c:1)\n"
	      "a.c:g (a.c:2)\n"
	      "  2:40 b0 @0 {include/linux/wide.h:wide()/F*}({dev.virt/P*})\n"
	      "  2:33 b0 return {call@0/P*}\n"
	      "h (a.c:3)\n"
	      "  3:23 b0 @0 {include/linux/wide.h:wide_none()/F*}({n#0/N})\n"
	      "  3:16 b0 return {call@0/N}\n"
	      "--\n"
	      "include/linux/wide.h:wide (include/linux/wide.h:2)\n"
	      "  2:44 b0 @0 {mem()/F*}({p#0/P*}, {0x1})\n"
	      "  2:37 b0 return {call@0/P*}\n");
	gives("#include \"drivers/own.h\"\n"
	      "void *k(struct dev *d) { return own(d); }\n",
	      "a.c (a.c:1)\n"
	      "k (a.c:2)\n"
	      "  2:33 b0 @0 {drivers/own.h:own()/F*}({?})\n"
	      "  2:26 b0 return {call@0/P*}\n"
	      "--\n"
	      "drivers/own.h:own (drivers/own.h:3)\n"
	      "  3:49 b0 @0 {drivers/own.h:inner()/F*}({dev.virt/P*})\n"
	      "  3:42 b0 return {call@0/P*}\n"
	      "--\n"
	      "drivers/own.h:inner (drivers/own.h:2)\n"
	      "  2:45 b0 @0 {include/linux/wide.h:wide()/F*}({p#0/P*})\n"
	      "  2:38 b0 return {call@0/P*}\n"
	      "--\n"
	      "include/linux/wide.h:wide (include/linux/wide.h:2)\n"
	      "  2:44 b0 @0 {mem()/F*}({p#0/P*}, {0x1})\n"
	      "  2:37 b0 return {call@0/P*}\n");
	put("x/other.c", "static void *o(void *p)\n{\n	return p;\n}\n"
	    "static void *in_other = o;\n");
	gives("#include \"other.c\"\nvoid *m(void *p) { return o(p); }\n",
	      "a.c (a.c:1)\n"
	      "  5:25 b0 ::in_other/P* = {other.c:o()/F*}\n"
	      "other.c:o (other.c:1)\n"
	      "  3:2 b0 return {p#0/P*}\n"
	      "m (a.c:2)\n"
	      "  2:27 b0 @0 {other.c:o()/F*}({p#0/P*})\n"
	      "  2:20 b0 return {call@0/P*}\n");
}

static void tests(void **state)
{
	(void)state;
	gives("#define unlikely(x) __builtin_expect(!!(x), 0)\n"
	      "#define BIT 8\n"
	      "int f(struct page *p, int n, struct dev *d)\n{\n"
	      "	if ((n = put(p)) < 0) return 1;\n"
	      "	if (!p || (n && put(p) != n)) return 2;\n"
	      "	if (unlikely(n <= 3)) return 3;\n"
	      "	if (unlikely(!p)) return 4;\n"
	      "	if (d->attrs & BIT) n = 1;\n"
	      "	if (!(d->attrs & BIT) && (d->attrs & 1) == 1) n = 2;\n"
	      "	if (1 > 2) n = 3;\n"
	      "	n = n > 4 ? 1 : d->virt ? 2 : n ?: put(p) ?: 5;\n"
	      "	n = n >= 5;\n"
	      "	return !n;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:3)\n"
	      "  5:11 b0 @0 {put()/F*}({p#0/E*})\n"
	      "  5:7 b0 n#1/N = {call@0/N}\n"
	      "  5:6 b0 test {call@0/N} < {0x0}\n"
	      "  5:24 b1 return {0x1}\n"
	      "  6:7 b0 test !{p#0/E*}\n"
	      "  6:13 b0 test {n#1/N}\n"
	      "  6:18 b0 @6 {put()/F*}({p#0/E*})\n"
	      "  6:18 b0 test {call@6/N} != {n#1/N}\n"
	      "  6:32 b2 return {0x2}\n"
	      "  7:15 b0 test {n#1/N} <= {0x3}\n"
	      "  7:24 b3 return {0x3}\n"
	      "  8:16 b0 test !{p#0/E*}\n"
	      "  8:20 b4 return {0x4}\n"
	      "  9:6 b0 test {dev.attrs/W} & {BIT=0x8}\n"
	      "  9:22 b5 n#1/N = {0x1}\n"
	      "  10:8 b0 test {dev.attrs/W} & {BIT=0x8}\n"
	      "  10:28 b0 test {dev.attrs/W} & {0x1}\n"
	      "  10:48 b6 n#1/N = {0x2}\n"
	      "  11:13 b7 n#1/N = {0x3}\n"
	      "  12:6 b0 test {n#1/N} > {0x4}\n"
	      "  12:21 b0 test {dev.virt/P*}\n"
	      "  12:32 b0 test {n#1/N}\n"
	      "  12:37 b0 @22 {put()/F*}({p#0/E*})\n"
	      "  12:37 b0 test {call@22/N}\n"
	      "  12:2 b0 n#1/N = {0:0x1 1:0x2 2:n#1/N 3:call@22/N 4:0x5}\n"
	      "  13:6 b0 test {n#1/N} >= {0x5}\n"
	      "  13:2 b0 n#1/N = {0:0x0 1:0x1}\n"
	      "  14:10 b0 test !{n#1/N}\n"
	      "  14:2 b0 return {0:0x0 1:0x1}\n");
	gives("int f(struct page *p, int n)\n{\n"
	      "	while (n < 3) n++;\n"
	      "	while (p) p = p->head;\n"
	      "	do put(p); while (put(p));\n"
	      "	for (n = 0; put(p); n++) ;\n"
	      "	for (n = 0; n; put(p)) ;\n"
	      "	for (; n != 4; n++) ;\n"
	      "	for (; put(p); ) ;\n"
	      "	for (;;) put(p);\n"
	      "	for (int i = 0; i < n; i++) put(p);\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:9 b1 test {n#1/N} < {0x3}\n"
	      "  4:9 b2 test {p#0/E*}\n"
	      "  5:5 b3 @2 {put()/F*}({p#0/E*}) ignored\n"
	      "  5:20 b3 @3 {put()/F*}({p#0/E*})\n"
	      "  5:20 b3 test {call@3/N}\n"
	      "  6:7 b4 n#1/N = {0x0}\n"
	      "  6:14 b4 @6 {put()/F*}({p#0/E*})\n"
	      "  6:14 b4 test {call@6/N}\n"
	      "  7:7 b5 n#1/N = {0x0}\n"
	      "  7:14 b5 test {n#1/N}\n"
	      "  7:17 b5 @10 {put()/F*}({p#0/E*}) ignored\n"
	      "  8:9 b6 test {n#1/N} != {0x4}\n"
	      "  9:9 b7 @12 {put()/F*}({p#0/E*})\n"
	      "  10:11 b8 @13 {put()/F*}({p#0/E*}) ignored\n"
	      "  11:15 b9 i/N = {0x0}\n"
	      "  11:18 b9 test {i/N} < {n#1/N}\n"
	      "  11:30 b9 @16 {put()/F*}({p#0/E*}) ignored\n");
}

static void ignored(void **state)
{
	(void)state;
	gives("void none(int n);\n"
	      "#define wrap(x) ({ put(x); })\n"
	      "int f(struct page *p, int n)\n{\n"
	      "	put(p);\n"
	      "	(void)put(p);\n"
	      "	n = put(p);\n"
	      "	none(put(p));\n"
	      "	if (n)\n		put(p);\n	else\n		put(p);\n"
	      "	switch (put(p)) {\n	case 1: put(p); }\n"
	      "	wrap(p);\n"
	      "	n = wrap(p);\n"
	      "	put(p), put(p);\n"
	      "out:	put(p);\n"
	      "	return put(p);\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:3)\n"
	      "  5:2 b0 @0 {put()/F*}({p#0/E*}) ignored\n"
	      "  6:8 b0 @1 {put()/F*}({p#0/E*})\n"
	      "  7:6 b0 @2 {put()/F*}({p#0/E*})\n"
	      "  7:2 b0 n#1/N = {call@2/N}\n"
	      "  8:7 b0 @4 {put()/F*}({p#0/E*})\n"
	      "  8:2 b0 @5 {none()/F*}({call@4/N})\n"
	      "  9:6 b0 test {n#1/N}\n"
	      "  10:3 b1 @7 {put()/F*}({p#0/E*}) ignored\n"
	      "  12:3 b2 @8 {put()/F*}({p#0/E*}) ignored\n"
	      "  13:10 b0 @9 {put()/F*}({p#0/E*})\n"
	      "  13:10 b0 test {call@9/N}\n"
	      "  14:10 b3 @11 {put()/F*}({p#0/E*}) ignored\n"
	      "  15:2 b0 @12 {put()/F*}({p#0/E*})\n"
	      "  16:6 b0 @13 {put()/F*}({p#0/E*})\n"
	      "  16:2 b0 n#1/N = {call@13/N}\n"
	      "  17:2 b0 @15 {put()/F*}({p#0/E*})\n"
	      "  17:10 b0 @16 {put()/F*}({p#0/E*})\n"
	      "  18:1 b0 out:\n"
	      "  18:6 b0 @18 {put()/F*}({p#0/E*}) ignored\n"
	      "  19:9 b0 @19 {put()/F*}({p#0/E*})\n"
	      "  19:2 b0 return {call@19/N}\n");
}

/* Extracting `file`, as it is now: how many errors, the first, how many sets. */
static void errors_are(const char *file, unsigned int errors,
		       const char *first, const char *expected)
{
	struct extracted out = EXTRACTED_INIT;
	char *text;

	assert_null(run_extract(&out, file, NULL));
	assert_int_equal(out.errors, errors);
	if (first)
		assert_int_equal(strncmp(out.first_error, first, strlen(first)), 0);
	else
		assert_null(out.first_error);
	text = text_of(&out);
	assert_string_equal(text, expected);
	free(text);
	extracted_release(&out);
}

static void bad_files(void **state)
{
	struct extracted out = EXTRACTED_INIT;
	char *folder = in_folder("x/folder.c");

	(void)state;
	put("x/a.c", "");
	errors_are("a.c", 0, NULL, "a.c (a.c:1)\n");
	put("x/a.c", "int f(void *p)\n{\n	return put(p;\n}\n"
	    "void *g(void *p) { return p; }\nint nonsuch2 = ;\n");
	errors_are("a.c", 2, "a.c:3: expected ')'",
		   "a.c (a.c:1)\nf (a.c:1)\n"
		   "g (a.c:5)\n  5:20 b0 return {p#0/P*}\n");
	put("x/own.h", "int broken = ;\n");
	put("x/a.c", "#include \"own.h\"\n#include \"nonsuch.h\"\n");
	errors_are("a.c", 2, "own.h:1: expected expression",
		   "a.c (a.c:1)\n");
	put("x/a.c", "int f(void *p\n");
	errors_are("a.c", 2, "a.c:1: expected ')'", "a.c (a.c:1)\n");
	put("x/a.c", "\x7f" "ELF\x01\xff\xfe}}}}((((\n");
	assert_null(run_extract(&out, "a.c", NULL));
	assert_true(out.errors > 0);
	free(text_of(&out));
	extracted_release(&out);

	assert_string_equal(run_extract(&out, "nonsuch.c", NULL),
			    "libclang cannot parse it");
	extracted_release(&out);
	assert_int_equal(mkdir(folder, 0777), 0);
	assert_string_equal(run_extract(&out, "folder.c", NULL),
			    "libclang cannot parse it");
	extracted_release(&out);
	free(folder);
}

/* What the facts depend on is named, once, relative to the root. */
static void names_headers(void **state)
{
	struct extracted out = EXTRACTED_INIT;

	(void)state;
	put("x/sub/own.h", "#include \"../twice.h\"\n");
	put("x/twice.h", "");
	put("x/a.c", "#include \"sub/own.h\"\n#include \"twice.h\"\n");
	assert_null(run_extract(&out, "a.c", NULL));
	assert_int_equal(out.nr_headers, 3);
	assert_string_equal(out.headers[0], "prelude.h");
	assert_string_equal(out.headers[1], "sub/own.h");
	assert_string_equal(out.headers[2], "twice.h");
	extracted_release(&out);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(places),
		cmocka_unit_test(the_example),
		cmocka_unit_test(initialisers),
		cmocka_unit_test(expressions),
		cmocka_unit_test(calls),
		cmocka_unit_test(branches),
		cmocka_unit_test(tests),
		cmocka_unit_test(ignored),
		cmocka_unit_test(headers),
		cmocka_unit_test(bad_files),
		cmocka_unit_test(names_headers),
	};

	return capture_done(cmocka_run_group_tests(all, setup, teardown));
}
