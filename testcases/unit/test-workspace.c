// SPDX-License-Identifier: GPL-2.0-only
#include "fix/workspace.h"

#include <sys/stat.h>

#include "faketree.h"

#define NAME "drivers/demo.c"

static const char ten[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";

static struct workspace open_workspace(void)
{
	struct workspace ws = WORKSPACE_INIT;
	static struct tree tree;

	free(tree.root);
	tree.root = in_folder("tree");
	assert_int_equal(workspace_open(&ws, &tree), 0);
	return ws;
}

/* Give `text` for the new content, of which lines from-to may differ. */
static int take(struct workspace *ws, const char *text, unsigned int from,
		unsigned int to, unsigned int *where)
{
	struct ws_file *f = workspace_file(ws, NAME);
	struct ws_range range = { from, to };
	char *scratch = workspace_scratch(ws, f);
	FILE *out;
	int ret;

	assert_non_null(scratch);
	out = fopen(scratch, "we");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	ret = workspace_take(f, scratch, from ? &range : NULL, 1, where);
	unlink(scratch);
	free(scratch);
	return ret;
}

static void holds(struct workspace *ws, const char *expected)
{
	char *text = slurp(workspace_file(ws, NAME)->copy);

	assert_string_equal(text, expected);
	free(text);
}

static void line_is(struct workspace *ws, unsigned int line,
		    unsigned int first, unsigned int last)
{
	const struct ws_line *l = &workspace_file(ws, NAME)->line[line];

	assert_int_equal(l->first, first);
	assert_int_equal(l->last, last);
}

static void knows_where_lines_went(void **state)
{
	struct workspace ws;
	unsigned int where;

	(void)state;
	put("tree/" NAME, ten);
	ws = open_workspace();
	/* 3 becomes three lines, 6 and 7 one, something new behind 9. */
	assert_int_equal(take(&ws, "1\n2\na\nb\nc\n4\n5\nd\n8\n9\nnew\n10\n",
			      0, 0, &where), 1);
	line_is(&ws, 2, 2, 2);
	line_is(&ws, 3, 3, 5);
	line_is(&ws, 4, 6, 6);
	line_is(&ws, 6, 8, 8);
	line_is(&ws, 7, 8, 8);
	line_is(&ws, 8, 9, 9);
	line_is(&ws, 9, 10, 10);
	line_is(&ws, 10, 12, 12);
	/* Then the first two go, and "5" becomes two. */
	assert_int_equal(take(&ws, "a\nb\nc\n4\ne\nf\nd\n8\n9\nnew\n10\n",
			      0, 0, &where), 1);
	line_is(&ws, 2, 1, 1);
	line_is(&ws, 3, 1, 3);
	line_is(&ws, 5, 5, 6);
	line_is(&ws, 10, 11, 11);
	/* A line of the tree is where it is today. */
	assert_int_equal(take(&ws, "a\nb\nc\n4\ne\nf\nd\n8\n9\nnew\nX\n",
			      10, 10, &where), 1);
	assert_int_equal(take(&ws, "a\nB\nc\n4\ne\nf\nd\n8\n9\nnew\nX\n",
			      3, 3, &where), 1);
	holds(&ws, "a\nB\nc\n4\ne\nf\nd\n8\n9\nnew\nX\n");
	workspace_release(&ws);
}

static void keeps_within(void **state)
{
	struct workspace ws;
	unsigned int where = 99;

	(void)state;
	put("tree/" NAME, ten);
	ws = open_workspace();
	assert_int_equal(take(&ws, ten, 3, 3, &where), 0);
	assert_int_equal(take(&ws, "1\n2\n3\nX\n5\n6\n7\n8\n9\n10\n", 3, 3,
			      &where), -1);
	assert_int_equal(where, 4);
	assert_int_equal(take(&ws, "1\n2\nX\n4\n5\n6\n7\n8\nX\n10\n", 3, 3,
			      &where), -1);
	assert_int_equal(where, 9);
	/* Something new in front of it, behind it, and farther behind. */
	assert_int_equal(take(&ws, "1\n2\n3\n4\nX\n5\n6\n7\n8\n9\n10\n", 3, 3,
			      &where), -1);
	/* All that follows is gone. */
	assert_int_equal(take(&ws, "1\n2\nX\n", 3, 3, &where), -1);
	assert_int_equal(take(&ws, "", 3, 3, &where), -1);
	/* A line that the tree has not. */
	assert_int_equal(take(&ws, "1\n2\n3\n4\n5\n6\n7\n8\n9\nX\n", 11, 12,
			      &where), -1);
	holds(&ws, ten);
	assert_false(workspace_changed(&ws));
	assert_int_equal(take(&ws, "1\n2\nX\nY\n4\n5\n6\n7\n8\n9\n10\n", 3, 3,
			      &where), 1);
	assert_true(workspace_changed(&ws));
	workspace_release(&ws);
}

static void undoes(void **state)
{
	struct workspace ws;
	unsigned int where;

	(void)state;
	put("tree/" NAME, ten);
	ws = open_workspace();
	workspace_mark(&ws);
	assert_int_equal(take(&ws, "1\nX\nY\n3\n4\n5\n6\n7\n8\n9\n10\n", 2, 2,
			      &where), 1);
	workspace_mark(&ws);
	assert_int_equal(take(&ws, "1\nX\nY\n3\n4\n5\nA\nB\n7\n8\n9\n10\n",
			      6, 6, &where), 1);
	assert_int_equal(take(&ws, "1\nX\nY\n3\n4\n5\nA\nB\n7\n8\n9\nC\nD\n",
			      10, 10, &where), 1);
	workspace_undo(&ws);
	holds(&ws, "1\nX\nY\n3\n4\n5\n6\n7\n8\n9\n10\n");
	line_is(&ws, 2, 2, 3);
	line_is(&ws, 6, 7, 7);
	line_is(&ws, 10, 11, 11);
	/* There is nothing more to undo. */
	workspace_undo(&ws);
	holds(&ws, "1\nX\nY\n3\n4\n5\n6\n7\n8\n9\n10\n");
	workspace_release(&ws);
}

static void is_refused(const char *name, const char *why)
{
	struct workspace ws = open_workspace();
	struct ws_file *f = workspace_file(&ws, name);

	assert_non_null(f);
	if (why) {
		assert_non_null(f->refused);
		assert_non_null(strstr(f->refused, why));
	} else {
		assert_null(f->refused);
	}
	assert_false(workspace_changed(&ws));
	workspace_release(&ws);
}

static void refuses(void **state)
{
	char *path = in_folder("tree/read-only.c");
	char *link = in_folder("tree/link.c");

	(void)state;
	put("tree/crlf.c", "a\r\nb\r\n");
	put("tree/one-crlf.c", "a\nb\r\nc\n");
	put("tree/cr.c", "a\rb\n");
	put("tree/no-newline.c", "a\nb");
	put("tree/empty.c", "");
	put("tree/read-only.c", "a\n");
	assert_int_equal(chmod(path, 0444), 0);
	assert_int_equal(symlink("cr.c", link), 0);
	is_refused("crlf.c", "CRLF");
	is_refused("one-crlf.c", "CRLF");
	is_refused("cr.c", NULL);
	is_refused("no-newline.c", "newline");
	is_refused("empty.c", NULL);
	is_refused("read-only.c", "read-only");
	is_refused("link.c", "symbolic link");
	is_refused("drivers", "not a regular file");
	is_refused("nonsuch.c", "No such file");
	free(link);
	free(path);
}

static void applies(void **state)
{
	struct workspace ws;
	struct capture c;
	char *path = in_folder("tree/" NAME), *text;
	struct timespec times[2];
	struct stat st;
	unsigned int where;

	(void)state;
	put("tree/" NAME, ten);
	ws = open_workspace();
	take(&ws, "1\n2\nX\n4\n5\n6\n7\n8\n9\n10\n", 3, 3, &where);
	assert_int_equal(workspace_apply(&ws), 0);
	text = slurp(path);
	assert_string_equal(text, "1\n2\nX\n4\n5\n6\n7\n8\n9\n10\n");
	free(text);
	workspace_release(&ws);

	/* Somebody else was at it, and the time is as before. */
	assert_int_equal(stat(path, &st), 0);
	times[0] = times[1] = st.st_mtim;
	ws = open_workspace();
	take(&ws, "1\n2\nY\n4\n5\n6\n7\n8\n9\n10\n", 3, 3, &where);
	put("tree/" NAME, "mine\n");
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	c = capture_begin(2);
	assert_int_equal(workspace_apply(&ws), -1);
	text = capture_end(&c);
	assert_non_null(strstr(text, NAME " has changed since it was read"));
	free(text);
	text = slurp(path);
	assert_string_equal(text, "mine\n");
	free(text);
	workspace_release(&ws);
	free(path);
}

static void diffs(void **state)
{
	struct workspace ws;
	unsigned int where;
	char *text;
	size_t len;
	FILE *out;

	(void)state;
	put("tree/" NAME, "a\n");
	ws = open_workspace();
	take(&ws, "b\n", 1, 1, &where);
	out = open_memstream(&text, &len);
	assert_int_equal(workspace_diff(&ws, out), 0);
	fclose(out);
	assert_string_equal(text,
		"diff --git a/" NAME " b/" NAME "\n"
		"--- a/" NAME "\n"
		"+++ b/" NAME "\n"
		"@@ -1 +1 @@\n"
		"-a\n"
		"+b\n");
	free(text);
	workspace_release(&ws);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_where_lines_went),
		cmocka_unit_test(keeps_within),
		cmocka_unit_test(undoes),
		cmocka_unit_test(refuses),
		cmocka_unit_test(applies),
		cmocka_unit_test(diffs),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
