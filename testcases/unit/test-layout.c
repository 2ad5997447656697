// SPDX-License-Identifier: GPL-2.0-only
#include "fix/layout.h"

#include "capture.h"
#include "lib/alloc.h"

/* The line on which the call ends that begins at the "@", which is no code. */
static void ends_on(unsigned int expected, const char *text)
{
	const char *at = strchr(text, '@'), *p, *start = text, *path;
	unsigned int line = 1;
	char *code = xstrdup(text);

	assert_non_null(at);
	for (p = text; p < at; p++)
		if (*p == '\n') {
			line++;
			start = p + 1;
		}
	memmove(code + (at - text), at + 1, strlen(at));
	path = make_file("call.c", code);
	assert_int_equal(layout_call_end(path, line,
					 (unsigned int)(at - start) + 1),
			 expected);
	free((char *)path);
	free(code);
}

static void finds_the_end_of_a_call(void **state)
{
	(void)state;
	ends_on(1, "@f();\n");
	ends_on(2, "\n\tret = @f(a, b);\ng(\n);\n");
	ends_on(2, "@f(a,\n  b);\n");
	ends_on(3, "@f(g(a, (b)),\n  h(\n  c)) + i(\n);\n");
	ends_on(2, "if (@f(a,\n       b) && g(\n c))\n");
	ends_on(2, "@f\n(a);\n");
	ends_on(2, "@f(\")\",\n  b);\n");
	ends_on(2, "@f(\"\\\")\",\n  b);\n");
	ends_on(2, "@f(')',\n  b);\n");
	ends_on(2, "@f('\\'',\n  b);\n");
	ends_on(3, "@f(a, /* ) \" ' */\n  b, // ) \"\n  c);\n");
	ends_on(2, "@f(a /*/ ) /*/,\n  b);\n");
	ends_on(2, "@f(a / b,\n  *c);\n");
	ends_on(3, "@f(\"a\\\n)\",\n  b);\n");
	ends_on(2, "@f(a, \\\n  b); \\\n");
}

/* Broken code, or other than that was meant: no lines but its own. */
static void stays_where_no_end_is(void **state)
{
	const char *path;

	(void)state;
	ends_on(1, "@f;\ng(\n);\n");
	ends_on(1, "@f(a,\n");
	ends_on(1, "@)\n");
	ends_on(1, "@");
	path = make_file("short.c", "f();\n");
	assert_int_equal(layout_call_end(path, 5, 1), 5);
	assert_int_equal(layout_call_end(path, 1, 50), 1);
	free((char *)path);
}

static void finds_a_function(void **state)
{
	const char *path = make_file("function.c",
		"int a;\n"			/* 1 */
		"int f(int b)\n"
		"{\n"
		"\tif (b) {\n"
		"\t\treturn 1;\n"		/* 5 */
		"\t}\n"
		"\treturn 0;\n"
		"}\n"
		"\n"
		"struct s {\n"			/* 10 */
		"\tint a;\n"
		"};\n"
		"int g(void)\n"
		"{\n"
		"\treturn f(1);\n"		/* 15 */
		"}\n"
		"int h;\n");
	unsigned int from, to;

	(void)state;
	assert_true(layout_function(path, 5, &from, &to));
	assert_int_equal(from, 3);
	assert_int_equal(to, 8);
	assert_true(layout_function(path, 15, &from, &to));
	assert_int_equal(from, 14);
	assert_int_equal(to, 16);
	assert_false(layout_function(path, 17, &from, &to));
	assert_false(layout_function(path, 9, &from, &to));
	assert_false(layout_function(path, 99, &from, &to));
	free((char *)path);
}

/* Mend `after`, all of whose lines are new unless `before` has them. */
static void mends(const char *before, const char *after, const char *expected)
{
	const char *old = make_file("before.c", before);
	const char *new = make_file("after.c", after);
	char *text;

	assert_int_equal(layout_mend(new, old), 0);
	text = slurp(new);
	assert_string_equal(text, expected);
	free(text);
	free((char *)old);
	free((char *)new);
}

static void breaks_long_lines(void **state)
{
	(void)state;
	/* 80 columns are as many as there may be. */
	mends("", "\tret = dma_map_sgtable(dev, &object->sgt, DMA_BIDIRECTIONAL, DMA_ATTR_M);\n",
	      "\tret = dma_map_sgtable(dev, &object->sgt, DMA_BIDIRECTIONAL, DMA_ATTR_M);\n");
	mends("", "\tret = dma_map_sgtable(dev, &object->sgt, DMA_BIDIRECTIONAL, DMA_ATTR_MM);\n",
	      "\tret = dma_map_sgtable(dev, &object->sgt, DMA_BIDIRECTIONAL,\n"
	      "\t\t\t      DMA_ATTR_MM);\n");
	/* As far out as possible; what is still too long once more. */
	mends("", "\tif (ib_dma_map_sg_attrs(ibdev, first_of(&list, 1), 1, DMA_TO_DEVICE, DMA_ATTR_REQUIRE_COHERENT | DMA_ATTR_WEAK_ORDERING) != 1) {\n",
	      "\tif (ib_dma_map_sg_attrs(ibdev, first_of(&list, 1), 1, DMA_TO_DEVICE,\n"
	      "\t\t\t\tDMA_ATTR_REQUIRE_COHERENT |\n"
	      "\t\t\t\tDMA_ATTR_WEAK_ORDERING) != 1) {\n");
	/* The end of a call that begins above. */
	mends("\tret = dma_map_sgtable(dev,\n",
	      "\tret = dma_map_sgtable(dev,\n"
	      "\t\t\t      &object->sgt, DMA_BIDIRECTIONAL, DMA_ATTR_REQUIRE_COHERENT);\n",
	      "\tret = dma_map_sgtable(dev,\n"
	      "\t\t\t      &object->sgt, DMA_BIDIRECTIONAL,\n"
	      "\t\t\t      DMA_ATTR_REQUIRE_COHERENT);\n");
	/* Not within a string, nor where there is no place for it. */
	mends("", "\tprintk(\"one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve\\n\");\n",
	      "\tprintk(\"one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve\\n\");\n");
}

static void indents_with_tabs(void **state)
{
	(void)state;
	mends("", "                f(a,\n                  b);\n",
	      "\t\tf(a,\n\t\t  b);\n");
	mends("", "\t        f();\n", "\t\tf();\n");
	mends("", "   f();\n", "   f();\n");
}

static void leaves_other_lines(void **state)
{
	const char *text =
		"        spaces;\n"
		"\n"
		"trailing;  \n"
		"\tret = dma_map_sgtable(dev, &object->sgt, DMA_BIDIRECTIONAL, DMA_ATTR_REQUIRE_COHERENT);\n"
		"no newline";

	(void)state;
	mends(text, text, text);
	mends("", "", "");
	mends("a\n", "        no newline", "        no newline");
}

static void cannot_read(void **state)
{
	struct capture c = capture_begin(2);
	char *text;

	(void)state;
	assert_int_equal(layout_mend("/nonexistent/x.c", "/nonexistent/y.c"),
			 -1);
	assert_int_equal(layout_call_end("/nonexistent/x.c", 7, 1), 7);
	text = capture_end(&c);
	assert_non_null(strstr(text, "cannot read /nonexistent/x.c"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_end_of_a_call),
		cmocka_unit_test(stays_where_no_end_is),
		cmocka_unit_test(finds_a_function),
		cmocka_unit_test(breaks_long_lines),
		cmocka_unit_test(indents_with_tabs),
		cmocka_unit_test(leaves_other_lines),
		cmocka_unit_test(cannot_read),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
