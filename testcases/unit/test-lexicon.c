// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lexicon.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faketree.h"

/* More than are worth being read again. */
#define NR_FILES 150

static char *cache;

static void put_files(void)
{
	char name[64], text[64];
	int i;

	put_tree("t");
	for (i = 0; i < NR_FILES; i++) {
		snprintf(name, sizeof(name), "t/drivers/f%03d.c", i);
		snprintf(text, sizeof(text), "int v%d = f%d(a.v%d);", i, i,
			 i + 1);
		put(name, text);
	}
	/* Until a change would show, see SETTLED in walk.c. */
	sleep(3);
}

/*
 * Files of the tree that came from the cache; and all files hold what they
 * should, file `changed` what it was changed to.
 */
static size_t known(int changed, const char *text)
{
	struct lexicon lexicon = LEXICON_INIT;
	struct tree tree = open_tree("t", "x86");
	size_t nr = 0, i;
	char name[64];

	lexicon_open(&lexicon, &tree, NULL, 0, cache, 2);
	assert_int_equal(lexicon.nr, NR_FILES);
	for (i = 0; i < lexicon.nr; i++) {
		const struct lexicon_file *f = &lexicon.files[i];

		snprintf(name, sizeof(name), "v%d", (int)i);
		if ((int)i == changed)
			snprintf(name, sizeof(name), "%s", text);
		assert_int_equal(f->file->failed, 0);
		assert_true(f->nr_words > 1);
		assert_int_equal(f->words[1] & ~LEXER_KINDS,
				 lexer_hash(name, strlen(name)));
		nr += !f->own;
	}
	lexicon_close(&lexicon);
	tree_release(&tree);
	return nr;
}

static char *saved_path(void)
{
	struct tree tree = open_tree("t", "x86");
	char *path = lexicon_path(&lexicon_of_sources, &tree, cache);

	tree_release(&tree);
	return path;
}

static void reads_what_changed(void **state)
{
	char *path = in_folder("t/drivers/f007.c");
	struct timespec times[2];
	struct stat st;

	(void)state;
	assert_int_equal(known(-1, NULL), 0);
	assert_int_equal(known(-1, NULL), NR_FILES);

	/* As long as it was, and no later. */
	assert_int_equal(stat(path, &st), 0);
	put("t/drivers/f007.c", "int w7 = f7(a.v8);");
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(known(7, "w7"), NR_FILES - 1);
	put("t/drivers/f007.c", "int x7 = f7(a.v8);");
	assert_int_equal(known(7, "x7"), NR_FILES - 1);
	put("t/drivers/f007.c", "int v7 = f7(a.v8);");
	assert_int_equal(known(-1, NULL), NR_FILES - 1);
	free(path);
}

static void survives_damage(void **state)
{
	char *path = saved_path(), *good, *bad;
	size_t len, i;

	(void)state;
	good = path_read(path, &len);
	assert_non_null(good);
	for (i = 0; i < len; i += i < 48 ? 3 : 997) {
		FILE *out = fopen(path, "w");

		bad = xmalloc(len);
		memcpy(bad, good, len);
		bad[i] ^= 0x41;
		fwrite(bad, 1, len, out);
		fclose(out);
		free(bad);
		assert_int_equal(known(-1, NULL), 0);
		assert_int_equal(truncate(path, (off_t)i), 0);
		assert_int_equal(known(-1, NULL), 0);
	}
	free(good);
	free(path);
}

/* Each writes it whole, and reads what either wrote. */
static void shares_with_others(void **state)
{
	char *path = saved_path();
	int status, i;
	pid_t pid;

	(void)state;
	unlink(path);
	fflush(NULL);
	pid = fork();
	for (i = 0; i < 10; i++) {
		unlink(path);
		known(-1, NULL);
	}
	if (!pid)
		_exit(0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	known(-1, NULL);
	/* One of them changed just now. */
	assert_true(known(-1, NULL) >= NR_FILES - 1);
	free(path);
}

static void does_without_a_cache(void **state)
{
	char *path = saved_path(), *said;
	struct capture c;

	(void)state;
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0777), 0);
	/* It cannot be written: a warning, and all is as it should be. */
	c = capture_begin(STDERR_FILENO);
	assert_int_equal(known(-1, NULL), 0);
	said = capture_end(&c);
	assert_non_null(strstr(said, "not a regular file"));
	free(said);
	assert_int_equal(rmdir(path), 0);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_changed),
		cmocka_unit_test(survives_damage),
		cmocka_unit_test(shares_with_others),
		cmocka_unit_test(does_without_a_cache),
	};
	int ret;

	put_files();
	cache = in_folder("cache");
	ret = cmocka_run_group_tests(tests, NULL, NULL);
	free(cache);
	return capture_done(ret);
}
