// SPDX-License-Identifier: GPL-2.0-only
/* Which commands share a precompiled header. */
#include "facts/pch.h"

#include "faketree.h"
#include "compile/compile-db.h"

#define BASE "-I/t/arch/x86/include -I/out/arch/x86/include/generated -I/t/include -include /t/include/linux/kconfig.h -D__KERNEL__ --target=x86_64-linux-gnu -std=gnu11 -m64 -O2 "

static bool class_of(const struct pch_set *set, const char *line,
		     uint64_t *class)
{
	const struct tree tree = { .root = (char *)"/t" };
	struct compile_command command = { .dir = (char *)"/out" };
	struct strvec args = STRVEC_INIT;
	char *copy = xstrdup(line), *rest = copy, *word;
	bool usable;

	while ((word = strsep(&rest, " ")))
		if (*word)
			strvec_push(&args, word);
	command.args = args.v;
	command.nr_args = args.nr;
	usable = pch_class(set, &tree, &command, class);
	strvec_release(&args);
	free(copy);
	return usable;
}

static void what_headers_can_see_makes_a_class(void **state)
{
	static const struct { const char *args; bool same; } cases[] = {
		{ BASE, true },
		{ BASE "-DKBUILD_MODNAME=\"a\" -D__KBUILD_MODNAME=a", true },
		{ BASE "-I/t/drivers/net -I/out/drivers/net", true },
		{ BASE "-DUNRELATED=1", true },
		{ BASE "-DMODULE", false },
		{ BASE "-DDEBUG=2", false },
		{ BASE "-UDEBUG", false },
		{ BASE "-fshort-wchar", false },
		{ BASE "-funsigned-char", false },
		{ BASE "-std=gnu89", false },
		{ BASE "-m32", false },
		{ BASE "--target=aarch64-linux-gnu", false },
		/* another configuration, in another output tree */
		{ BASE "-I/other/include", true },
		{ BASE "-I/out/include", false },
		{ BASE "-I/t/arch/arm64/include", false },
		{ BASE "-isystem/t/include", false },
	};
	struct pch_set set = PCH_SET_INIT;
	uint64_t base, class;
	size_t i;

	(void)state;
	intern(&set.tested, "MODULE");
	intern(&set.tested, "DEBUG");
	assert_true(class_of(&set, BASE, &base));
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_true(class_of(&set, cases[i].args, &class));
		if ((class == base) != cases[i].same)
			print_message("%s\n", cases[i].args);
		assert_int_equal(class == base, cases[i].same);
	}
	/* Other headers make another one. */
	set.hash = 1;
	assert_true(class_of(&set, BASE, &class));
	assert_true(class != base);
	/* The driver's own headers come first, or there are no others. */
	assert_false(class_of(&set, "-I/t/drivers/net " BASE, &class));
	assert_false(class_of(&set, "-D__KERNEL__", &class));
	pch_set_release(&set);
}

static void finds_what_headers_test(void **state)
{
	static const char text[] =
		"/* #if NOT */\n#ifndef A_H\n#define A_H\n#if defined(B) && \\\n"
		"	C > 1\n # elif D\n#endif\n#ifdef\tE // F\n#include <g.h>\n"
		"#include H(i)\nint j;\n#else K";
	struct intern_pool tested = INTERN_POOL_INIT;
	char all[100] = "";
	uint32_t i;

	(void)state;
	pch_add_tested(&tested, text, strlen(text));
	for (i = 0; i < tested.nr; i++)
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s ",
			 intern_str(&tested, i));
	assert_string_equal(all, "A_H defined B C D E F H i ");
	intern_release(&tested);
	pch_add_tested(&tested, "#if", 3);
	pch_add_tested(&tested, "#if \\\n", 6);
	pch_add_tested(&tested, "", 0);
	assert_int_equal(tested.nr, 0);
	intern_release(&tested);
}

static void keeps_what_is_in_one(void **state)
{
	char *path = in_folder("x.pch");
	struct pch_info info = PCH_INFO_INIT;
	bool reached[3] = { false };
	uint32_t found[3];

	(void)state;
	put("x.pch", "content");
	assert_false(pch_info_read(&info, path));
	intern(&info.files, "a.h");
	intern(&info.files, "b.h");
	intern(&info.files, "/with blank/c.h");
	info.list = xcalloc(3, sizeof(*info.list));
	info.list[0] = (struct pch_file){ UINT64_MAX, 0, 1, 0, 1 };
	info.list[1] = (struct pch_file){ 2, 1, 2, 1, 0 };
	info.includes = xcalloc(3, sizeof(*info.includes));
	info.includes[0] = 1;
	info.includes[1] = 0;
	info.includes[2] = 1;
	info.nr_includes = 3;
	info.tests = xcalloc(1, sizeof(*info.tests));
	info.nr_tests = 1;
	intern(&info.tested, "DEBUG");
	strvec_push(&info.dropped, "linux/bad.h");
	strvec_push(&info.given, "-DX=a b");
	assert_int_equal(pch_info_write(&info, path), 0);
	pch_info_release(&info);

	assert_true(pch_info_read(&info, path));
	assert_int_equal(info.files.nr, 3);
	assert_string_equal(intern_str(&info.files, 2), "/with blank/c.h");
	assert_true(info.list[0].hash == UINT64_MAX);
	assert_int_equal(pch_info_reach(&info, reached, 0, found), 2);
	assert_true(reached[0] && reached[1] && !reached[2]);
	assert_int_equal(intern_find(&info.tested, "DEBUG"), 0);
	assert_true(strvec_has(&info.given, "-DX=a b"));
	assert_int_equal(info.list[0].nr_tests, 1);
	assert_int_equal(info.list[1].nr_tests, 0);
	pch_info_release(&info);

	/* Of another file nothing is known but what broke the last one. */
	put("x.pch", "other content");
	assert_false(pch_info_read(&info, path));
	assert_int_equal(info.files.nr, 0);
	assert_true(strvec_has(&info.dropped, "linux/bad.h"));
	pch_info_release(&info);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_headers_can_see_makes_a_class),
		cmocka_unit_test(finds_what_headers_test),
		cmocka_unit_test(keeps_what_is_in_one),
	};

	return capture_done(cmocka_run_group_tests_name("pch", tests, NULL,
							 NULL));
}
