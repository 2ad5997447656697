// SPDX-License-Identifier: GPL-2.0-only
/*
 * Collects the facts of all files of a run, from the store or from the workers, with
 * each header's functions once; for flow/ and the rules.
 */
#include "facts/program.h"

#include <uthash.h>
#include <xxhash.h>

#include "facts/engine.h"
#include "facts/pch-plan.h"
#include "facts/pool.h"
#include "facts/store.h"
#include "facts/store-rows.h"
#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/placeholder.h"
#include "lib/progress.h"
#include "tree/module.h"

/* Seconds; the largest driver takes one or two. */
#define FILE_TIMEOUT 120
#define MAX_FILE_TIMEOUT 86400

struct hashed {
	UT_hash_handle hh;
	uint64_t hash;
	uint32_t nr;
};

/* One file to be analysed with one set of flags. */
struct task {
	const struct compile_command *command;	/* the first with these flags */
	const char **modules;
	size_t nr_modules;
	uint64_t flags;
};

struct batch {
	struct program *program;
	const struct program_options *opt;
	struct task *tasks;
	size_t nr, alloc;
	const struct compile_command **compile_db;	/* of what must be parsed */
	size_t *numbers;			/* their tasks */
	size_t nr_parse;
	size_t first;		/* of those that are parsed now */
	struct pch_plan plan;
	size_t finished;
	struct progress *progress;
	int failed;
};

static void miss(struct program *program, enum gap_kind kind, const char *file,
		 char *reason)
{

	ALLOC_GROW(program->misses, program->nr_misses + 1,
		   program->alloc_misses);
	program->misses[program->nr_misses++] =
		(struct gap){ kind, xstrdup(file), reason, false };
}

/* --- taking results in --- */

static uint32_t number_of(struct program *program, const struct api *api,
			  const char *name)
{
	uint32_t nr = program->strings.nr;
	uint32_t number = intern(&program->strings, name);

	if (number < nr)
		return number;
	ALLOC_GROW(program->api_of, number + 1, program->alloc_api);
	program->api_of[number] = api_function(api, view_key_name(name));
	return number;
}

/* Whom the calls of a function call, by number. */
static void number_callees(struct numbered_set *set, const struct function *fn)
{
	const struct view v = { .set = &set->facts, .fn = fn };
	uint32_t i, place, term;

	for (i = 0; i < fn->nr_ops; i++) {
		const struct op *op = view_op(&v, i);
		uint32_t *callee = &set->callees[fn->first_op + i];

		*callee = NO_NAME;
		if (op->kind != OP_CALL)
			continue;
		for_each_place(place, term, &v, op->value) {
			const struct place *p = view_place(&v, place);

			if (p->kind != PLACE_FUNCTION)
				continue;
			*callee = p->name;
			break;
		}
	}
}

/* Once, as whoever works on the program compares numbers, not strings. */
static void number_set(struct program *program, const struct api *api,
		       struct numbered_set *set)
{
	const struct fact_set *facts = &set->facts;
	uint32_t i;

	set->names = xcalloc(facts->strings.nr, sizeof(*set->names));
	set->callees = xcalloc(facts->nr_ops, sizeof(*set->callees));
	for (i = 0; i < facts->strings.nr; i++)
		set->names[i] = number_of(program, api, facts_str(facts, i));
	for (i = 0; i < facts->nr_functions; i++)
		number_callees(set, &facts->functions[i]);
}

static void release_set(struct numbered_set *set)
{
	facts_release(&set->facts);
	free(set->names);
	free(set->callees);
}

static bool all_helpers(const struct fact_set *set)
{
	struct view v = { .set = set };

	while (view_next_function(&v))
		if (!view_is_helper(&v))
			return false;
	return true;
}

static struct hashed *find_hashed(const struct program *program,
				  uint64_t hash)
{
	struct hashed *all = program->by_hash, *h;

	HASH_FIND(hh, all, &hash, sizeof(hash), h);
	return h;
}

static uint64_t set_hash(const struct pool_result *result, uint32_t nr)
{
	return result->set_hashes ? result->set_hashes[nr] :
		XXH3_64bits(result->sets[nr], result->set_sizes[nr]);
}

static bool header_set(struct program *program, const struct api *api,
		       const struct pool_result *result, uint32_t i,
		       uint32_t *nr)
{
	uint64_t hash = set_hash(result, i);
	struct hashed *all = program->by_hash;
	struct hashed *h = find_hashed(program, hash);
	struct header_set *set;

	if (h) {
		*nr = h->nr;
		return true;
	}
	set = xcalloc(1, sizeof(*set));
	set->hash = hash;
	if (facts_load(&set->facts, result->sets[i], result->set_sizes[i])) {
		free(set);
		return false;
	}
	number_set(program, api, &set->set);
	set->is_helper = all_helpers(&set->facts);
	ALLOC_GROW(program->header_sets, program->nr_header_sets + 1,
		   program->alloc_header_sets);
	*nr = (uint32_t)program->nr_header_sets;
	program->header_sets[program->nr_header_sets++] = set;
	h = xcalloc(1, sizeof(*h));
	h->hash = hash;
	h->nr = *nr;
	HASH_ADD(hh, all, hash, sizeof(hash), h);
	program->by_hash = all;
	return true;
}

/* The name of header `i`; the store's are looked up once in a run. */
static uint32_t header_name(struct program *program,
			    const struct pool_result *result, uint32_t i)
{
	uint32_t number, name;
	size_t old = program->alloc_numbers;

	if (!result->header_numbers)
		return intern(&program->names, result->headers[i]);
	number = result->header_numbers[i];
	ALLOC_GROW(program->by_number, (size_t)number + 1,
		   program->alloc_numbers);
	memset(program->by_number + old, 0,
	       (program->alloc_numbers - old) * sizeof(uint32_t));
	if (program->by_number[number])
		return program->by_number[number] - 1;
	name = intern(&program->names, result->headers[i]);
	program->by_number[number] = name + 1;
	return name;
}

/* With more than these, what clang made of a file says nothing. */
#define MAX_ERRORS 100

/* No fault of the file: another run may be able to read what it includes. */
static bool could_not_open(const struct pool_result *result)
{
	return result->errors && strstr(result->first_error, "cannot open file '");
}

/* Only the first is for the coverage. */
static int first_len(const struct pool_result *result)
{
	return (int)strcspn(result->first_error, "\n");
}

/* Read, but not with a command of its own. */
static enum gap_kind gap_of(const struct pool_result *result)
{
	return result->errors > MAX_ERRORS || could_not_open(result) ?
		GAP_UNREAD : GAP_PARTIAL;
}

static void miss_neighbour(struct program *program, const struct compile_command *c,
			   const struct pool_result *result)
{
	static const char *const words[][2] = {
		[COMMAND_NEIGHBOUR] = { "not in this configuration", "a neighbour's command: that of " },
		[COMMAND_UNBUILT] = { "not built here", "a neighbour's command: that of " },
		[COMMAND_UNASKED] = { "make was not asked for its command", "a neighbour's: that of " },
	};
	const char *why = words[c->kind][0], *with = words[c->kind][1];
	if (!result->errors)
		miss(program, GAP_OTHERS, c->file,
		     xstrfmt("%s, read with %s%s", why, with, c->neighbour));
	else
		miss(program, gap_of(result),
		     c->file, xstrfmt("%s, %s with %s%s: %u error%s, the first at %.*s",
				      why, gap_of(result) == GAP_UNREAD ?
				      "not analysed" : "read in part", with, c->neighbour,
					       result->errors,
					       result->errors == 1 ? "" : "s",
					       first_len(result), result->first_error));
}

static void take_modules(struct program *program, const struct api *api,
			 struct unit *unit, const struct task *task)
{
	size_t i;

	unit->modules = xcalloc(task->nr_modules, sizeof(*unit->modules));
	unit->module_names = xcalloc(task->nr_modules,
				     sizeof(*unit->module_names));
	unit->nr_modules = task->nr_modules;
	for (i = 0; i < task->nr_modules; i++) {
		unit->modules[i] = task->modules[i];
		unit->module_names[i] = number_of(program, api,
						  task->modules[i]);
	}
}

static void take_header_sets(struct program *program, const struct api *api,
			     struct unit *unit, const struct pool_result *result)
{
	uint32_t i, nr;

	unit->header_sets = xcalloc(result->nr_sets, sizeof(uint32_t));
	unit->driver_sets = xcalloc(result->nr_sets, sizeof(uint32_t));
	for (i = 1; i < result->nr_sets; i++) {
		if (!header_set(program, api, result, i, &nr))
			continue;
		unit->header_sets[unit->nr_header_sets++] = nr;
		if (!program->header_sets[nr]->is_helper)
			unit->driver_sets[unit->nr_driver_sets++] = nr;
	}
}

static bool take_result(struct program *program, const struct api *api,
			const struct task *task,
			const struct pool_result *result)
{
	const char *file = task->command->file;
	struct unit *unit;
	uint32_t i;

	if (result->failure || !result->nr_sets) {
		program->nr_failures++;
		miss(program, GAP_UNREAD, file, xstrdup(result->failure ?
			result->failure : "libclang gave nothing"));
		return true;
	}
	unit = xcalloc(1, sizeof(*unit));
	if (facts_load(&unit->facts, result->sets[0],
		       result->set_sizes[0])) {
		free(unit);
		return false;
	}
	unit->hash = set_hash(result, 0);
	unit->file = file;
	unit->errors = result->errors;
	if (result->errors)
		unit->said = xstrdup(result->first_error);
	number_set(program, api, &unit->set);
	take_modules(program, api, unit, task);
	take_header_sets(program, api, unit, result);
	unit->headers = xcalloc(result->nr_headers, sizeof(uint32_t));
	unit->nr_headers = result->nr_headers;
	for (i = 0; i < result->nr_headers; i++)
		unit->headers[i] = header_name(program, result, i);
	ALLOC_GROW(program->units, program->nr_units + 1,
		   program->alloc_units);
	program->units[program->nr_units++] = unit;
	program->nr_analysed++;
	if (task->command->kind != COMMAND_OWN)
		miss_neighbour(program, task->command, result);
	else if (result->errors)
		miss(program, gap_of(result),
		     file, xstrfmt("%s: clang found %u error%s at %.*s",
			gap_of(result) == GAP_UNREAD ? "not analysed" :
			"analysed in part", result->errors,
			result->errors == 1 ? "," : "s, the first",
			first_len(result), result->first_error));
	return true;
}

struct found {
	struct batch *batch;
	const struct task *task;
	bool good;
};

static void take_stored(const struct pool_result *result, void *data)
{
	struct found *found = data;

	found->good = take_result(found->batch->program,
				  found->batch->opt->api, found->task, result);
}

static bool is_there(uint64_t hash, void *data)
{
	const struct found *found = data;

	return find_hashed(found->batch->program, hash) != NULL;
}

static struct store_key store_key(const struct batch *batch,
				  const struct task *task)
{
	return (struct store_key){ batch->opt->tree->root,
				   task->command->file, task->flags,
				   task->command->dir };
}

/* Of the whole run: what is to be read yet was counted as done before. */
static void show_progress(const struct batch *batch)
{
	size_t left = batch->nr_parse - batch->finished;
	size_t files = batch->program->files.nr;

	progress_update(batch->progress, files > left ? files - left : 0);
}

static void take_parsed(size_t nr, const struct pool_result *result,
			void *data)
{
	struct batch *batch = data;
	const struct task *task = &batch->tasks[batch->numbers[batch->first + nr]];
	struct store_key key = store_key(batch, task);

	batch->finished++;
	show_progress(batch);
	if (result->without_pch)
		pch_plan_learn(&batch->plan, nr, result);
	if (!take_result(batch->program, batch->opt->api, task, result))
		BUG("%s: unreadable facts", task->command->file);
	/* A crash or a hang may not happen again: nothing to remember. */
	if (!batch->failed && !result->failure && !could_not_open(result))
		batch->failed = store_put(batch->opt->store, &key, result);
}

/* --- what is there to do --- */

/* Wherever the trees are. */
static void hash_place(XXH3_state_t *state, const struct places *places,
		       const char *arg)
{
	char *text = placeholder_hide(arg, places);

	XXH3_64bits_update(state, text, strlen(text) + 1);
	free(text);
}

static uint64_t hash_flags(const struct batch *batch,
			   const struct compile_command *command)
{
	const struct tree *tree = batch->opt->tree;
	XXH3_state_t *state = XXH3_createState();
	const uint64_t fixed[] = {
		FACTS_VERSION, engine_hash(), api_facts_hash(batch->opt->api),
	};
	const struct places places = { tree->root, command->dir };
	uint64_t hash;
	size_t i;

	if (!state)
		die("out of memory");
	XXH3_64bits_reset(state);
	XXH3_64bits_update(state, fixed, sizeof(fixed));
	/* The names differ from module to module, the code does not. */
	for (i = 0; i < command->nr_args; i++)
		if (!pch_names_module(command->args[i]))
			hash_place(state, &places, command->args[i]);
	/* How the files that it includes are called. */
	if (module_has(tree, command->file))
		XXH3_64bits_update(state, tree->module,
				   strlen(tree->module) + 1);
	hash = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return hash;
}

static struct task *task_for(struct batch *batch, size_t first,
			     uint64_t flags)
{
	size_t i;

	for (i = first; i < batch->nr; i++)
		if (batch->tasks[i].flags == flags)
			return &batch->tasks[i];
	ALLOC_GROW(batch->tasks, batch->nr + 1, batch->alloc);
	memset(&batch->tasks[batch->nr], 0, sizeof(*batch->tasks));
	batch->tasks[batch->nr].flags = flags;
	return &batch->tasks[batch->nr++];
}

static void add_tasks(struct batch *batch, const char *file)
{
	size_t nr, i, first = batch->nr;
	const struct compile_command *c = compile_db_find(batch->opt->compile_db, file,
							  &nr);

	if (!nr) {
		miss(batch->program, GAP_UNREAD, file,
		     xstrdup("no compile command: part of another file, or no file near it has one"));
		return;
	}
	for (i = 0; i < nr; i++) {
		struct task *task = task_for(batch, first,
					     hash_flags(batch, &c[i]));

		if (!task->command)
			task->command = &c[i];
		task->modules = xrealloc(task->modules,
			(task->nr_modules + 1) * sizeof(*task->modules));
		task->modules[task->nr_modules++] = c[i].module;
	}
}

static void use_stored(struct batch *batch)
{
	const struct intern_pool *share = batch->opt->share;
	size_t i;

	batch->compile_db = xcalloc(batch->nr, sizeof(*batch->compile_db));
	batch->numbers = xcalloc(batch->nr, sizeof(*batch->numbers));
	for (i = 0; i < batch->nr; i++) {
		struct found found = { batch, &batch->tasks[i], false };
		struct store_key key = store_key(batch, found.task);
		bool is_left = share && !intern_has(share,
						    found.task->command->file);

		const struct store_user user = {
			.use = take_stored, .has = is_there, .data = &found,
		};

		if (share && share->nr)
			store_note_rows(batch->opt->store, !is_left);
		if (store_find(batch->opt->store, &key, &user) && found.good)
			continue;
		if (is_left) {
			batch->program->nr_left++;
			continue;
		}
		batch->numbers[batch->nr_parse] = i;
		batch->compile_db[batch->nr_parse++] = found.task->command;
	}
	if (share)
		store_note_rows(batch->opt->store, true);
	batch->failed = store_commit(batch->opt->store);
}

/* How long one file may take; 0 after an error(). */
static unsigned int file_timeout(void)
{
	const char *text = getenv("DMACHECK_FILE_TIMEOUT");
	unsigned long seconds;
	char *end;

	if (!text || !*text)
		return FILE_TIMEOUT;
	seconds = strtoul(text, &end, 10);
	if (*text >= '0' && *text <= '9' && !*end && seconds &&
	    seconds <= MAX_FILE_TIMEOUT)
		return (unsigned int)seconds;
	error("DMACHECK_FILE_TIMEOUT is '%s': give the seconds that one file "
	      "may take, 1 to %d", text, MAX_FILE_TIMEOUT);
	return 0;
}

/*
 * So many files at a time: what the first of them have to be parsed without is
 * left out of the precompiled header for the next.
 */
#define AT_A_TIME 200

/* The files from number batch->first on, as many as are due now. */
static int parse_some(struct batch *batch, unsigned int timeout)
{
	size_t left = batch->nr_parse - batch->first;
	struct pool_options pool = {
		.tree = batch->opt->tree,
		.api = batch->opt->api,
		.compile_db = batch->compile_db + batch->first,
		.nr = left < AT_A_TIME ? left : AT_A_TIME,
		.jobs = batch->opt->jobs,
		.timeout = timeout,
		.memory = batch->opt->memory,
		.done = take_parsed,
		.data = batch,
	};
	int ret;

	batch->plan = (struct pch_plan)PCH_PLAN_INIT;
	ret = pch_plan_make(&batch->plan, batch->opt, pool.compile_db, left,
			    timeout);
	pool.pch = batch->plan.pch;
	if (!ret) {
		size_t files = batch->program->files.nr;

		batch->progress = progress_start(batch->opt->stage,
			files > batch->opt->expected ? files : batch->opt->expected);
		ret = pool_run(&pool);
		progress_stop(batch->progress);
	}
	pch_plan_release(&batch->plan);
	batch->first += pool.nr;
	return ret ? ret : batch->failed;
}

static int parse(struct batch *batch)
{
	unsigned int timeout;
	int ret = 0;

	if (!batch->nr_parse || batch->failed)
		return batch->failed;
	timeout = file_timeout();
	if (!timeout)
		return -1;
	while (!ret && batch->first < batch->nr_parse)
		ret = parse_some(batch, timeout);
	return ret;
}

static int units_by_file(const void *a, const void *b)
{
	const struct unit *x = *(struct unit *const *)a;
	const struct unit *y = *(struct unit *const *)b;
	int order = strcmp(x->file, y->file);

	return order ? order : strcmp(x->modules[0], y->modules[0]);
}

int program_add(struct program *program, const struct program_options *opt,
		const char *const *files, size_t nr)
{
	struct batch batch = { .program = program, .opt = opt };
	size_t before = program->nr_left, left, i;
	int ret;

	for (i = 0; i < nr; i++) {
		if (intern_find(&program->files, files[i]) != INTERN_NONE)
			continue;
		intern(&program->files, files[i]);
		add_tasks(&batch, files[i]);
	}
	use_stored(&batch);
	left = program->nr_left - before;
	if (batch.nr)
		verbose("facts of %zu files: %zu kept, %zu to be read%s",
			batch.nr, batch.nr - batch.nr_parse - left,
			batch.nr_parse, left ? ", the rest elsewhere" : "");
	ret = parse(&batch);
	/* The order in which workers finish must not show in the report. */
	if (program->nr_units)
		qsort(program->units, program->nr_units,
		      sizeof(*program->units), units_by_file);
	for (i = 0; i < batch.nr; i++)
		free(batch.tasks[i].modules);
	free(batch.tasks);
	free(batch.compile_db);
	free(batch.numbers);
	return ret;
}

void program_release(struct program *program)
{
	struct hashed *all = program->by_hash, *h, *next;
	size_t i;

	HASH_ITER(hh, all, h, next) {
		HASH_DEL(all, h);
		free(h);
	}
	for (i = 0; i < program->nr_units; i++) {
		struct unit *unit = program->units[i];

		release_set(&unit->set);
		free(unit->said);
		free(unit->modules);
		free(unit->module_names);
		free(unit->header_sets);
		free(unit->driver_sets);
		free(unit->headers);
		free(unit);
	}
	free(program->units);
	for (i = 0; i < program->nr_header_sets; i++) {
		release_set(&program->header_sets[i]->set);
		free(program->header_sets[i]);
	}
	free(program->header_sets);
	for (i = 0; i < program->nr_misses; i++) {
		free(program->misses[i].file);
		free(program->misses[i].reason);
	}
	free(program->misses);
	intern_release(&program->names);
	intern_release(&program->strings);
	free(program->api_of);
	intern_release(&program->files);
	free(program->by_number);
	memset(program, 0, sizeof(*program));
}
