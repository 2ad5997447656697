// SPDX-License-Identifier: GPL-2.0-only
#include "facts/store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "faketree.h"

/* --- what is kept --- */

#define SET_SIZE 40

static char *headers[] = { (char *)"include/a.h", (char *)"drivers/b.h" };

/* A result for a file with errors and two sets, the first full of `fill`. */
struct sample {
	struct pool_result result;
	char first[SET_SIZE], second[SET_SIZE / 2];
	const void *sets[2];
	size_t sizes[2];
};

static const struct pool_result *sample(struct sample *s, char fill)
{
	memset(s, 0, sizeof(*s));
	memset(s->first, fill, sizeof(s->first));
	s->sets[0] = s->first;
	s->sets[1] = s->second;
	s->sizes[0] = sizeof(s->first);
	s->sizes[1] = sizeof(s->second);
	s->result = (struct pool_result){
		.errors = 3, .first_error = "x.c:1: wrong",
		.headers = headers, .nr_headers = ARRAY_SIZE(headers),
		.sets = s->sets, .set_sizes = s->sizes, .nr_sets = 2,
	};
	return &s->result;
}

static void put_files(void)
{
	put("r/drivers/x.c", "int x;\n");
	put("r/drivers/b.h", "int b;\n");
	put("r/include/a.h", "int a;\n");
}

/* --- using it --- */

static struct store *open_store(void)
{
	char *dir = in_folder("cache");
	struct store *store;

	assert_int_equal(path_mkdirs(dir), 0);
	store = store_open(dir);
	assert_non_null(store);
	free(dir);
	return store;
}

/* The file that a store in the folder is in; the caller frees it. */
static char *database(void)
{
	char *dir = in_folder("cache"), *path = store_path(dir);

	free(dir);
	return path;
}

static void put_database(const char *text)
{
	char *path = database();

	put(path_below(path, capture_folder()), text);
	free(path);
}

static struct store_key key_for(char *root, uint64_t flags)
{
	return (struct store_key){ root, "drivers/x.c", flags, NULL };
}

static int put_sample(struct store *store, uint64_t flags, char fill)
{
	char *root = in_folder("r");
	struct store_key key = key_for(root, flags);
	struct sample s;
	int ret = store_put(store, &key, sample(&s, fill));

	free(root);
	return ret;
}

static void take(const struct pool_result *result, void *data)
{
	char *fill = data;

	assert_null(result->failure);
	assert_int_equal(result->errors, 3);
	assert_string_equal(result->first_error, "x.c:1: wrong");
	assert_int_equal(result->nr_headers, 2);
	assert_string_equal(result->headers[1], "drivers/b.h");
	assert_int_equal(result->nr_sets, 2);
	assert_int_equal(result->set_sizes[0], SET_SIZE);
	assert_int_equal(result->set_sizes[1], SET_SIZE / 2);
	*fill = ((const char *)result->sets[0])[SET_SIZE - 1];
}

/* What the first set is full of; 0 if there is nothing. */
static char find(struct store *store, uint64_t flags)
{
	char *root = in_folder("r"), fill = 0;
	struct store_key key = key_for(root, flags);
	const struct store_user user = { .use = take, .data = &fill };
	bool found = store_find(store, &key, &user);

	assert_int_equal(found, fill != 0);
	free(root);
	return fill;
}

/* The same in a run of its own: contents are looked at once in a run. */
static char find_anew(uint64_t flags)
{
	struct store *store = open_store();
	char fill = find(store, flags);

	store_close(store);
	return fill;
}

static void keep_anew(uint64_t flags, char fill)
{
	struct store *store = open_store();

	assert_int_equal(put_sample(store, flags, fill), 0);
	store_close(store);
}

static void finds_what_was_put(void **state)
{
	struct store *store = open_store();

	(void)state;
	put_files();
	assert_int_equal(find(store, 1), 0);
	assert_int_equal(put_sample(store, 1, 'a'), 0);
	assert_int_equal(put_sample(store, 2, 'b'), 0);
	assert_int_equal(put_sample(store, UINT64_MAX, 'c'), 0);
	assert_int_equal(find(store, 1), 'a');
	assert_int_equal(find(store, 2), 'b');
	assert_int_equal(find(store, 3), 0);
	assert_int_equal(put_sample(store, 1, 'd'), 0);
	assert_int_equal(find(store, 1), 'd');
	store_close(store);
	assert_int_equal(find_anew(1), 'd');
	assert_int_equal(find_anew(UINT64_MAX), 'c');

	store = store_open(NULL);
	assert_non_null(store);
	assert_int_equal(find(store, 1), 0);
	assert_int_equal(put_sample(store, 1, 'e'), 0);
	assert_int_equal(find(store, 1), 'e');
	store_close(store);
	store_close(NULL);
	wipe("cache");
}

static void sees_what_changed(void **state)
{
	static const char *const files[] = {
		"r/drivers/x.c", "r/include/a.h", "r/drivers/b.h",
	};
	char *path;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		put_files();
		keep_anew(1, 'a');
		assert_int_equal(find_anew(1), 'a');
		/* Of the same length, and most likely of the same second. */
		put(files[i], "int y;\n");
		assert_int_equal(find_anew(1), 0);
		put(files[i], "");
		assert_int_equal(find_anew(1), 0);
		keep_anew(1, 'b');
		assert_int_equal(find_anew(1), 'b');
		path = in_folder(files[i]);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(find_anew(1), 0);
		assert_int_equal(mkfifo(path, 0600), 0);
		assert_int_equal(find_anew(1), 0);
		assert_int_equal(unlink(path), 0);
		free(path);
	}
	put_files();
	keep_anew(1, 'a');
	put_files();
	assert_int_equal(find_anew(1), 'a');
	wipe("cache");
}

static void remembers_anything(void **state)
{
	struct strbuf data = STRBUF_INIT, found = STRBUF_INIT;
	struct store *store = open_store();
	uint64_t i;

	(void)state;
	assert_false(store_recall(store, 1, &found));
	assert_int_equal(store_remember(store, 1, &data), 0);
	assert_true(store_recall(store, 1, &found));
	assert_int_equal(found.len, 0);
	buffer_str(&data, "some text");
	assert_int_equal(store_remember(store, 1, &data), 0);
	store_close(store);

	store = open_store();
	assert_true(store_recall(store, 1, &found));
	assert_int_equal(found.len, data.len);
	assert_memory_equal(found.buf, data.buf, data.len);
	/* The oldest go. */
	for (i = 2; i < 400; i++)
		assert_int_equal(store_remember(store, i, &data), 0);
	assert_false(store_recall(store, 1, &found));
	assert_true(store_recall(store, 399, &found));
	store_close(store);
	strbuf_release(&found);
	strbuf_release(&data);
	wipe("cache");
}

static void removes_older_ones(void **state)
{
	static const char *const gone[] = {
		"cache/facts-1.1.sqlite", "cache/facts-1.1.sqlite-wal",
	};
	static const char *const kept[] = {
		"cache/facts-99.1.sqlite", "cache/facts-1.99.sqlite",
		"cache/other.sqlite", "cache/facts-1.1.sqlite.mine",
		"cache/facts-1.0.sqlite", "cache/facts.sqlite",
	};
	sqlite3 *db;
	char *path;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(gone); i++)
		put(gone[i], "");
	path = in_folder(gone[0]);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE unit (root, file,"
				      " flags, failure, headers);", NULL, NULL,
				      NULL), SQLITE_OK);
	sqlite3_close(db);
	free(path);
	for (i = 0; i < ARRAY_SIZE(kept); i++)
		put(kept[i], "");
	store_close(open_store());
	for (i = 0; i < ARRAY_SIZE(gone); i++) {
		path = in_folder(gone[i]);
		assert_false(path_is_file(path));
		free(path);
	}
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		path = in_folder(kept[i]);
		assert_true(path_is_file(path));
		free(path);
	}
	wipe("cache");
}

/* --- what is in the way --- */

static void cannot_open(const char *dir, const char *why)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct store *store = store_open(dir);
	char *said = capture_end(&c);

	assert_null(store);
	assert_non_null(strstr(said, "dmacheck: error: cannot open "));
	assert_non_null(strstr(said, why));
	assert_non_null(strstr(said, "--cache DIR"));
	free(said);
}

static void says_what_it_cannot_open(void **state)
{
	char *dir = in_folder("cache"), *file = store_path(dir);

	(void)state;
	cannot_open(dir, "unable to open database file");
	cannot_open("/dev/null", "unable to open database file");
	cannot_open("/proc", "unable to open database file");
	assert_int_equal(path_mkdirs(file), 0);
	cannot_open(dir, "unable to open database file");
	wipe("cache");
	free(file);
	free(dir);
}

/* Something else than a store, which is good afterwards. */
static void made_anew(void)
{
	struct capture c = capture_begin(STDERR_FILENO);
	struct store *store = open_store();
	char *said = capture_end(&c);

	assert_non_null(strstr(said, " is damaged ("));
	assert_non_null(strstr(said, "); it is made anew\n"));
	free(said);
	assert_int_equal(find(store, 1), 0);
	assert_int_equal(put_sample(store, 1, 'a'), 0);
	assert_int_equal(find(store, 1), 'a');
	store_close(store);
	assert_int_equal(find_anew(1), 'a');
	wipe("cache");
}

static void replaces_garbage(void **state)
{
	char *path = database();
	FILE *f;
	int i;

	(void)state;
	put_files();
	put_database("garbage, and a bit more of it\n");
	made_anew();
	put_database("SQLite format 3");
	made_anew();

	/* Its own header, and nothing of what should follow. */
	keep_anew(1, 'a');
	f = fopen(path, "r+e");
	assert_non_null(f);
	fseek(f, 100, SEEK_SET);
	for (i = 0; i < 8000; i++)
		fputc(0xa5, f);
	fclose(f);
	made_anew();
	free(path);
}

/* A store of another shape, empty, or damaged farther back: no crash. */
static void survives_damage(void **state)
{
	char *path = database();
	struct stat st;
	long at;

	(void)state;
	put_files();
	put_database("");
	assert_int_equal(find_anew(1), 0);
	for (at = 4096;; at += 4096) {
		struct capture c;
		struct store *store;
		FILE *f;
		int i;

		wipe("cache");
		keep_anew(1, 'a');
		assert_int_equal(stat(path, &st), 0);
		if (at >= st.st_size)
			break;
		f = fopen(path, "r+e");
		assert_non_null(f);
		fseek(f, at, SEEK_SET);
		for (i = 0; i < 4096; i++)
			fputc(0xa5, f);
		fclose(f);
		c = capture_begin(STDERR_FILENO);
		store = open_store();
		find(store, 1);
		put_sample(store, 1, 'b');
		store_close(store);
		free(capture_end(&c));
	}
	assert_true(at > 4096);
	wipe("cache");
	free(path);
}

/* --- two at once --- */

static void shares_with_others(void **state)
{
	struct store *store = open_store();
	int status, i;
	pid_t pid;

	(void)state;
	put_files();
	fflush(NULL);
	pid = fork();
	if (!pid) {
		struct store *mine = open_store();
		int failed = 0;

		for (i = 0; i < 50; i++)
			failed |= put_sample(mine, 100 + (uint64_t)i, 'x');
		store_close(mine);
		_exit(failed ? 1 : 0);
	}
	for (i = 0; i < 50; i++)
		assert_int_equal(put_sample(store, (uint64_t)i, 'y'), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	for (i = 0; i < 50; i++) {
		assert_int_equal(find(store, (uint64_t)i), 'y');
		assert_int_equal(find(store, 100 + (uint64_t)i), 'x');
	}
	store_close(store);
	wipe("cache");
}

/* A new database, opened by many at the same moment. */
static void opens_with_others(void **state)
{
	int go[2], status, i, round;
	char byte;

	(void)state;
	put_files();
	for (round = 0; round < 40; round++) {
		assert_int_equal(pipe(go), 0);
		fflush(NULL);
		for (i = 0; i < 6; i++) {
			struct store *store;

			if (fork())
				continue;
			close(go[1]);
			if (read(go[0], &byte, 1))
				_exit(2);
			store = open_store();
			status = put_sample(store, (uint64_t)i, 'x');
			store_close(store);
			_exit(status ? 1 : 0);
		}
		close(go[0]);
		close(go[1]);
		for (i = 0; i < 6; i++) {
			wait(&status);
			assert_int_equal(status, 0);
		}
		wipe("cache");
	}
}

/* Whoever holds a lock between calls keeps the other waiting for a minute. */
static void holds_no_lock(void **state)
{
	struct store *a = open_store(), *b = open_store();

	(void)state;
	put_files();
	assert_int_equal(put_sample(a, 1, 'a'), 0);
	assert_int_equal(put_sample(b, 2, 'b'), 0);
	assert_int_equal(find(a, 2), 'b');
	assert_int_equal(find(b, 1), 'a');
	put("r/include/a.h", "int other;\n");
	store_close(a);
	a = open_store();
	assert_int_equal(find(a, 1), 0);
	assert_int_equal(put_sample(b, 3, 'c'), 0);
	assert_int_equal(store_commit(a), 0);
	store_close(a);
	store_close(b);
	wipe("cache");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_what_was_put),
		cmocka_unit_test(sees_what_changed),
		cmocka_unit_test(remembers_anything),
		cmocka_unit_test(removes_older_ones),
		cmocka_unit_test(says_what_it_cannot_open),
		cmocka_unit_test(replaces_garbage),
		cmocka_unit_test(survives_damage),
		cmocka_unit_test(shares_with_others),
		cmocka_unit_test(opens_with_others),
		cmocka_unit_test(holds_no_lock),
	};

	return capture_done(cmocka_run_group_tests(tests, NULL, NULL));
}
