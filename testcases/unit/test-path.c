// SPDX-License-Identifier: GPL-2.0-only
#include "lib/path.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture.h"
#include "lib/alloc.h"
#include "lib/diag.h"

static void normalises(void **state)
{
	static const struct { const char *path, *expected; } cases[] = {
		{ "", "." },
		{ ".", "." },
		{ "./", "." },
		{ "a", "a" },
		{ "a/", "a" },
		{ "a//b", "a/b" },
		{ "./a/./b/.", "a/b" },
		{ "a/../b", "b" },
		{ "a/..", "." },
		{ "a/b/../..", "." },
		{ "a/b/../../..", ".." },
		{ "../a", "../a" },
		{ "../../a/../b", "../../b" },
		{ "a/../../b/c/../d", "../b/d" },
		{ "..a/.b/c..", "..a/.b/c.." },
		{ "/", "/" },
		{ "//", "/" },
		{ "/..", "/" },
		{ "/../a", "/a" },
		{ "/a/../..", "/" },
		{ "/a/b/../c/", "/a/c" },
		{ "drivers/gpu/drm/amd/amdgpu/../amdkfd/kfd_svm.c",
		  "drivers/gpu/drm/amd/amdkfd/kfd_svm.c" },
		{ "arch/x86/kvm/../../../virt/kvm/kvm_main.c",
		  "virt/kvm/kvm_main.c" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *path = path_normalise(cases[i].path);

		assert_string_equal(path, cases[i].expected);
		free(path);
	}
}

static void is(char *path, const char *expected)
{
	assert_string_equal(path, expected);
	free(path);
}

static void joins_and_splits(void **state)
{
	(void)state;
	is(path_join("/a", "b"), "/a/b");
	is(path_join("/", "b"), "/b");
	is(path_join("a/", "b"), "a/b");
	is(path_join("a", "/b"), "/b");
	is(path_join("", "b"), "b");
	is(path_dirname("a/b"), "a");
	is(path_dirname("b"), ".");
	is(path_dirname("/b"), "/");
	assert_string_equal(path_basename("a/b.c"), "b.c");
	assert_string_equal(path_basename("b.c"), "b.c");
	assert_string_equal(path_below("/a/b/c", "/a"), "b/c");
	assert_string_equal(path_below("/a", "/a"), ".");
	assert_string_equal(path_below("/a", "/"), "a");
	assert_null(path_below("/ab", "/a"));
	assert_null(path_below("/a", "/a/b"));
}

static void makes_reads_and_removes(void **state)
{
	char *dir = path_join(capture_folder(), "deep/er/est");
	char *top = path_join(capture_folder(), "deep");
	char *link = path_join(top, "link"), *text;
	size_t len = 0;

	(void)state;
	assert_int_equal(path_mkdirs(dir), 0);
	assert_int_equal(path_mkdirs(dir), 0);
	assert_true(path_is_dir(dir));
	free((char *)make_file("deep/er/file", "two\nlines\n"));
	free((char *)make_file("kept", "kept"));
	assert_int_equal(symlink("../kept", link), 0);

	assert_null(path_read(dir, NULL));
	assert_int_equal(errno, EISDIR);
	assert_null(path_read("/nonexistent", NULL));
	assert_int_equal(errno, ENOENT);
	text = path_read(link, &len);
	assert_string_equal(text, "kept");
	assert_int_equal(len, 4);
	free(text);

	free(dir);
	dir = path_join(capture_folder(), "kept/below");
	assert_int_equal(path_mkdirs(dir), -1);
	assert_int_equal(errno, ENOTDIR);

	assert_int_equal(path_remove_tree(top), 0);
	assert_int_equal(path_remove_tree(top), 0);
	assert_false(path_is_dir(top));
	free(dir);
	dir = path_join(capture_folder(), "kept");
	assert_true(path_is_file(dir));
	free(dir);
	free(top);
	free(link);
}

static void reads_what_has_no_size(void **state)
{
	size_t len;
	char *text = path_read("/proc/self/maps", &len);

	(void)state;
	assert_non_null(text);
	assert_int_equal(strlen(text), len);
	assert_non_null(strstr(text, "[stack]"));
	free(text);
}

static void reads_regular_files_only(void **state)
{
	char dir[] = "/tmp/dmacheck-test-XXXXXX", *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	path = path_join(dir, "x");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_null(path_read(path, NULL));
	assert_int_equal(errno, ENOTREGULAR);
	assert_null(path_fopen(path, 1000));
	assert_int_equal(errno, ENOTREGULAR);
	assert_null(path_read("/dev/zero", NULL));
	assert_int_equal(errno, ENOTREGULAR);
	assert_null(path_read(dir, NULL));
	assert_int_equal(errno, EISDIR);
	unlink(path);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(truncate(path, 100), 0);
	assert_null(path_read_max(path, 99, NULL));
	assert_int_equal(errno, EFBIG);
	free(path_read_max(path, 100, NULL));
	assert_null(path_read_max("/proc/self/maps", 10, NULL));
	assert_int_equal(errno, EFBIG);
	assert_int_equal(path_remove_tree(dir), 0);
	free(path);
}

static void knows_the_cache_folder(void **state)
{
	(void)state;
	setenv("XDG_CACHE_HOME", "/x/cache", 1);
	is(path_default_cache(), "/x/cache/dmacheck");
	setenv("XDG_CACHE_HOME", "relative", 1);
	setenv("HOME", "/home/me", 1);
	is(path_default_cache(), "/home/me/.cache/dmacheck");
	unsetenv("XDG_CACHE_HOME");
	is(path_default_cache(), "/home/me/.cache/dmacheck");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(normalises),
		cmocka_unit_test(joins_and_splits),
		cmocka_unit_test(makes_reads_and_removes),
		cmocka_unit_test(reads_what_has_no_size),
		cmocka_unit_test(reads_regular_files_only),
		cmocka_unit_test(knows_the_cache_folder),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
