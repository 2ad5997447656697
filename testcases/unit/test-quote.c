// SPDX-License-Identifier: GPL-2.0-only
#include "lib/quote.h"

#include "capture.h"

static void quotes_paths_as_git_does(void **state)
{
	static const struct { const char *path, *expected; } cases[] = {
		{ "", "" },
		{ "a/b.c", "a/b.c" },
		{ "a b.c", "a b.c" },
		{ "\xc3\xa9.c", "\xc3\xa9.c" },
		{ "a\nb", "\"a\\nb\"" },
		{ "\033[31m", "\"\\033[31m\"" },
		{ "\x7f\001\t", "\"\\177\\001\\t\"" },
		{ "a\"b", "\"a\\\"b\"" },
		{ "a\xc2\x9b" "1m\n\n", "\"a\\302\\2331m\\n\\n\"" },
		{ "a\xe2\x80\xae" "b", "\"a\\342\\200\\256b\"" },
		{ "\xe2\x80\xa9", "\xe2\x80\xa9" },
		{ "a\\b", "\"a\\\\b\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *quoted = quoted_path(cases[i].path);

		assert_string_equal(quoted, cases[i].expected);
		free(quoted);
	}
}

static void escapes_texts(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	quote_text(&sb, "'x\\n'\n\033 \"y\"");
	assert_string_equal(sb.buf, "'x\\n'\\n\\033 \"y\"");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_paths_as_git_does),
		cmocka_unit_test(escapes_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
