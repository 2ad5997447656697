// SPDX-License-Identifier: GPL-2.0-only
#include "tree/module.h"

#include <unistd.h>

#include "faketree.h"
#include "lib/intern.h"
#include "compile/makefile.h"

/* A kernel tree a/linux, and a module at `module`, as module_open() has it. */
static struct tree open_module(const char *module)
{
	char *folder = in_folder(module), *in_tree;
	struct tree tree;

	put_tree("a/linux");
	tree = open_tree("a/linux", "x86");
	assert_int_equal(module_open(&tree, folder, &in_tree), 0);
	assert_null(in_tree);
	free(folder);
	return tree;
}

static void check_path(const struct tree *tree, const char *name,
		       const char *expected)
{
	char *full = in_folder(name), *path = tree_path(tree, full);

	assert_string_equal(path, expected ? expected : full);
	free(path);
	free(full);
}

static void paths_lead_out_of_the_tree(void **state)
{
	struct tree tree;

	(void)state;
	put("b/mod/Kbuild", "");
	tree = open_module("b/mod");
	assert_string_equal(tree.module, "../../b/mod");
	check_path(&tree, "b/mod/x/y.c", "../../b/mod/x/y.c");
	check_path(&tree, "b/mod", "../../b/mod");
	check_path(&tree, "b/module.c", NULL);
	check_path(&tree, "a/linux/mm/gup.c", "mm/gup.c");
	check_path(&tree, "a/linux", ".");
	assert_true(module_has(&tree, "../../b/mod/x.c"));
	assert_false(module_has(&tree, "../../b/module/x.c"));
	assert_false(module_has(&tree, "mm/gup.c"));
	tree_release(&tree);
}

static void a_module_beside_the_tree(void **state)
{
	struct tree tree;

	(void)state;
	put("a/linux-mod/Makefile", "");
	tree = open_module("a/linux-mod");
	assert_string_equal(tree.module, "../linux-mod");
	tree_release(&tree);
}

static void check_shown(const struct tree *tree, const char *text,
			const char *expected)
{
	char *shown = module_shown(tree, text);

	assert_string_equal(shown, expected);
	free(shown);
}

static void paths_are_shown_from_the_folder(void **state)
{
	struct tree tree, none = TREE_INIT;

	(void)state;
	put("b/mod/Kbuild", "");
	tree = open_module("b/mod");
	check_shown(&tree, "../../b/mod/x.c", "x.c");
	check_shown(&tree, "that of ../../b/mod/x.c, at ../../b/mod/y/z.h:3: no",
		    "that of x.c, at y/z.h:3: no");
	check_shown(&tree, "(../../b/mod/x.c)", "(x.c)");
	check_shown(&tree, "mm/gup.c", "mm/gup.c");
	check_shown(&tree, "x/../../b/mod/x.c", "x/../../b/mod/x.c");
	check_shown(&tree, "../../b/module/x.c", "../../b/module/x.c");
	check_shown(&tree, "../../b/mod", "../../b/mod");
	check_shown(&tree, "", "");
	check_shown(&none, "../../b/mod/x.c", "../../b/mod/x.c");
	tree_release(&tree);
}

static void no_module(const char *name, const char *why)
{
	struct tree tree = open_tree("a/linux", "x86");
	char *folder = in_folder(name), *in_tree, *said;
	struct capture c = capture_begin(STDERR_FILENO);
	int ret = module_open(&tree, folder, &in_tree);

	said = capture_end(&c);
	assert_int_equal(ret, -1);
	assert_null(in_tree);
	assert_null(tree.module);
	assert_non_null(strstr(said, why));
	free(said);
	free(folder);
	tree_release(&tree);
}

static void not_every_folder_is_one(void **state)
{
	struct tree tree;
	char *folder, *in_tree;

	(void)state;
	put_tree("a/linux");
	put("b/none/x.c", "");
	put("b/a blank/Kbuild", "");
	put("b/a:colon/Kbuild", "");
	put("a/Kbuild", "");
	no_module("b/nonsuch", "No such file or directory");
	no_module("b/none/x.c", "is not a folder");
	no_module("b/none", "neither a Kbuild nor a Makefile");
	no_module("b/a blank", "a ' ' in its path");
	no_module("b/a:colon", "a ':' in its path");
	no_module("a", "lies in the module folder");

	tree = open_tree("a/linux", "x86");
	folder = in_folder("a/linux/include/linux");
	assert_int_equal(module_open(&tree, folder, &in_tree), 0);
	assert_string_equal(in_tree, "include/linux");
	assert_null(tree.module);
	free(in_tree);
	free(folder);
	tree_release(&tree);
}

static void check_module_of(const struct tree *tree, const char *file,
			    const char *expected)
{
	char *module = makefile_module_of(tree, file);

	assert_string_equal(module, expected);
	free(module);
}

static void modules_are_read_in_makefiles(void **state)
{
	struct tree tree;

	(void)state;
	put("b/mod/Kbuild",
	    "obj-m := big-one.o single.o\n"
	    "big-one-y := main.o sub/part.o\n"
	    "include $(src)/inc/Makefile\n"
	    "big-one-y += $(INC_FILES)\n");
	put("b/mod/inc/Makefile",
	    "INC_FILES := inc/a.o \\\n	inc/b.o\nOTHER := inc/c.o\n");
	tree = open_module("b/mod");
	check_module_of(&tree, "../../b/mod/main.c", "big_one");
	check_module_of(&tree, "../../b/mod/single.c", "single");
	check_module_of(&tree, "../../b/mod/sub/part.c", "big_one");
	check_module_of(&tree, "../../b/mod/inc/b.c", "big_one");
	check_module_of(&tree, "../../b/mod/inc/c.c", "c");
	check_module_of(&tree, "../../b/mod/no-where.c", "no_where");
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_lead_out_of_the_tree),
		cmocka_unit_test(a_module_beside_the_tree),
		cmocka_unit_test(paths_are_shown_from_the_folder),
		cmocka_unit_test(not_every_folder_is_one),
		cmocka_unit_test(modules_are_read_in_makefiles),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
