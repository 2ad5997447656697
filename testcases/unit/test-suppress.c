// SPDX-License-Identifier: GPL-2.0-only
#include "rules/suppression/comments.h"

#include "capture.h"
#include "lib/alloc.h"

static struct remarks read_text(const char *text)
{
	struct remarks remarks = REMARKS_INIT;
	size_t len = strlen(text);
	/* Without a NUL, so that a sanitizer sees what is read too far. */
	char *copy = xmalloc(len ? len : 1);

	memcpy(copy, text, len);
	remarks_read(&remarks, copy, len);
	free(copy);
	return remarks;
}

/* "LINE:COLUMN RULE,RULE|reason" of each remark, in angle brackets. */
static void says(const char *text, const char *expected)
{
	struct remarks remarks = read_text(text);
	char *all = xstrdup("");
	size_t i, j;

	for (i = 0; i < remarks.nr; i++) {
		const struct remark *r = &remarks.list[i];
		char *longer = xstrfmt("%s<%u:%u ", all, r->line, r->column);

		free(all);
		all = longer;
		for (j = 0; j < r->nr_rules; j++) {
			longer = xstrfmt("%s%s%s", all, j ? "," : "",
					 r->rules[j].name);
			free(all);
			all = longer;
		}
		longer = xstrfmt("%s%s%s>", all, r->reason ? "|" : "",
				 r->reason ? r->reason : "");
		free(all);
		all = longer;
	}
	assert_string_equal(all, expected);
	free(all);
	remarks_release(&remarks);
}

static void both_kinds_of_comment_are_read(void **state)
{
	(void)state;
	says("/* dmacheck: a-rule: why */", "<1:4 a-rule|why>");
	says("// dmacheck: a-rule: why", "<1:4 a-rule|why>");
	says("x;\n\t/*dmacheck:a-rule:why*/ y;", "<2:4 a-rule|why>");
	says("/** dmacheck: a-rule: why **/", "<1:5 a-rule|why>");
	says("/// dmacheck: a-rule: why\n", "<1:5 a-rule|why>");
	says("/* dmacheck: a, b ,c: d: e */", "<1:4 a,b,c|d: e>");
	says("/* dmacheck: a: why */ /* dmacheck: b: too */",
	     "<1:4 a|why><1:27 b|too>");
	says("/* dmacheck: a: unterminated", "<1:4 a|unterminated>");
}

static void a_reason_goes_on_over_lines(void **state)
{
	(void)state;
	says("/*\n * dmacheck: a, b:\n *   why\n *\tnot?\n */",
	     "<2:4 a,b|why not?>");
	says("/* Text.\n * dmacheck: a: why\n * dmacheck: b: too\n *\n"
	     " * More text.\n */", "<2:4 a|why><3:4 b|too>");
	says("// dmacheck: a: why\n// more\nx;", "<1:4 a|why>");
	says("// dmacheck: a: why\n\n// no more", "<1:4 a|why>");
	says("x; // dmacheck: a: why\n// of y\ny;", "<1:7 a|why>");
	says("// dmacheck: a: why \\\nnot?\nx;", "<1:4 a|why not?>");
	says("/* dmacheck: a: why\r\n * not?\r\n *\r\n * no more */",
	     "<1:4 a|why not?>");
	says("#define X \\\n\t/* dmacheck: a: why \\\n\t   not? */ \\\n\ty",
	     "<2:5 a|why not?>");
}

static void what_is_no_comment_is_not_read(void **state)
{
	(void)state;
	says("x = \"/* dmacheck: a: why */\";", "");
	says("x = \"\\\"/* dmacheck: a: why */\";", "");
	says("x = \"\\\n/* dmacheck: a: why */\";", "");
	says("x = '\"'; /* dmacheck: a: why */", "<1:13 a|why>");
	says("x = '\\''; /* dmacheck: a: why */", "<1:14 a|why>");
	says("x = \"//\"; // dmacheck: a: why", "<1:14 a|why>");
	says("#error don't\n/* dmacheck: a: why */", "<2:4 a|why>");
	says("/* \" */ /* dmacheck: a: why */", "<1:12 a|why>");
	says("// /*\n/* dmacheck: a: why */", "<2:4 a|why>");
	says("x / *y; dmacheck: a: why", "");
	says("/\\\n* \" *\\\n/ /* dmacheck: a: why */", "<3:6 a|why>");
	says("dmacheck: a: why", "");
	says("", "");
	says("/", "");
	says("/*", "");
	says("//", "");
	says("\"", "");
	says("\\", "");
	says("'\\", "");
}

static void what_is_wrong_is_told(void **state)
{
	(void)state;
	says("/* dmacheck: a */", "<1:4 a>");
	says("/* dmacheck: a: */", "<1:4 a>");
	says("/* dmacheck: a: -- */", "<1:4 a>");
	says("/* dmacheck: a never */", "<1:4 a>");
	says("/* dmacheck: */", "<1:4 >");
	says("/* dmacheck:: why */", "<1:4 >");
	says("/* dmacheck: a,: why */", "<1:4 a|why>");
	says("/* see dmacheck: a: why */", "");
	says("/* dmacheck: a\n *\n * b: c */", "<1:4 a>");
	says("/* dmacheck: a: \xc3\xa9 */", "<1:4 a|\xc3\xa9>");
}

/*
 * Whether the remark in `text` covers the place of the only "CALL"; there is
 * one remark.
 */
static bool covers(const char *text)
{
	struct remarks remarks = read_text(text);
	const char *call = strstr(text, "CALL"), *p, *start = text;
	unsigned int line = 1;
	bool result;

	assert_non_null(call);
	assert_int_equal(remarks.nr, 1);
	for (p = text; p < call; p++)
		if (*p == '\n') {
			line++;
			start = p + 1;
		}
	result = remark_covers(&remarks.list[0],
			       call_lines_at(text, strlen(text), line,
			 (unsigned int)(call - start) + 1));
	remarks_release(&remarks);
	return result;
}

#define R "/* dmacheck: a: why */"

static void it_covers_the_call_and_its_statement(void **state)
{
	(void)state;
	assert_true(covers("a();\n" R "\nCALL(x);"));
	assert_true(covers("CALL(x); " R));
	assert_true(covers(R " CALL(x);"));
	assert_true(covers("CALL(x,\n y); " R));
	assert_true(covers("CALL(x, " R "\n y);"));
	assert_true(covers("CALL(x,\n " R "\n y);"));
	assert_true(covers("a();\n" R "\nx =\n CALL(x);"));
	assert_true(covers("a();\nx = " R "\n CALL(x);"));
	assert_true(covers("a();\nx =\n " R "\n CALL(x);"));
	assert_true(covers("a();\n" R "\n/* b */\n// c\nCALL(x);"));
	assert_true(covers("a();\n" R "\n/* b */ CALL(x);"));
	assert_true(covers("a();\n" R "\nif (x)\n y =\n CALL(x);"));
	assert_true(covers("a();\nif (x)\n " R "\n y =\n  CALL(x);"));
	assert_true(covers("a();\nif (x)\n y();\nelse\n " R
			   "\n y =\n  CALL(x);"));
	assert_true(covers("a();\n" R "\nif (x ||\n    !CALL(x))\n b();"));
	assert_true(covers("switch (x) {\ncase 1:\n " R "\n y =\n  CALL();"));
	assert_true(covers("f() {\nout:\n " R "\n y =\n  CALL();"));
	assert_true(covers("a();\n" R "\nx = y ? z\n : CALL();"));
	assert_true(covers("a();\n" R "\nreturn (u64)\n CALL();"));
	assert_true(covers("struct x x = {\n .a = b(),\n " R
			   "\n .c =\n CALL(),\n};"));
	assert_true(covers("#define X { \\\n y; \\\n " R " \\\n CALL(); }"));
	assert_true(covers(R "\r\nCALL(x);\r\n"));
	assert_true(covers("#define X {\n" R "\nx =\n CALL();"));
	assert_true(covers("/* dmacheck: a: why\n * CALL is retired */"));
	assert_true(covers(R "\n/* CALL is retired */"));
}

static void it_covers_nothing_else(void **state)
{
	(void)state;
	assert_false(covers(R "\n\nCALL(x);"));
	assert_false(covers("a(); " R "\nCALL(x);"));
	assert_false(covers("CALL(x);\n" R));
	assert_false(covers("CALL(x);\nb(); " R));
	assert_false(covers("if (CALL(x))\n b(); " R));
	assert_false(covers("if (CALL(x))\n " R "\n b();"));
	assert_false(covers(R "\na();\nCALL(x);"));
	assert_false(covers(R "\n{ a(); }\nCALL(x);"));
	assert_false(covers(R "\nif (x) {\n CALL(x);\n}"));
	assert_false(covers(R "\nint f(void)\n{\n return CALL(x);\n}"));
	assert_false(covers("CALL(x,\n y) +\n 1; " R));
	assert_false(covers("if (!CALL(x) ||\n !b(y)) " R "\n c();"));
	assert_false(covers(R "\nx = ({ y();\n z = 1;\n CALL(x); });"));
	assert_false(covers("struct x x = {\n " R "\n .a = b(),\n"
			    " .c = CALL(),\n};"));
	assert_false(covers(R "\nstruct x x = {\n .c = CALL(),\n};"));
	assert_false(covers(R "\n#define X { \\\n y; \\\n CALL(); }"));
	assert_false(covers("if (x) { " R "\n CALL(x);"));
	assert_false(covers("// dmacheck: a: why\n\n// b\nCALL(x);"));
}

static void any_bytes_will_do(void **state)
{
	static const char letters[] = "/*'\"\\\n\r# dmacheck:a,{}()=;?x";
	unsigned int seed = 1, i, j;
	char text[80];

	(void)state;
	for (i = 0; i < 20000; i++) {
		struct remarks remarks = REMARKS_INIT;
		size_t len;

		len = seed % sizeof(text);
		for (j = 0; j < len; j++) {
			seed = seed * 1103515245u + 12345u;
			text[j] = letters[(seed >> 16) % sizeof(letters)];
		}
		seed = seed * 1103515245u + 12345u + i;
		remarks_read(&remarks, text, len);
		call_lines_at(text, len, 1 + i % 4, 1 + i % 30);
		remarks_release(&remarks);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_kinds_of_comment_are_read),
		cmocka_unit_test(a_reason_goes_on_over_lines),
		cmocka_unit_test(what_is_no_comment_is_not_read),
		cmocka_unit_test(what_is_wrong_is_told),
		cmocka_unit_test(it_covers_the_call_and_its_statement),
		cmocka_unit_test(it_covers_nothing_else),
		cmocka_unit_test(any_bytes_will_do),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
