// SPDX-License-Identifier: GPL-2.0-only
#include "lib/placeholder.h"

#include "capture.h"

static void there_and_back(const char *text, const char *expected)
{
	const struct places here = { "/src/linux", "/src/linux/out" };
	const struct places there = { "/a", "/b" };
	char *hidden = placeholder_hide(text, &here), *shown, *again;

	assert_string_equal(hidden, expected);
	shown = placeholder_show(hidden, &here);
	assert_string_equal(shown, text);
	free(shown);
	shown = placeholder_show(hidden, &there);
	again = placeholder_hide(shown, &there);
	assert_string_equal(again, expected);
	free(again);
	free(shown);
	free(hidden);
}

static void hides_paths(void **state)
{
	(void)state;
	there_and_back("", "");
	there_and_back("-I/src/linux/include", "-I%S/include");
	there_and_back("-I/src/linux", "-I%S");
	there_and_back("/src/linux/out/include", "%O/include");
	there_and_back("/src/linux-6/include", "/src/linux-6/include");
	there_and_back("-DX=\"/src/linux\"", "-DX=\"%S\"");
	there_and_back("100%S%%", "100%%S%%%%");
	there_and_back("drivers/net/x.c", "drivers/net/x.c");
}

static void without_output_tree(void **state)
{
	const struct places places = { "/", NULL };
	char *text = placeholder_hide("/a/b", &places);

	(void)state;
	assert_string_equal(text, "/a/b");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hides_paths),
		cmocka_unit_test(without_output_tree),
	};

	return cmocka_run_group_tests_name("placeholder", tests, NULL, NULL);
}
