// SPDX-License-Identifier: GPL-2.0-only
#include "tree/index.h"

#include "faketree.h"
#include "tree/lexicon.h"

static void index_scan(struct index *index, const struct tree *tree,
		       const char *const *paths, size_t nr_paths,
		       const struct intern_pool *names, unsigned int jobs)
{
	struct lexicon lexicon = LEXICON_INIT;

	lexicon_open(&lexicon, tree, paths, nr_paths, NULL, jobs);
	index_find(index, &lexicon, names);
	lexicon_close(&lexicon);
}

/* How `name` is used in `text`: the letters M(ember) C(all) D(ef.) E(xport). */
static void uses_are(const char *text, const char *name, const char *expected)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	struct tree tree = open_tree("t", "x86");
	const char *const path = "drivers/x.c";
	unsigned int kinds;
	char uses[8], *u = uses;

	put("t/drivers/x.c", text);
	intern(&names, "something_else");
	intern(&names, name);
	index_scan(&index, &tree, &path, 1, &names, 1);
	assert_int_equal(index.nr_unreadable, 0);
	assert_true(index.nr <= 1);
	kinds = index.nr ? index.hits[0].kinds : 0;
	if (kinds & INDEX_MENTION)
		*u++ = '+';
	if (kinds & INDEX_MEMBER)
		*u++ = 'M';
	if (kinds & INDEX_CALL)
		*u++ = 'C';
	if (kinds & INDEX_DEFINITION)
		*u++ = 'D';
	if (kinds & INDEX_EXPORT)
		*u++ = 'E';
	*u = '\0';
	if (strcmp(uses, expected))
		print_message("in: %s\n", text);
	assert_string_equal(uses, expected);
	index_release(&index);
	intern_release(&names);
	tree_release(&tree);
}

static void tells_kinds_apart(void **state)
{
	static const struct { const char *text, *expected; } cases[] = {
		{ "", "" },
		{ "int x, foo1, _foo, foo_, 0foo, FOO;", "" },
		{ "int foo;", "+" },
		{ "foo", "+" },
		{ "/* foo */ // foo\n\"foo\" 'foo' \"\\\" foo\" '\\'' /*/foo*/", "" },
		{ "// a \\\nfoo\nint x;", "" },
		{ "/* */ foo /* */", "+" },
		{ "/** **/ foo /***/", "+" },
		{ "x = a.foo;", "+M" },
		{ "x = a->foo;", "+M" },
		{ "x = a ->\n\t/* x */ foo;", "+M" },
		{ "x = a - > foo; x = a > foo; x = 1.foo;", "+" },
		{ "case 1 ... foo:", "+" },
		{ "struct o o = { .foo = x };", "+M" },
		{ "int foo(int a);", "+" },
		{ "int a = foo(1);", "+" },
		{ "int f(void)\n{\n\tfoo(1);\n}\n", "+C" },
		{ "int f(void)\n{\n\ta->foo (1);\n}\n", "+MC" },
		{ "int f(void)\n{\n\tg(foo);\n}\n", "+" },
		{ "int foo(int a)\n{\n}\n", "+D" },
		{ "int foo(int (*f)(int), struct a *a) {}", "+D" },
		{ "static __printf(1, 2) int foo(int a, ...)\n{\n}\n", "+D" },
		{ "int foo(int a)\n\t__acquires(a)\n\t__releases(b)\n{\n}\n", "+D" },
		{ "int foo(void) __must_check __acquires(a) {}", "+D" },
		{ "module_init(foo)\nint bar(void) {}", "+" },
		{ "module_init(x)\nstatic int __init foo(void) {}", "+D" },
		{ "struct a foo = { 1 }; int x[] = { foo };", "+" },
		{ "int b(foo a) {}", "+" },
		{ "int foo(int a);\nint b = { 1 };", "+" },
		{ "EXPORT_SYMBOL(foo);", "+E" },
		{ "EXPORT_SYMBOL_GPL(foo);", "+E" },
		{ "EXPORT_SYMBOL_NS_GPL(foo, \"X\");", "+E" },
		{ "EXPORT_SYMBOL_NS_GPL(x, foo);", "+" },
		{ "EXPORT_SYMBOL(x); (foo)", "+" },
		{ "int foo(void)\n{\n\tfoo();\n}\nEXPORT_SYMBOL(foo);\n", "+CDE" },
		/* directives */
		{ "#include <foo.h>\n#pragma foo\n#error don't foo\nint x;", "" },
		{ "#error don't\nint foo;", "+" },
		{ "#define x(a) a->foo(\\\n1)\n", "+MC" },
		{ "#define x(a) \\\n\tfoo(a)\nint y;", "+C" },
		{ "#define BEGIN {\nint foo(void)\n{\n}\n", "+D" },
		{ "#if 0\nfoo\n#if 1\nfoo\n#endif\n#endif\n", "" },
		{ "#if 0 /* x */\nfoo\n#else\nbar\n#endif\n", "" },
		{ "#if 0\n\"\n'\n#else\nfoo\n#endif\n", "+" },
		{ "#if 1\nbar\n#else\nfoo\n#endif\n", "" },
		{ "#if 0 || X\nfoo\n#endif\n", "+" },
		{ "#ifdef A\nint a(int b) {\n#else\nint a(void) {\n#endif\n foo(); }\nint c;", "+C" },
		{ "#ifdef A\nint a(int b) {\n#elif B\nint a(void) {\n#else\nint a() {\n#endif\n } int foo(void) { }", "+D" },
		{ "#if 0\nint a(int b) {\n#else\nint a(void) {\n#endif\n foo(); }", "+C" },
		/* broken text must not mislead what comes after it */
		{ "int a(void)\n{\n\tif (x) {\n}\n\nint foo(int a)\n{\n}\n", "+D" },
		{ "int x = ((;\nint foo(int a)\n{\n}\n", "+D" },
		{ "#endif\n#else\n} } ) )\nint foo(void)\n{\n}\n", "+D" },
		{ "\" foo\nfoo", "+" },
		{ "/* foo", "" },
		{ "\"foo", "" },
		{ "a \\", "" },
		{ "#if 0\nfoo", "" },
		{ "#", "" },
		{ "#define", "" },
	};
	size_t i;

	(void)state;
	put_tree("t");
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		uses_are(cases[i].text, "foo", cases[i].expected);
	uses_are("int dma_map_sgtable_attrs; f(dma_map_sgtable);",
		 "dma_map_sgtable", "+");
	uses_are("int dma_map_sgtable_attrs;", "dma_map_sgtable", "");
}

static void nests_deeper_than_it_can(void **state)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);
	int i;

	(void)state;
	put_tree("t");
	for (i = 0; i < 1000; i++)
		fputs("#if X\n", f);
	for (i = 0; i < 1000; i++)
		fputs("#else\n#endif\n", f);
	fputs("int foo(void)\n{\n}\n", f);
	fclose(f);
	uses_are(text, "foo", "+D");
	free(text);
}

/* The files of `index` and what is unreadable, in one line. */
static void files_are(const char *arch, const char *const *paths, size_t nr,
		      const char *expected)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	struct tree tree = open_tree("t", arch);
	char *all = NULL;
	size_t len, i;
	FILE *f = open_memstream(&all, &len);

	index_scan(&index, &tree, paths, nr, &names, 3);
	for (i = 0; i < index.files.nr; i++)
		fprintf(f, "%s ", intern_str(&index.files, (uint32_t)i));
	for (i = 0; i < index.nr_unreadable; i++)
		fprintf(f, "(%s: %s) ", index.unreadable[i].file,
			index.unreadable[i].reason);
	fclose(f);
	assert_string_equal(all, expected);
	free(all);
	index_release(&index);
	tree_release(&tree);
}

static void finds_the_files_that_matter(void **state)
{
	static const char *const files[] = {
		"arch/x86/mm/a.c", "arch/arm64/mm/a.c", "drivers/a.c",
		"drivers/a/a.c", "drivers/a.h", "drivers/a.mod.c",
		"drivers/.hidden/a.c", "Documentation/a.c", "scripts/a.c",
		"tools/a.c", "net/tools/a.c", "out/x.c", "samples/kernel.c",
	};
	static const char *const some[] = { "drivers/a/a.c", "drivers", "arch" };
	static const char *const bad[] = { "drivers/a", "nowhere", "mm/x.c" };
	static const char *const tools[] = { "tools" };
	char *link, *name;
	size_t i;

	(void)state;
	put_tree("t");
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		name = path_join("t", files[i]);
		put(name, "");
		free(name);
	}
	put("t/samples/user.c", "#include <stdio.h>\n");
	put("t/drivers/user.c", "#include <stdio.h>\n");
	link = in_folder("t/out/source");
	assert_int_equal(symlink("..", link), 0);
	free(link);

	files_are("x86", NULL, 0, "arch/x86/mm/a.c drivers/a.c drivers/a/a.c "
		  "drivers/user.c drivers/x.c net/tools/a.c samples/kernel.c ");
	files_are("arm64", some, 3, "arch/arm64/mm/a.c drivers/a.c "
		  "drivers/a/a.c drivers/user.c drivers/x.c ");
	files_are("x86", tools, 1, "tools/a.c ");
	link = in_folder("t/drivers/a/b.c");
	assert_int_equal(symlink("nowhere", link), 0);
	files_are("x86", bad, 3, "drivers/a/a.c "
		  "(drivers/a/b.c: No such file or directory) "
		  "(mm/x.c: No such file or directory) "
		  "(nowhere: No such file or directory) ");
	unlink(link);
	free(link);
}

static void orders_hits(void **state)
{
	static const char *const paths[] = { "drivers/b.c", "drivers/a.c" };
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	struct tree tree;
	size_t i;

	(void)state;
	put_tree("t");
	tree = open_tree("t", "x86");
	put("t/drivers/a.c", "three two one");
	put("t/drivers/b.c", "two zero one three");
	intern(&names, "one");
	intern(&names, "two");
	intern(&names, "three");
	index_scan(&index, &tree, paths, 2, &names, 2);
	assert_int_equal(index.nr, 6);
	for (i = 0; i < 6; i++) {
		assert_int_equal(index.hits[i].file, i / 3);
		assert_int_equal(index.hits[i].name, i % 3);
	}
	assert_string_equal(intern_str(&index.files, 0), "drivers/a.c");
	index_release(&index);
	intern_release(&names);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_kinds_apart),
		cmocka_unit_test(nests_deeper_than_it_can),
		cmocka_unit_test(finds_the_files_that_matter),
		cmocka_unit_test(orders_hits),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
