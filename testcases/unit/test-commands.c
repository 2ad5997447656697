// SPDX-License-Identifier: GPL-2.0-only
#include "compile/compile-db.h"

#include "faketree.h"
#include "lib/diag.h"

/*
 * Write `text` to a file of the test's folder with the folder's path in place
 * of each "@".
 */
static void put_with_paths(const char *name, const char *text)
{
	char *all = NULL;
	size_t len;
	FILE *f = open_memstream(&all, &len);

	for (; *text; text++)
		if (*text == '@')
			fputs(capture_folder(), f);
		else
			fputc(*text, f);
	fclose(f);
	put(name, all);
	free(all);
}

/* All commands: "FILE MODULE[*] in DIR: ARGS", a line each, without paths. */
static char *list(const struct compile_db *compile_db)
{
	struct capture c = capture_begin(STDOUT_FILENO);
	size_t i, n;

	for (i = 0; i < compile_db->nr; i++) {
		const struct compile_command *k = &compile_db->list[i];

		printf("%s %s%s in %s:", k->file, k->module,
		       k->is_module ? "*" : "", path_basename(k->dir));
		for (n = 0; n < k->nr_args; n++)
			printf(" %s", k->args[n]);
		assert_null(k->args[n]);
		printf("\n");
	}
	return capture_end(&c);
}

/* Loading from `objtree` (NULL for none) gives this, or says that. */
static void gives(const char *objtree, const char *expected, const char *said)
{
	struct compile_db compile_db = COMPILE_DB_INIT;
	struct tree tree = open_tree("t", "x86");
	char *full = objtree ? in_folder(objtree) : NULL;
	char *cache = in_folder("cache"), *text;
	struct compile_db_options opt = { .objtree = full, .cache = cache };
	struct capture c = capture_begin(STDERR_FILENO);
	int ret = compile_db_load(&compile_db, &tree, &opt);

	text = capture_end(&c);
	assert_string_equal(text, said ? said : "");
	assert_int_equal(ret, expected ? 0 : -1);
	free(text);
	if (expected) {
		text = list(&compile_db);
		assert_string_equal(text, expected);
		free(text);
	}
	compile_db_release(&compile_db);
	tree_release(&tree);
	free(full);
	free(cache);
}

static void reads_json(void **state)
{
	(void)state;
	put_tree("t");
	put_with_paths("o/compile_commands.json",
		"[ {\n"
		"  \"command\": \"gcc -D__KERNEL__ -DMODULE -DKBUILD_MODNAME='\\\"b\\\"' -c -o b.o @/t/drivers/x/../b.c\",\n"
		"  \"directory\": \"@/o\", \"file\": \"@/t/drivers/x/../b.c\", \"output\": \"b.o\"\n"
		"}, {\n"
		"  \"arguments\": [\"gcc\", \"-D__KERNEL__\", \"-DX=\\\"y z\\\"\", \"-Iinclude\", \"-c\", \"../t/a.c\"],\n"
		"  \"directory\": \"@/o\", \"file\": \"../t/a.c\"\n"
		"}, {\n"
		"  \"command\": \"gcc -D__KERNEL__ -c /elsewhere/x.c\",\n"
		"  \"directory\": \"/elsewhere\", \"file\": \"x.c\"\n"
		"}, {\n"
		"  \"command\": \"gcc -c fixdep.c\",\n"
		"  \"directory\": \"@/t/scripts\", \"file\": \"fixdep.c\"\n"
		"}, {\n"
		"  \"command\": \"gcc -D__KERNEL__ -c generated.c\",\n"
		"  \"directory\": \"@/o\", \"file\": \"generated.c\"\n"
		"} ]\n");
	gives("o",
	      "a.c  in o: -D__KERNEL__ -DX=\"y z\" -Io/include --target=x86_64-linux-gnu -w -ferror-limit=0\n"
	      "drivers/b.c b* in o: -D__KERNEL__ -DMODULE --target=x86_64-linux-gnu -w -ferror-limit=0 -DKBUILD_MODNAME=\"b\"\n",
	      NULL);
	/* One in the tree itself, of which O= has none. */
	put_with_paths("t/compile_commands.json",
		"[{\"command\": \"gcc -D__KERNEL__ -c a.c\", \"directory\": \"@/t\", \"file\": \"a.c\"}]");
	gives(NULL,
	      "a.c  in t: -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0\n", NULL);
	put("o2/x", "");
	gives("o2",
	      "a.c  in t: -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0\n",
	      "dmacheck: warning: o2 has no compile_commands.json, and nothing was compiled in it: looking elsewhere for the commands\n");
	wipe("t");
	wipe("o");
}

static void says_what_is_wrong_with_json(void **state)
{
	static const struct { const char *text, *said; } cases[] = {
		{ "", "1:1: this is not a list of commands: '[' expected" },
		{ "{}", "1:1: this is not a list of commands: '[' expected" },
		{ "[\n{\n\"file\": \"x.c\",,\n}]", "3:15: string or '}' expected near ','" },
		{ "[\n{\"file\"", "2:7: ':' expected near end of file" },
		{ "[{\"file\": \"x.c\"}\n", "1:2: an entry has no absolute \"directory\"" },
		{ "[{\"directory\": \"/\"}]", "1:2: an entry has no \"file\"" },
		{ "[\n 1]", "2:2: '[' or '{' expected near '1'" },
		{ "[\n []]", "2:2: an entry is not an object" },
		{ "[{\"file\": \"x.c\", \"directory\": \"/\"}]", "1:2: an entry has neither \"command\" nor \"arguments\"" },
		{ "[{\"file\": \"x.c\", \"directory\": \"/\", \"command\": \" \"}]", "1:2: an entry's \"command\" is empty" },
		{ "[{\"file\": \"x.c\", \"directory\": \"/\", \"arguments\": [1]}]", "1:2: an argument is not a string" },
		{ "[{\"file\": \"x.c\", \"directory\": \"/\", \"command\": \"x\"}\n {", "2:2: ',' or ']' expected" },
		{ "[{\"file\": \"x.c\", \"directory\": \"/\", \"command\": \"x\"},]", "1:52: '[' or '{' expected near ']'" },
	};
	size_t i;

	(void)state;
	put_tree("t");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *said = xstrfmt("dmacheck: error: o/compile_commands.json:%s; make it anew (make compile_commands.json) or remove it\n",
				     cases[i].said);

		put("o/compile_commands.json", cases[i].text);
		gives("o", NULL, said);
		free(said);
	}
	put("o/compile_commands.json", "[ ]");
	gives("o", NULL, "dmacheck: error: o/compile_commands.json: none of its 0 entries compiles a C file of t; say -O DIR with the tree's own output tree, or make it anew\n");
	put("o/compile_commands.json", "[{\"command\": \"cc -D__KERNEL__ x.c\", \"directory\": \"/other\", \"file\": \"x.c\"}]");
	gives("o", NULL, "dmacheck: error: o/compile_commands.json: none of its 1 entries compiles a C file of t: the first one is for /other/x.c; say -O DIR with the tree's own output tree, or make it anew\n");
	gives("nowhere", NULL, "dmacheck: error: cannot open the output tree nowhere: No such file or directory\n");
	wipe("t");
	wipe("o");
}

#define SAVED(object, source, more) \
	"savedcmd_" object " := clang-19 -Wp,-MMD,x.d -D__KERNEL__ " more \
	" -c -o " object " " source " ; ./tools/objtool/objtool " object "\n\n" \
	"source_x := y\n"

static void reads_cmd_files(void **state)
{
	char *in = in_folder("t/build/source");

	(void)state;
	put_tree("t");
	put("o/.config", "");
	/* As Linux writes it since 6.6, and as before. */
	put_with_paths("o/drivers/a/.x.o.cmd",
		SAVED("drivers/a/x.o", "@/t/drivers/a/x.c",
		      "-I./include -DMODULE -DKBUILD_MODNAME='\"a\"' -DS='$$(pound)$(pound)\\#'"));
	put_with_paths("o/drivers/a/.y.o.cmd",
		"cmd_drivers/a/y.o := gcc -D__KERNEL__ -c -o drivers/a/y.o @/t/drivers/a/y.c\n\nsource_drivers/a/y.o := z\n");
	/* kbuild goes up and down; one object for two modules. */
	put_with_paths("o/drivers/b/.z.o.cmd",
		SAVED("drivers/a/../b/z.o", "@/t/drivers/a/../b/z.c",
		      "-DMODULE -DKBUILD_MODNAME='\"m2:m1\"'"));
	/* None of these is a file of the tree. */
	put_with_paths("o/drivers/a/.a.mod.o.cmd",
		SAVED("drivers/a/a.mod.o", "drivers/a/a.mod.c", ""));
	put_with_paths("o/drivers/a/.gen.o.cmd",
		SAVED("drivers/a/gen.o", "drivers/a/gen.c", ""));
	put_with_paths("o/scripts/.s.o.cmd",
		SAVED("scripts/s.o", "@/t/scripts/s.c", ""));
	put("o/drivers/.built-in.a.cmd", "savedcmd_built-in.a := ar x.c\n");
	put("o/drivers/.empty.o.cmd", "");
	put("o/drivers/.cut.o.cmd", "savedcmd_cut.o := gcc -D__KERNEL__ -c");
	gives("o",
	      "drivers/a/x.c a* in o: -D__KERNEL__ -Io/include -DMODULE -DS=$(pound)## --target=x86_64-linux-gnu -w -ferror-limit=0 -DKBUILD_MODNAME=\"a\"\n"
	      "drivers/a/y.c  in o: -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0\n"
	      "drivers/b/z.c m1* in o: -D__KERNEL__ -DMODULE --target=x86_64-linux-gnu -w -ferror-limit=0 -DKBUILD_MODNAME=\"m2:m1\"\n"
	      "drivers/b/z.c m2* in o: -D__KERNEL__ -DMODULE --target=x86_64-linux-gnu -w -ferror-limit=0 -DKBUILD_MODNAME=\"m2:m1\"\n",
	      NULL);
	wipe("o");

	/* Built in place: relative sources; the architecture is another. */
	put("t/build/drivers/.b.o.cmd",
	    SAVED("drivers/b.o", "../drivers/b.c", ""));
	assert_int_equal(symlink("..", in), 0);
	put("t/.config", "");
	put("t/drivers/a/.x.o.cmd",
	    SAVED("drivers/a/x.o", "drivers/a/x.c", "-I./arch/arm64/include"));
	gives(NULL,
	      "drivers/a/x.c  in t: -D__KERNEL__ -It/arch/arm64/include --target=x86_64-linux-gnu -w -ferror-limit=0\n",
	      "dmacheck: warning: the commands in t are for ARCH=arm64, not x86: say --arch arm64\n");
	free(in);
	wipe("t");
}

static void knows_another_trees_output(void **state)
{
	(void)state;
	put_tree("t");
	put("o/.config", "");
	put("o/drivers/a/.x.o.cmd",
	    SAVED("drivers/a/x.o", "/other/drivers/a/x.c", ""));
	gives("o", NULL, "dmacheck: error: o is the output tree of another source tree: it compiled /other/drivers/a/x.c, which is not in t\n");
	wipe("o");
	wipe("t");
}

static void follows_a_link_to_the_tree(void **state)
{
	char *link = in_folder("link");

	(void)state;
	put_tree("t");
	put("t/drivers/x.c", "");
	assert_int_equal(symlink("t", link), 0);
	free(link);
	put("o/.config", "");
	put_with_paths("o/drivers/.x.o.cmd",
		SAVED("drivers/x.o", "@/link/drivers/x.c", ""));
	gives("o", "drivers/x.c  in o: -D__KERNEL__ --target=x86_64-linux-gnu -w -ferror-limit=0\n",
	      NULL);
	wipe("link");
	wipe("o");
	wipe("t");
}

static void finds_by_file(void **state)
{
	struct compile_db compile_db = COMPILE_DB_INIT;
	struct compile_db_options opt = { .cache = "/nonexistent" };
	struct tree tree;
	size_t nr = 9;

	(void)state;
	assert_null(compile_db_find(&compile_db, "x.c", &nr));
	assert_int_equal(nr, 0);
	put_tree("t");
	put_with_paths("t/compile_commands.json",
		"[{\"command\": \"cc -D__KERNEL__ -DKBUILD_MODNAME='\\\"p:q\\\"' m.c\", \"directory\": \"@/t\", \"file\": \"m.c\"},"
		"{\"command\": \"cc -D__KERNEL__ b.c\", \"directory\": \"@/t\", \"file\": \"b.c\"},"
		"{\"command\": \"cc -D__KERNEL__ -DTWICE b.c\", \"directory\": \"@/t\", \"file\": \"b.c\"},"
		"{\"command\": \"cc -D__KERNEL__ z.c\", \"directory\": \"@/t\", \"file\": \"z.c\"}]");
	tree = open_tree("t", "x86");
	assert_int_equal(compile_db_load(&compile_db, &tree, &opt), 0);
	assert_int_equal(compile_db.origin, COMPILE_DB_FROM_JSON);
	assert_int_equal(compile_db.nr, 4);
	assert_string_equal(compile_db_find(&compile_db, "m.c", &nr)->module, "p");
	assert_int_equal(nr, 2);
	assert_string_equal(compile_db_find(&compile_db, "b.c", &nr)->args[1],
			    "--target=x86_64-linux-gnu");
	assert_int_equal(nr, 1);
	assert_non_null(compile_db_find(&compile_db, "z.c", &nr));
	assert_null(compile_db_find(&compile_db, "a.c", &nr));
	assert_null(compile_db_find(&compile_db, "n.c", &nr));
	assert_null(compile_db_find(&compile_db, "zz.c", &nr));
	/* A second time adds nothing. */
	assert_int_equal(compile_db_load(&compile_db, &tree, &opt), 0);
	assert_int_equal(compile_db.nr, 4);
	compile_db_release(&compile_db);
	compile_db_release(&compile_db);
	tree_release(&tree);
	wipe("t");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_json),
		cmocka_unit_test(says_what_is_wrong_with_json),
		cmocka_unit_test(reads_cmd_files),
		cmocka_unit_test(knows_another_trees_output),
		cmocka_unit_test(follows_a_link_to_the_tree),
		cmocka_unit_test(finds_by_file),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
