// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs sparse over files, several at once, and takes over its warnings about the DMA
 * API; keeps the results in the store; for analysis/sparse-stage.c.
 */
#include "sparse/sparse.h"

#include <xxhash.h>

#include "facts/store.h"
#include "facts/store-rows.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/placeholder.h"
#include "lib/buffer.h"
#include "lib/diag.h"
#include "lib/intern.h"
#include "lib/progress.h"
#include "lib/run.h"
#include "sparse/flags.h"
#include "sparse/includes.h"
#include "sparse/scratch.h"
#include "sparse/takeover.h"

/* Increment it if a change of the code changes the results in the store. */
#define SPARSE_VERSION	2

/* Seconds: the largest file of the kernel takes three. */
#define FILE_TIMEOUT	60
#define VERSION_TIMEOUT	10

/* Far more output than for any file. */
#define MAX_OUTPUT	(16 << 20)

/* One file compiled in one way. */
struct task {
	const struct compile_command *command;
	char **argv;
	char **scratch_argv;	/* with an overlay: run instead of argv */
	uint64_t key;
};

struct running {
	struct sparse *sparse;
	const struct sparse_options *opt;
	const char *const *files;
	size_t nr_files;
	unsigned int timeout;
	struct task *tasks;	/* files whose results are not in the store */
	size_t nr, alloc, next, finished;
	struct takeover takeover;
	struct includes includes;
	struct scratch scratch;
	struct progress *progress;
	int failed;
};

static void miss(struct sparse *sparse, enum gap_kind kind, const char *file,
		 char *reason)
{
	ALLOC_GROW(sparse->misses, sparse->nr_misses + 1,
		   sparse->alloc_misses);
	sparse->misses[sparse->nr_misses++] =
		(struct gap){ kind, xstrdup(file), reason, false };
}

/* Takes ownership of the strings of `m`. */
static void add_misuse(struct sparse *sparse, const struct misuse *m,
		       const char *module)
{
	ALLOC_GROW(sparse->list, sparse->nr + 1, sparse->alloc);
	sparse->list[sparse->nr] = *m;
	sparse->list[sparse->nr++].module = xstrdup(module);
}

static void free_misuse(struct misuse *m)
{
	free(m->file);
	free(m->function);
	free(m->module);
	free(m->message);
}

/* --- find the program --- */

/* Set sparse->version, or sparse->problem if it cannot be run. */
static void ask_version(struct sparse *sparse)
{
	static const char *const argv[] = { "sparse", "--version", NULL };
	const struct run_job job = {
		.argv = argv, .timeout = VERSION_TIMEOUT,
		.max_output = MAX_OUTPUT,
	};
	struct run_result result = RUN_RESULT_INIT;
	int ret = run(&result, &job);
	char *words;

	if (result.start_errno) {
		sparse->problem = xstrfmt("sparse cannot be started: %s (apt-get install sparse)",
					  strerror(result.start_errno));
	} else if (ret) {
		words = run_words(&result, &job);
		sparse->nr_failures++;
		sparse->problem = xstrfmt("`sparse --version` failed: %s",
					  words);
		free(words);
	} else {
		sparse->version = xstrndup(result.output,
					   strcspn(result.output, "\n"));
	}
	run_release(&result);
}

/* --- results in the store --- */

static void write_found(struct strbuf *b, const struct takeover *t)
{
	size_t i;

	buffer_u32(b, (uint32_t)t->nr);
	for (i = 0; i < t->nr; i++) {
		const struct misuse *m = &t->list[i];

		buffer_str(b, m->file);
		buffer_u32(b, m->line);
		buffer_u32(b, m->column);
		buffer_str(b, m->function);
		buffer_str(b, m->message);
	}
}

static void read_found(struct sparse *sparse, const char *module,
		       const void *data, size_t size)
{
	struct reader r;
	uint32_t nr;

	reader_init(&r, data, size);
	for (nr = reader_u32(&r); nr && !r.bad; nr--) {
		struct misuse m = { .file = reader_str(&r) };

		m.line = reader_u32(&r);
		m.column = reader_u32(&r);
		m.function = reader_str(&r);
		m.message = reader_str(&r);
		if (r.bad)
			free_misuse(&m);
		else
			add_misuse(sparse, &m, module);
	}
}

static void say_partly(struct running *r, const char *file,
		       unsigned int errors, const char *first)
{
	char *where = tree_path(r->opt->tree, first);

	if (errors)
		miss(r->sparse, GAP_PARTIAL, file, xstrfmt("seen by sparse in part: it found %u error%s at %s",
			errors, errors == 1 ? "," : "s, the first", where));
	free(where);
}

struct stored {
	struct running *running;
	const struct compile_command *command;
};

static void use_stored(const struct pool_result *result, void *data)
{
	const struct stored *stored = data;
	const struct places places = {
		stored->running->opt->tree->root, stored->command->dir
	};
	char *first = placeholder_show(result->first_error, &places);
	struct sparse *sparse = stored->running->sparse;

	if (result->nr_sets)
		read_found(sparse, stored->command->module, result->sets[0],
			   result->set_sizes[0]);
	say_partly(stored->running, stored->command->file, result->errors,
		   first);
	free(first);
	sparse->nr_read++;
}

static uint64_t key_of(const struct running *r, char **argv, const char *dir)
{
	XXH3_state_t *state = XXH3_createState();
	const struct places places = { r->opt->tree->root, dir };
	uint64_t fixed[2] = { SPARSE_VERSION, api_hash(r->opt->api) }, hash;
	size_t i;

	if (!state)
		die("out of memory");
	XXH3_64bits_reset(state);
	XXH3_64bits_update(state, fixed, sizeof(fixed));
	XXH3_64bits_update(state, r->sparse->version,
			   strlen(r->sparse->version) + 1);
	for (i = 0; argv[i]; i++) {
		char *text = placeholder_hide(argv[i], &places);

		XXH3_64bits_update(state, text, strlen(text) + 1);
		free(text);
	}
	hash = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return hash;
}

static struct store_key store_key(const struct running *r,
				  const struct task *task)
{
	return (struct store_key){ r->opt->tree->root, task->command->file,
				   task->key, task->command->dir };
}

static void keep(struct running *r, const struct task *task,
		 const struct sparse_diagnostics *d)
{
	const struct places places = { r->opt->tree->root, task->command->dir };
	char *first = placeholder_hide(d->first_error ? d->first_error : "",
				       &places);
	struct store_key key = store_key(r, task);
	struct pool_result result = {
		.errors = d->errors,
		.first_error = first,
		.nr_sets = 1,
	};
	struct strbuf found = STRBUF_INIT;
	const void *set;
	uint32_t i;

	write_found(&found, &r->takeover);
	set = found.buf;
	result.sets = &set;
	result.set_sizes = &found.len;
	result.headers = includes_of(&r->includes, task->command,
				     &result.nr_headers);
	if (!r->failed)
		r->failed = store_put(r->opt->store, &key, &result);
	for (i = 0; i < result.nr_headers; i++)
		free(result.headers[i]);
	free(result.headers);
	free(first);
	strbuf_release(&found);
}

/* --- run it --- */

static bool next(struct run_job *job, size_t *number, void *data)
{
	struct running *r = data;
	struct task *task;

	if (r->next == r->nr || r->failed)
		return false;
	*number = r->next++;
	task = &r->tasks[*number];
	task->scratch_argv = scratch_argv(&r->scratch, task->argv);
	job->argv = (const char *const *)(task->scratch_argv ?
		task->scratch_argv : task->argv);
	job->dir = task->command->dir;
	job->timeout = r->timeout;
	job->memory = r->opt->memory;
	job->max_output = MAX_OUTPUT;
	return true;
}

/* Why it failed; NULL if it did not. The caller frees it. */
static char *bad_end(const struct run_result *result,
		     const struct run_job *job,
		     const struct sparse_diagnostics *d)
{
	char *words, *reason;

	if (!result->exit_status || (result->exit_status > 0 && d->errors))
		return d->strange ?
			xstrfmt("sparse said something strange: %s",
				d->strange) : NULL;
	words = run_words(result, job);
	reason = xstrfmt("not seen by sparse to the end: %s", words);
	free(words);
	return reason;
}

static void done(size_t number, const struct run_result *result,
		 const struct run_job *job, void *data)
{
	struct sparse_diagnostics d = SPARSE_DIAGNOSTICS_INIT;
	struct running *r = data;
	const struct task *task = &r->tasks[number];
	struct takeover *t = &r->takeover;
	char *reason, *text = scratch_text(&r->scratch, result->output);
	size_t i;

	progress_update(r->progress, ++r->finished);
	sparse_diagnostics_read(&d, text);
	for (i = 0; i < d.nr; i++)
		takeover_one(t, &d.list[i]);
	reason = bad_end(result, job, &d);
	/* Do not keep a failure: the next run may succeed. */
	if (reason) {
		r->sparse->nr_failures++;
		miss(r->sparse, GAP_UNREAD, task->command->file, reason);
	} else {
		if (d.errors)
			say_partly(r, task->command->file, d.errors,
				   d.first_error);
		keep(r, task, &d);
		r->sparse->nr_read++;
	}
	for (i = 0; i < t->nr; i++)
		add_misuse(r->sparse, &t->list[i],
			   task->command->module);
	t->nr = 0;	/* the results own the strings now */
	takeover_reset(t);
	sparse_diagnostics_release(&d);
	free(text);
}

/* Take the result from the store, or add the file to the tasks. */
static void add_task(struct running *r, const struct compile_command *command)
{
	struct task task = { .command = command };
	struct stored stored = { r, command };
	const struct store_user user = { use_stored, NULL, &stored };
	const struct intern_pool *share = r->opt->share;
	bool is_left = share && !intern_has(share, command->file);
	struct store_key key;

	task.argv = sparse_argv(r->opt->tree, command);
	task.key = key_of(r, task.argv, task.command->dir);
	key = store_key(r, &task);
	if (share && share->nr)
		store_note_rows(r->opt->store, !is_left);
	if (store_find(r->opt->store, &key, &user)) {
		sparse_argv_free(task.argv);
		return;
	}
	if (is_left) {
		sparse_argv_free(task.argv);
		r->sparse->nr_left++;
		return;
	}
	ALLOC_GROW(r->tasks, r->nr + 1, r->alloc);
	r->tasks[r->nr++] = task;
}

static void add_tasks(struct running *r)
{
	size_t i, n, nr;

	for (i = 0; i < r->nr_files; i++) {
		const struct compile_command *c = compile_db_find(r->opt->compile_db,
								  r->files[i], &nr);

		if (!nr)
			miss(r->sparse, GAP_UNREAD, r->files[i],
			     xstrdup("no compile command in this configuration"));
		for (n = 0; n < nr; n++)
			add_task(r, &c[n]);
	}
	if (r->opt->share)
		store_note_rows(r->opt->store, true);
}

/* Sort by file: they end in any order. */
static int compare_miss(const void *va, const void *vb)
{
	const struct gap *a = va, *b = vb;
	int order = strcmp(a->file, b->file);

	return order ? order : strcmp(a->reason, b->reason);
}

static int run_tasks(struct running *r)
{
	struct run_queue queue = {
		.at_once = r->opt->jobs < r->nr ? r->opt->jobs : r->nr,
		.next = next, .done = done, .data = r,
	};
	size_t i;
	int ret = 0;

	if (r->nr)
		ret = scratch_open(&r->scratch, r->opt->tree);
	if (r->nr && !ret) {
		r->progress = progress_start("sparse", r->nr);
		run_queue(&queue);
		progress_stop(r->progress);
		ret = r->failed;
	}
	for (i = 0; i < r->nr; i++) {
		sparse_argv_free(r->tasks[i].argv);
		sparse_argv_free(r->tasks[i].scratch_argv);
	}
	free(r->tasks);
	return ret;
}

int sparse_run(struct sparse *sparse, const struct sparse_options *options,
	       const char *const *files, size_t nr)
{
	struct running r = {
		.sparse = sparse, .opt = options,
		.files = files, .nr_files = nr,
		.timeout = options->timeout ? options->timeout : FILE_TIMEOUT,
		.includes = INCLUDES_INIT(options->tree),
	};
	int ret;

	ask_version(sparse);
	sparse->nr_files = nr;
	if (sparse->problem)
		return 0;
	takeover_init(&r.takeover, options->tree, options->api);
	add_tasks(&r);
	ret = run_tasks(&r);
	if (sparse->nr_misses)
		qsort(sparse->misses, sparse->nr_misses,
		      sizeof(*sparse->misses), compare_miss);
	includes_release(&r.includes);
	scratch_release(&r.scratch);
	takeover_release(&r.takeover);
	return ret;
}

void sparse_release(struct sparse *sparse)
{
	size_t i;

	for (i = 0; i < sparse->nr; i++)
		free_misuse(&sparse->list[i]);
	for (i = 0; i < sparse->nr_misses; i++) {
		free(sparse->misses[i].file);
		free(sparse->misses[i].reason);
	}
	free(sparse->list);
	free(sparse->misses);
	free(sparse->version);
	free(sparse->problem);
	*sparse = (struct sparse)SPARSE_INIT;
}
