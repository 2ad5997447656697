// SPDX-License-Identifier: GPL-2.0-only
#include "tree/tree.h"

#include "faketree.h"

static void reads_version_and_arch(void **state)
{
	static const struct { const char *given, *expected; } archs[] = {
		{ "x86", "x86" }, { "x86_64", "x86" }, { "i386", "x86" },
		{ "i686", "x86" }, { "amd64", "x86" }, { "arm64", "arm64" },
		{ "aarch64", "arm64" }, { "aarch64_be", "arm64" },
	};
	struct tree tree;
	size_t i;

	(void)state;
	put_tree("t");
	for (i = 0; i < ARRAY_SIZE(archs); i++) {
		tree = open_tree("t", archs[i].given);
		assert_string_equal(tree.version, "7.2.13");
		assert_string_equal(tree.arch, archs[i].expected);
		assert_string_equal(path_basename(tree.root), "t");
		tree_release(&tree);
	}
	put("t/Makefile", "VERSION = 7\nPATCHLEVEL = 3\nEXTRAVERSION = -rc1\n");
	tree = open_tree("t", "x86");
	assert_string_equal(tree.version, "7.3-rc1");
	tree_release(&tree);
}

static void reads_attributes(void **state)
{
	struct tree tree;

	(void)state;
	put_tree("t");
	tree = open_tree("t", "x86");
	assert_int_equal(tree.nr_attrs, 4);
	assert_string_equal(tree.attrs[1].name, "DMA_ATTR_REQUIRE_COHERENT");
	assert_int_equal(tree.attrs[1].mask, 1 << 12);
	assert_int_equal(tree.attrs[1].line, 4);
	assert_true(tree_attr_mask(&tree, "DMA_ATTR_WEAK_ORDERING") == 2);
	assert_true(tree_attr_mask(&tree, "DMA_ATTR_BIT") == 1ULL << 40);
	assert_true(tree_attr_mask(&tree, "DMA_ATTR_NUMBER") == 0x20);
	assert_true(tree_attr_mask(&tree, "DMA_ATTR_NOT_HERE") == 0);
	tree_release(&tree);
}

/* Opening `name` for `arch` fails and says this. */
static void says(const char *name, const char *arch, const char *expected)
{
	char *dir = in_folder(name), *said;
	struct capture c = capture_begin(STDERR_FILENO);
	struct tree tree;
	int ret = tree_open(&tree, dir, arch);

	said = capture_end(&c);
	assert_string_equal(said, expected);
	assert_int_equal(ret, -1);
	assert_null(tree.root);
	free(said);
	free(dir);
}

static void says_what_is_no_tree(void **state)
{
	char *file;

	(void)state;
	says("missing", NULL, "dmacheck: error: cannot open the kernel tree missing: No such file or directory\n");
	put("file", "");
	says("file", NULL, "dmacheck: error: the kernel tree file is not a folder\n");
	put("n/x", "");
	says("n", NULL, "dmacheck: error: n is not a kernel source tree: it has no file Makefile; give -C DIR (KDIR=DIR with make) the folder that holds the kernel's top Makefile\n");
	put("n/Makefile", "VERSION = x\nall:\n");
	says("n", NULL, "dmacheck: error: n is not a kernel source tree: its Makefile does not set VERSION and PATCHLEVEL; an output tree (make O=) goes with -O, its source tree with -C\n");
	put("n/Makefile", "VERSION = 7\nPATCHLEVEL = 2\n");
	says("n", NULL, "dmacheck: error: n is not a kernel source tree: it has no file Kbuild; give -C DIR (KDIR=DIR with make) the folder that holds the kernel's top Makefile\n");
	put("n/Kbuild", "");
	says("n", NULL, "dmacheck: error: n is not a kernel source tree: it has no file include/linux/dma-mapping.h; give -C DIR (KDIR=DIR with make) the folder that holds the kernel's top Makefile\n");
	put_tree("t");
	says("t", "vax", "dmacheck: error: the kernel tree t has no arch/vax; it has: arm64 x86\n");
	says("t", "../x86", "dmacheck: error: '../x86' is not an architecture; use --arch x86, arm64, ...\n");
	file = in_folder("t/arch");
	assert_int_equal(path_remove_tree(file), 0);
	free(file);
	says("t", "x86", "dmacheck: error: the kernel tree t has no arch/x86; it has: none at all\n");
}

static void relative_is(const struct tree *tree, const char *path,
			const char *expected)
{
	char *relative = tree_relative(tree, path);

	assert_non_null(relative);
	assert_string_equal(relative, expected);
	free(relative);
}

static void makes_paths_relative(void **state)
{
	char *absolute = in_folder("t/drivers/x.c");
	char *link = in_folder("link"), *said, *here;
	struct capture c;
	struct tree tree;

	(void)state;
	put_tree("t");
	put("t/drivers/x.c", "");
	put("elsewhere/drivers/x.c", "");
	tree = open_tree("t", "x86");
	assert_true(symlink("t/drivers", link) == 0);
	relative_is(&tree, absolute, "drivers/x.c");
	relative_is(&tree, link, "drivers");
	relative_is(&tree, tree.root, ".");
	relative_is(&tree, ".", ".");
	relative_is(&tree, "drivers/../drivers//x.c", "drivers/x.c");
	/* A folder of that name where we are is not meant. */
	here = getcwd(NULL, 0);
	free(absolute);
	absolute = in_folder("elsewhere");
	assert_int_equal(chdir(absolute), 0);
	relative_is(&tree, "drivers/x.c", "drivers/x.c");
	relative_is(&tree, "../t/drivers", "drivers");
	assert_int_equal(chdir(here), 0);

	c = capture_begin(STDERR_FILENO);
	assert_null(tree_relative(&tree, "drivers/y.c"));
	assert_null(tree_relative(&tree, "/etc"));
	assert_null(tree_relative(&tree, absolute));
	said = capture_end(&c);
	assert_string_equal(said,
		"dmacheck: error: drivers/y.c: No such file or directory\n"
		"dmacheck: error: /etc lies outside of the kernel tree t\n"
		"dmacheck: error: elsewhere lies outside of the kernel tree t\n");
	free(said);
	free(here);
	free(link);
	free(absolute);
	tree_release(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_version_and_arch),
		cmocka_unit_test(reads_attributes),
		cmocka_unit_test(says_what_is_no_tree),
		cmocka_unit_test(makes_paths_relative),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
