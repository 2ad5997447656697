// SPDX-License-Identifier: GPL-2.0-only
#include "report/snippet.h"

#include "capture.h"
#include "lib/alloc.h"
#include "report/source.h"
#include "tree/tree.h"

/* What is shown of the line, the first `len` bytes of `text`. */
static char *shown(const char *text, unsigned int column, unsigned int width)
{
	struct snippet_style style = { width, "", "" };
	char *line = xstrfmt("%s\n", text);
	struct excerpt source = { 7, 1, line };
	struct strbuf out = STRBUF_INIT;

	snippet_add(&out, &style, &source, 7, column);
	free(line);
	return strbuf_detach(&out, NULL);
}

#define SHOWN(text, column, expected) do { \
	char *out = shown(text, column, 0); \
	assert_string_equal(out, expected); \
	free(out); \
} while (0)

static void the_name_is_marked(void **state)
{
	(void)state;
	SHOWN("ret = dma_map_page(dev);", 7,
	      "    7 | ret = dma_map_page(dev);\n"
	      "      |       ^~~~~~~~~~~~\n");
	SHOWN("x += y;", 3, "    7 | x += y;\n      |   ^\n");
	/* Before the code of the line. */
	SHOWN("\tx = 1;", 1, "    7 |         x = 1;\n      |         ^\n");
	/* A column that is not in the line. */
	SHOWN("ab", 9, "    7 | ab\n");
	SHOWN("", 1, "    7 |\n");
}

static void tabs_and_wide_characters_are_counted(void **state)
{
	(void)state;
	SHOWN("\tx(\ty);", 2,
	      "    7 |         x(      y);\n      |         ^\n");
	SHOWN("\ta(\ty);", 5,
	      "    7 |         a(      y);\n      |                 ^\n");
	/* Two bytes in one column, three bytes in two. */
	SHOWN("/* \xc3\xa9 */ f();", 10,
	      "    7 | /* \xc3\xa9 */ f();\n      |         ^\n");
	SHOWN("/* \xe6\xbc\xa2 */ f();", 11,
	      "    7 | /* \xe6\xbc\xa2 */ f();\n      |          ^\n");
	/* A combining accent takes none. */
	SHOWN("e\xcc\x81 f();", 5,
	      "    7 | e\xcc\x81 f();\n      |   ^\n");
}

static void what_would_not_be_seen_is_shown(void **state)
{
	(void)state;
	SHOWN("a\033[2Jf();", 6, "    7 | a\\033[2Jf();\n      |         ^\n");
	SHOWN("a\xff b();", 4, "    7 | a\\377 b();\n      |       ^\n");
	/* Right to left; C1 controls. */
	SHOWN("a\xe2\x80\xae f();", 6,
	      "    7 | a<U+202E> f();\n      |           ^\n");
	SHOWN("\xc2\x9b\x31m f();", 6,
	      "    7 | <U+009B>1m f();\n      |            ^\n");
}

static void a_long_line_is_shown_around_the_mark(void **state)
{
	char *out;

	(void)state;
	out = shown("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa mark bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
		    62, 40);
	assert_string_equal(out,
			    "    7 | aaaaaaaaaaaaaa mark bbbbbbbbbbb\n"
			    "      |                ^~~~\n");
	free(out);
	out = shown("mark aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1, 40);
	assert_string_equal(out,
			    "    7 | mark aaaaaaaaaaaaaaaaaaaaaaaaaa\n"
			    "      | ^~~~\n");
	free(out);
}

static void lines_are_read_around_each_place(void **state)
{
	struct tree tree = { .root = (char *)capture_folder() };
	struct findings findings = FINDINGS_INIT;
	struct location loc = { (char *)"a.c", 2, 1, NULL };
	struct location none = { (char *)"b.c", 2, 1, NULL };
	struct location beyond = { (char *)"a.c", 9, 1, NULL };
	const struct excerpt *source;
	struct finding *f;
	const char *line;
	size_t len;

	(void)state;
	free((char *)make_file("a.c", "one\r\ntw\to\n\n4\n5\n6\n7\n8 without end"));
	f = findings_add(&findings, "r", LEVEL_ERROR, &loc, "m", "x");
	finding_step(f, &none, "not there");
	finding_step(f, &beyond, "not so many lines");
	findings_add(&findings, "r", LEVEL_NOTE, &loc, "m", "y");
	source_lines_read(&findings, &tree, LEVEL_WARNING);
	source = &findings.list[0].source;
	assert_int_equal(source->first, 1);
	assert_int_equal(source->nr, 7);
	assert_string_equal(source->text, "one\ntw\to\n\n4\n5\n6\n7\n");
	line = source_line(source, 2, &len);
	assert_int_equal(len, 4);
	assert_memory_equal(line, "tw\to", 4);
	assert_null(source_line(source, 8, &len));
	assert_null(source_line(source, 0, &len));
	assert_int_equal(findings.list[0].trace[0].source.nr, 0);
	assert_int_equal(findings.list[0].trace[1].source.nr, 0);
	assert_int_equal(findings.list[1].source.nr, 0);
	findings_release(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_name_is_marked),
		cmocka_unit_test(tabs_and_wide_characters_are_counted),
		cmocka_unit_test(what_would_not_be_seen_is_shown),
		cmocka_unit_test(a_long_line_is_shown_around_the_mark),
		cmocka_unit_test(lines_are_read_around_each_place),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return capture_done(failed);
}
