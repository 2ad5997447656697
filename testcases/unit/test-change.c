// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "change/source.h"
#include "tree/overlay.h"

static void name_is(const char *name, const char *expected)
{
	if (expected)
		assert_string_equal(name, expected);
	else
		assert_null(name);
}

/* One file in a diff: its names, NULL for none. */
static void one(const char *text, const char *from, const char *to)
{
	struct diff diff = DIFF_INIT;

	diff_read(&diff, text, 1);
	assert_int_equal(diff.nr, 1);
	name_is(diff.files[0].from, from);
	name_is(diff.files[0].to, to);
	diff_release(&diff);
}

static void names(void **state)
{
	(void)state;
	one("--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n", "x.c", "x.c");
	one("--- a/x.c\t2026-01-01\n+++ b/x.c\t2026-01-01\n", "x.c", "x.c");
	one("--- a/a b.c\n+++ b/a b.c\n", "a b.c", "a b.c");
	one("--- /dev/null\n+++ b/new.c\n", NULL, "new.c");
	one("--- a/old.c\n+++ /dev/null\n", "old.c", NULL);
	one("diff --git a/d/x.c b/d/x.c\nold mode 100644\nnew mode 100755\n",
	    "d/x.c", "d/x.c");
	one("diff --git a/a b b/a b\nnew file mode 100644\nindex 0..1\n",
	    NULL, "a b");
	one("diff --git a/gone b/gone\ndeleted file mode 100644\n", "gone",
	    NULL);
	one("diff --git a/o.c b/n.c\nrename from o.c\nrename to n.c\n", "o.c",
	    "n.c");
	one("diff --git \"a/q\\\"\\t\\303\\244\" \"b/q\\\"\\t\\303\\244\"\n"
	    "--- \"a/q\\\"\\t\\303\\244\"\n+++ \"b/q\\\"\\t\\303\\244\"\n",
	    "q\"\t\303\244", "q\"\t\303\244");
	one("diff --git a/x.bin b/x.bin\nBinary files a/x.bin and b/x.bin differ\n",
	    "x.bin", "x.bin");
	/* Lines of a hunk are no headers. */
	one("--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@\n--- a/y.c\n+++ b/y.c\n c\n",
	    "x.c", "x.c");
}

static void strange_text(void **state)
{
	static const char *const texts[] = {
		"", "\n", "diff --git ", "diff --git \n", "diff --git \"a/\n",
		"diff --git \"a/x\\", "--- ", "--- a\n+++ ", "@@ -1 +1 @@\n",
		"--- a/x\n+++ b/x\n@@ -", "--- a/x\n+++ b/x\n@@ -1,\n",
		"--- a/x\n+++ b/x\n@@ -99999999999,1 +1 @@\n",
		"rename from x\nrename to y\n", "diff --git a b\nrename from \n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		struct diff diff = DIFF_INIT;

		diff_read(&diff, texts[i], 1);
		diff_release(&diff);
	}
}

static void hunks(void **state)
{
	struct diff diff = DIFF_INIT;

	(void)state;
	diff_read(&diff, "--- a/x\n+++ b/x\n@@ -3,2 +3,3 @@ int f(void)\n"
		  " a\n+b\n c\n@@ -9 +10,0 @@\n-x\n", 1);
	assert_int_equal(diff.nr_hunks, 2);
	assert_int_equal(diff.hunks[0].from, 3);
	assert_int_equal(diff.hunks[0].nr_to, 3);
	assert_string_equal(diff.hunks[0].header, "@@ -3,2 +3,3 @@ int f(void)");
	assert_int_equal(diff.hunks[1].number, 2);
	assert_int_equal(diff.hunks[1].to, 10);
	assert_int_equal(diff.hunks[1].nr_to, 0);
	diff_release(&diff);
}

static void safe_paths(void **state)
{
	static const char *const good[] = { "a", "a/b.c", "..a/b..", "a/.x" };
	static const char *const bad[] = { "", "/a", "../a", "a/../b", "a/..",
		"a//b", "./a", ".git/config", "a/.GIT/x", "a/" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(good); i++)
		assert_true(diff_path_is_safe(good[i]));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(diff_path_is_safe(bad[i]));
}

static void overlays(void **state)
{
	struct overlay a = OVERLAY_INIT, b = OVERLAY_INIT;

	(void)state;
	overlay_put(&a, "b", "2", 1);
	overlay_put(&a, "a", "1\0x", 3);
	overlay_put(&a, "c", NULL, 0);
	assert_int_equal(a.nr, 3);
	assert_string_equal(a.list[0].path, "a");
	assert_int_equal(overlay_find(&a, "a")->len, 3);
	assert_null(overlay_find(&a, "c")->text);
	assert_null(overlay_find(&a, "d"));
	assert_null(overlay_find(NULL, "a"));
	overlay_add_all(&b, &a);
	assert_int_equal(b.nr, 3);
	assert_int_equal(overlay_find(&b, "a")->hash,
			 overlay_find(&a, "a")->hash);
	overlay_put(&b, "c", "", 0);
	assert_string_equal(overlay_find(&b, "c")->text, "");
	overlay_release(&a);
	overlay_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(strange_text),
		cmocka_unit_test(hunks),
		cmocka_unit_test(safe_paths),
		cmocka_unit_test(overlays),
	};

	return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
