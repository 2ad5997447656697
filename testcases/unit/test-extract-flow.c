// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which blocks come out of a few lines of C, and where each goes on, as
 * facts_print() says it: block NUMBER from OP: NEXT else OTHER if TEXT by OP.
 */
#include "extracting.h"

static void conditions(void **state)
{
	(void)state;
	gives("void f(void *p, int n)\n{\n"
	      "	dma_addr_t dma = dma_map(p, 8, 0);\n"
	      "	if (!p || (n > 1 && c))\n		return;\n"
	      "	put(p);\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:19 b0 @0 {dma_map()/F*}({p#0/P*}, {0x8}, {0x0})\n"
	      "  3:19 b0 dma/W = {call@0/A}\n"
	      "  4:7 b0 test !{p#0/P*}\n"
	      "  4:13 b0 test {n#1/N} > {0x1}\n"
	      "  4:22 b0 test {::c/N}\n"
	      "  5:3 b1 return {}\n"
	      "  6:2 b0 @6 {put()/F*}({p#0/P*}) ignored\n"
	      "  block 0 from 0: 1 else 3 if p by 2\n"
	      "  block 1 from 3: 2 else 4 if n > 1 by 3\n"
	      "  block 2 from 4: 3 else 4 if c by 4\n"
	      "  block 3 from 5: end\n"
	      "  block 4 from 6: end\n");
	gives("#define unlikely(x) __builtin_expect(!!(x), 0)\n"
	      "#define WARN_ON(x) ({ int __w = !!(x); if (unlikely(__w)) put(0); unlikely(__w); })\n"
	      "int f(void *p, int n)\n{\n"
	      "	dma_addr_t dma = dma_map(p, 8, 0);\n"
	      "	if (WARN_ON(dma == 7))\n		return n ? 1 : 2;\n"
	      "	do { put(p); } while (0);\n"
	      "	if (unlikely(n) && !(n < 0)) return 3;\n"
	      "}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:3)\n"
	      "  5:19 b0 @0 {dma_map()/F*}({p#0/P*}, {0x8}, {0x0})\n"
	      "  5:19 b0 dma/W = {call@0/A}\n"
	      "  6:14 b0 test {dma/W} == {0x7}\n"
	      "  6:6 b0 __w/N = {0:0x0 1:0x1}\n"
	      "  6:6 b0 test !{__w/N}\n"
	      "  6:6 b1 @5 {put()/F*}({0x0}) ignored\n"
	      "  6:6 b0 test !{__w/N}\n"
	      "  7:10 b2 test {n#1/N}\n"
	      "  7:3 b2 return {0:0x1 1:0x2}\n"
	      "  8:7 b3 @9 {put()/F*}({p#0/P*}) ignored\n"
	      "  9:15 b0 test !{n#1/N}\n"
	      "  9:23 b0 test {n#1/N} < {0x0}\n"
	      "  9:31 b4 return {0x3}\n"
	      "  block 0 from 0: 1 else 2 if  by 2\n"
	      "  block 1 from 5: 2\n"
	      "  block 2 from 6: 3 else 6 if  by 2\n"
	      "  block 3 from 7: 4 else 5 if n by 7\n"
	      "  block 4 from 8: 5\n"
	      "  block 5 from 8: end\n"
	      "  block 6 from 9: 7\n"
	      "  block 7 from 10: 8 else 10 if n by 10\n"
	      "  block 8 from 11: 10 else 9 if n < 0 by 11\n"
	      "  block 9 from 12: end\n"
	      "  block 10 from 13: end\n");
}

static void loops(void **state)
{
	(void)state;
	gives("void f(void *p, int n)\n{\n"
	      "	dma_addr_t dma = dma_map(p, 8, 0);\n"
	      "	for (n = 0; n < 4; n++) {\n"
	      "		if (n == 2)\n			continue;\n"
	      "		if (n == 3)\n			break;\n"
	      "		put(p);\n	}\n"
	      "	while (n)\n		put(p);\n"
	      "	for (;;) { if (n) goto out; }\n"
	      "	put(p);\n"
	      "out:\n	c = 1;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:19 b0 @0 {dma_map()/F*}({p#0/P*}, {0x8}, {0x0})\n"
	      "  3:19 b0 dma/W = {call@0/A}\n"
	      "  4:7 b1 n#1/N = {0x0}\n"
	      "  4:14 b1 test {n#1/N} < {0x4}\n"
	      "  5:7 b1 test {n#1/N} == {0x2}\n"
	      "  6:4 b2 continue\n"
	      "  7:7 b1 test {n#1/N} == {0x3}\n"
	      "  8:4 b3 break\n"
	      "  9:3 b1 @8 {put()/F*}({p#0/P*}) ignored\n"
	      "  11:9 b4 test {n#1/N}\n"
	      "  12:3 b4 @10 {put()/F*}({p#0/P*}) ignored\n"
	      "  13:17 b5 test {n#1/N}\n"
	      "  13:20 b6 goto out\n"
	      "  14:2 b0 @13 {put()/F*}({p#0/P*}) ignored\n"
	      "  15:1 b0 out:\n"
	      "  16:2 b0 ::c/N = {0x1}\n"
	      "  block 0 from 0: 1\n"
	      "  block 1 from 3: 3 else 8 if n < 4 by 3\n"
	      "  block 2 from 4: 1\n"
	      "  block 3 from 4: 4 else 5 if n == 2 by 4\n"
	      "  block 4 from 5: 2\n"
	      "  block 5 from 6: 6 else 7 if n == 3 by 6\n"
	      "  block 6 from 7: 8\n"
	      "  block 7 from 8: 2\n"
	      "  block 8 from 9: 9 else 10 if n by 9\n"
	      "  block 9 from 10: 8\n"
	      "  block 10 from 11: 11\n"
	      "  block 11 from 11: 12 else 13 if n by 11\n"
	      "  block 12 from 12: 15\n"
	      "  block 13 from 13: 10\n"
	      "  block 14 from 13: 15\n"
	      "  block 15 from 14: end\n");
}

static void switches(void **state)
{
	(void)state;
	gives("int f(void *p, int n)\n{\n"
	      "	dma_addr_t dma = dma_map(p, 8, 0);\n"
	      "	switch (n) {\n"
	      "	case 1:\n	case 2:\n		c = 1;\n"
	      "	case 3:\n		break;\n"
	      "	default:\n		return 4;\n	}\n"
	      "	return 5;\n}\n",
	      "a.c (a.c:1)\n"
	      "f (a.c:1)\n"
	      "  3:19 b0 @0 {dma_map()/F*}({p#0/P*}, {0x8}, {0x0})\n"
	      "  3:19 b0 dma/W = {call@0/A}\n"
	      "  4:10 b0 test {n#1/N}\n"
	      "  7:3 b1 ::c/N = {0x1}\n"
	      "  9:3 b2 break\n"
	      "  11:3 b3 return {0x4}\n"
	      "  13:2 b0 return {0x5}\n"
	      "  block 0 from 0: 1\n"
	      "  block 1 from 3: 2 else 3 if n == 1\n"
	      "  block 2 from 3: 4\n"
	      "  block 3 from 3: 4 else 5 if n == 2\n"
	      "  block 4 from 3: 6\n"
	      "  block 5 from 4: 6 else 7 if n == 3\n"
	      "  block 6 from 4: 8\n"
	      "  block 7 from 5: end\n"
	      "  block 8 from 6: end\n");
}

/* Functions that have nothing to do with DMA have none. */
static void of_interest(void **state)
{
	(void)state;
	gives("static void g(struct dev *d) { d->dma = dma_map(0, 8, 0); }\n"
	      "void f(struct dev *d) { if (d->size) g(d); }\n"
	      "void h(struct dev *d) { if (d->size) d->size = 0; }\n",
	      "a.c (a.c:1)\n"
	      "a.c:g (a.c:1)\n"
	      "  1:41 b0 @0 {dma_map()/F*}({0x0}, {0x8}, {0x0})\n"
	      "  1:35 b0 dev.dma/A = {call@0/A}\n"
	      "f (a.c:2)\n"
	      "  2:32 b0 test {dev.size/N}\n"
	      "  2:38 b1 @1 {a.c:g()/F*}({?})\n"
	      "  block 0 from 0: 1 else 2 if d->size by 0\n"
	      "  block 1 from 1: 2\n"
	      "  block 2 from 2: end\n"
	      "h (a.c:3)\n"
	      "  3:32 b0 test {dev.size/N}\n"
	      "  3:41 b1 dev.size/N = {0x0}\n");
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(conditions),
		cmocka_unit_test(loops),
		cmocka_unit_test(switches),
		cmocka_unit_test(of_interest),
	};

	return capture_done(cmocka_run_group_tests(all, setup, teardown));
}
