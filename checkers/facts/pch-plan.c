// SPDX-License-Identifier: GPL-2.0-only
/*
 * Decides which files are parsed with a precompiled header, from their compile
 * commands, the contents of headers and what earlier parses ran into, and has
 * workers make what is missing.
 */
#include "facts/pch-plan.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>

#include "compile/compile-db.h"
#include "facts/pool.h"
#include "facts/program.h"
#include "facts/store.h"
#include "lib/alloc.h"
#include "lib/cache-parts.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/progress.h"
#include "tree/tree.h"

/* To make one takes as long as to parse so many files without. */
#define MIN_FILES 8

/* No more than one in so many of the headers is left out for one of them. */
#define MOST_LEFT_OUT 10

/* Each takes some 40 MB: those used last are kept. */
#define MAX_KEPT 16

struct pch_class {
	UT_hash_handle hh;
	uint64_t class;
	size_t nr_files;
	const struct compile_command *command;	/* of one of them */
	char *path;
	bool usable;
	struct intern_pool plain;	/* files to be parsed without */
};

/* --- the classes --- */

/* "FILE", or "FILE\tHEADER" where a header in it is to blame. */
static char *plain_path(const struct pch_class *c)
{
	return xstrfmt("%s.plain", c->path);
}

/* Whether `file` is `name` in one of the folders where headers are. */
static bool is_path_of(const char *file, const char *name)
{
	size_t len = strlen(file), n = strlen(name);

	return len > n && file[len - n - 1] == '/' &&
	       !strcmp(file + len - n, name);
}

/*
 * Leave out of the next one what brings in the header `blamed`. False if that
 * is too much of it.
 */
static bool leave_out(struct pch_info *info, const struct pch_set *set,
		      const char *blamed)
{
	uint32_t number = intern_find(&info->files, blamed), i;
	struct strvec found = STRVEC_INIT;
	bool *reached = xcalloc(info->files.nr, sizeof(*reached));
	uint32_t *list = xcalloc(info->files.nr, sizeof(*list));
	bool good;
	size_t h;

	for (h = 0; h < set->headers.nr && number != INTERN_NONE; h++) {
		const char *name = set->headers.v[h];

		if (strvec_has(&info->dropped, name))
			continue;
		for (i = 0; i < info->files.nr; i++)
			if (is_path_of(intern_str(&info->files, i), name))
				break;
		if (i == info->files.nr)
			continue;
		memset(reached, 0, info->files.nr * sizeof(*reached));
		pch_info_reach(info, reached, i, list);
		if (reached[number])
			strvec_push(&found, name);
	}
	good = found.nr && found.nr * MOST_LEFT_OUT <= set->headers.nr;
	if (good)
		strvec_pushv(&info->dropped, (const char *const *)found.v,
			     found.nr);
	strvec_release(&found);
	free(reached);
	free(list);
	return good;
}

struct blamed {
	struct intern_pool headers;
	uint32_t *counts;
	size_t alloc;
};

static void count_blamed(struct blamed *b, const char *header)
{
	size_t old = b->alloc;
	uint32_t nr = intern(&b->headers, header);

	ALLOC_GROW(b->counts, nr + 1, b->alloc);
	memset(b->counts + old, 0, (b->alloc - old) * sizeof(*b->counts));
	b->counts[nr]++;
}

/*
 * Have headers left out because of which many files were parsed without; it is
 * made anew then.
 */
static void leave_out_blamed(const struct pch_plan *plan,
			     const struct pch_class *c,
			     const struct blamed *b)
{
	struct pch_info info = PCH_INFO_INIT;
	bool changed = false;
	uint32_t i;

	if (pch_info_read(&info, c->path))
		for (i = 0; i < b->headers.nr; i++)
			if (b->counts[i] >= MIN_FILES)
				changed |= leave_out(&info, &plan->set,
						intern_str(&b->headers, i));
	if (changed && !pch_info_write(&info, c->path)) {
		char *name = plain_path(c);

		unlink(name);
		unlink(c->path);
		free(name);
	}
	pch_info_release(&info);
}

static void read_plain(const struct pch_plan *plan, struct pch_class *c)
{
	struct blamed blamed = { .counts = NULL };
	char *name = plain_path(c);
	char *text = path_read(name, NULL), *rest = text, *line;

	while (rest && (line = strsep(&rest, "\n"))) {
		const char *file = strsep(&line, "\t");

		if (!*file || intern_find(&c->plain, file) != INTERN_NONE)
			continue;
		intern(&c->plain, file);
		if (line)
			count_blamed(&blamed, line);
	}
	leave_out_blamed(plan, c, &blamed);
	if (access(name, F_OK))
		intern_release(&c->plain);
	intern_release(&blamed.headers);
	free(blamed.counts);
	free(text);
	free(name);
}

static struct pch_class *class_for(struct pch_plan *plan, uint64_t class,
				   const struct compile_command *command)
{
	struct pch_class *c;

	HASH_FIND(hh, plan->classes, &class, sizeof(class), c);
	if (c)
		return c;
	c = xcalloc(1, sizeof(*c));
	c->class = class;
	c->command = command;
	c->path = xstrfmt("%s/%016" PRIx64 ".pch", plan->opt->pch_folder,
			  class);
	read_plain(plan, c);
	HASH_ADD(hh, plan->classes, class, sizeof(c->class), c);
	return c;
}

static void find_classes(struct pch_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr; i++) {
		const struct compile_command *command = plan->commands[i];
		struct pch_class *c;
		uint64_t class;

		if (!pch_class(&plan->set, plan->opt->tree, command, &class))
			continue;
		c = class_for(plan, class, command);
		if (intern_find(&c->plain, command->file) != INTERN_NONE)
			continue;
		plan->class_of[i] = c;
		c->nr_files++;
	}
}

/* --- what is there --- */

enum state { PCH_USABLE, PCH_MISSING, PCH_OVERLAID };

/* Whether all headers are as they were, and as they are in the tree. */
static enum state state_of(const struct pch_plan *plan,
			   const struct pch_class *c)
{
	const struct tree *tree = plan->opt->tree;
	struct pch_info info = PCH_INFO_INIT;
	enum state state = PCH_USABLE;
	uint32_t i;

	if (!pch_info_read(&info, c->path))
		state = PCH_MISSING;
	for (i = 0; i < info.files.nr && state != PCH_OVERLAID; i++) {
		const char *file = intern_str(&info.files, i);

		if (overlay_find(tree->overlay, file))
			state = PCH_OVERLAID;
		else if (state == PCH_USABLE &&
			 store_file_hash(plan->opt->store, tree->root, file) !=
			 info.list[i].hash)
			state = PCH_MISSING;
	}
	pch_info_release(&info);
	return state;
}

static void note_use(const struct pch_class *c)
{
	char *name = xstrfmt("%s.info", c->path);

	cache_note_use(name);
	free(name);
}

struct kept {
	char *path;
	time_t used;
};

static int by_use(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return x->used < y->used ? 1 : x->used > y->used ? -1 : 0;
}

static void remove_pch(const char *path)
{
	static const char *const tails[] = { "", ".info", ".plain", ".headers" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tails); i++) {
		char *name = xstrfmt("%s%s", path, tails[i]);

		unlink(name);
		free(name);
	}
}

/* Also those that an older dmacheck left. */
static void remove_unused(const char *folder)
{
	DIR *stream = opendir(folder);
	struct kept *list = NULL;
	size_t nr = 0, alloc = 0, i;
	struct dirent *d;

	while (stream && (d = readdir(stream))) {
		size_t len = strlen(d->d_name);
		struct stat st;
		char *info;

		if (len < 4 || strcmp(d->d_name + len - 4, ".pch"))
			continue;
		ALLOC_GROW(list, nr + 1, alloc);
		list[nr].path = path_join(folder, d->d_name);
		info = xstrfmt("%s.info", list[nr].path);
		list[nr++].used = stat(info, &st) ? 0 : st.st_mtime;
		free(info);
	}
	if (stream)
		closedir(stream);
	if (nr)
		qsort(list, nr, sizeof(*list), by_use);
	for (i = 0; i < nr; i++) {
		if (i >= MAX_KEPT || !list[i].used)
			remove_pch(list[i].path);
		free(list[i].path);
	}
	free(list);
}

/* --- making those that are missing --- */

struct making {
	struct pch_class **classes;
	size_t nr;
};

static void take_made(size_t nr, const struct pool_result *result, void *data)
{
	const struct making *m = data;
	struct pch_class *c = m->classes[nr];

	c->usable = !result->failure;
	if (result->failure)
		verbose("no precompiled header for %zu files: %s", c->nr_files,
			result->failure);
	else
		verbose("a precompiled header was made for %zu files",
			c->nr_files);
}

static int make_missing(struct pch_plan *plan, unsigned int timeout)
{
	size_t nr = HASH_COUNT(plan->classes), i;
	struct making m = { .classes = xcalloc(nr, sizeof(*m.classes)) };
	const struct compile_command **commands = xcalloc(nr, sizeof(*commands));
	const char **paths = xcalloc(nr, sizeof(*paths));
	struct pool_options pool = {
		.tree = plan->opt->tree, .api = plan->opt->api,
		.headers = &plan->set, .compile_db = commands, .pch = paths,
		.jobs = plan->opt->jobs, .timeout = timeout,
		.memory = plan->opt->memory,
		.done = take_made, .data = &m,
	};
	struct pch_class *c, *next;
	int ret = 0;

	HASH_ITER(hh, plan->classes, c, next) {
		enum state state = c->nr_files ? state_of(plan, c) :
			PCH_OVERLAID;

		c->usable = state == PCH_USABLE;
		if (state == PCH_MISSING && (plan->opt->pch_always ||
					     c->nr_files >= MIN_FILES))
			m.classes[m.nr++] = c;
	}
	for (i = 0; i < m.nr; i++) {
		commands[i] = m.classes[i]->command;
		paths[i] = m.classes[i]->path;
	}
	pool.nr = m.nr;
	if (m.nr) {
		struct progress *progress = progress_start("precompiling headers", 0);

		remove_unused(plan->opt->pch_folder);
		ret = pool_run(&pool);
		progress_stop(progress);
	}
	free(m.classes);
	free(commands);
	free(paths);
	return ret;
}

/* --- the plan --- */

/* More files than these are needed to choose headers by (pch-set.c). */
static bool find_set(struct pch_plan *plan)
{
	const struct program_options *opt = plan->opt;
	struct intern_pool typical = INTERN_POOL_INIT;
	const char **files;
	bool there = pch_set_read(&plan->set, opt->pch_folder, opt->tree);
	uint32_t i;

	if (there && (plan->set.by_choice || !opt->typical))
		return true;
	if (!opt->pch_always && plan->nr < MIN_FILES)
		return there;
	pch_set_release(&plan->set);
	if (opt->typical)
		opt->typical(&typical, opt->data);
	files = xcalloc(typical.nr, sizeof(*files));
	for (i = 0; i < typical.nr; i++)
		files[i] = intern_str(&typical, i);
	pch_set_choose(&plan->set, opt->tree, files, typical.nr, opt->jobs);
	free(files);
	intern_release(&typical);
	/* It can be chosen again. */
	pch_set_write(&plan->set, opt->pch_folder, opt->tree);
	return true;
}

int pch_plan_make(struct pch_plan *plan, const struct program_options *opt,
		  const struct compile_command *const *commands, size_t nr,
		  unsigned int timeout)
{
	const char *off = getenv("DMACHECK_NO_PCH");
	struct pch_class *c, *next;
	size_t i;

	plan->opt = opt;
	plan->commands = commands;
	plan->nr = nr;
	plan->pch = xcalloc(nr, sizeof(*plan->pch));
	plan->class_of = xcalloc(nr, sizeof(*plan->class_of));
	if (!opt->pch_folder || (off && *off && strcmp(off, "0")) ||
	    !find_set(plan))
		return 0;
	find_classes(plan);
	if (make_missing(plan, timeout))
		return -1;
	HASH_ITER(hh, plan->classes, c, next)
		if (c->usable)
			note_use(c);
	for (i = 0; i < nr; i++) {
		c = plan->class_of[i];
		if (c && c->usable)
			plan->pch[i] = c->path;
	}
	return store_commit(opt->store);
}

void pch_plan_learn(const struct pch_plan *plan, size_t nr,
		    const struct pool_result *result)
{
	const char *file = plan->commands[nr]->file;
	char *name, *line;
	int fd;

	verbose("%s: parsed without the precompiled header: %s", file,
		result->without_pch);
	if (!plan->class_of[nr])
		return;
	name = plain_path(plan->class_of[nr]);
	line = xstrfmt("%s%s%s\n", file, result->blamed ? "\t" : "",
		       result->blamed ? result->blamed : "");
	fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (fd >= 0) {
		/* If it is lost the file is parsed twice again. */
		if (write(fd, line, strlen(line)) < 0)
			verbose("cannot write to %s", name);
		close(fd);
	}
	free(line);
	free(name);
}

void pch_plan_release(struct pch_plan *plan)
{
	struct pch_class *c, *next;

	HASH_ITER(hh, plan->classes, c, next) {
		HASH_DEL(plan->classes, c);
		intern_release(&c->plain);
		free(c->path);
		free(c);
	}
	free(plan->pch);
	free(plan->class_of);
	pch_set_release(&plan->set);
}
