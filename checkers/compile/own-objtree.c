// SPDX-License-Identifier: GPL-2.0-only
/*
 * Makes and keeps an output tree of dmacheck's own, and asks make in it how files are
 * compiled; for compile-db.c.
 */
#include "compile/own-objtree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/file.h>
#include <time.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/cache-parts.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/placeholder.h"
#include "lib/tempfile.h"
#include "lib/strbuf.h"
#include "compile/kbuild.h"
#include "compile/kmake.h"
#include "compile/module-key.h"
#include "tree/module.h"
#include "compile/own-export.h"
#include "compile/own-made.h"
#include "compile/own-store.h"
#include "compile/shell-words.h"

struct own_objtree {
	const struct tree *tree;
	char *dir, *out, *made, *compile_db, *lock, *scratch;
	struct places places;
	struct kmake kmake;
	struct kbuild kbuild;
	struct own_store store;
	size_t given;		/* commands that the caller has already */
	bool no_make;		/* use it as it is, or not at all */
	bool settled;		/* accept one that is older than a change */
	bool others;		/* `out` is not made by dmacheck */
	bool module_only;	/* give only the commands of the module */
};

static struct own_made made_of(const struct own_objtree *own)
{
	return (struct own_made){ own->tree, own->out, own->made, own->others };
}

static int write_made(const struct own_objtree *own)
{
	const struct own_made made = made_of(own);

	return own_made_write(&made);
}

static const char *why_not(const struct own_objtree *own)
{
	const struct own_made made = made_of(own);

	return own_made_why_not(&made, own->settled);
}

/* --- make it --- */

/* It takes about 100 MB of the cache. */
static void limit_cache(const struct own_objtree *own)
{
	char *parent = path_dirname(own->dir), *cache = path_dirname(parent);

	cache_limit(cache);
	free(cache);
	free(parent);
}

static void forget_import(const struct own_objtree *own)
{
	char *mark = path_join(own->dir, OWN_IMPORTED);

	unlink(mark);
	free(mark);
}

static bool is_imported(const struct own_objtree *own)
{
	char *mark = path_join(own->dir, OWN_IMPORTED);
	bool is = path_is_file(mark);

	free(mark);
	return is;
}

static int make(struct own_objtree *own)
{
	int ret = -1;

	if (kmake_check(&own->kmake))
		return -1;
	limit_cache(own);
	note_once("making an output tree for Linux %s, ARCH=%s, in %s (this is done once)",
	     own->tree->version, own->tree->arch, own->out);
	tempfile_register(own->out);
	if ((unlink(own->made) && errno != ENOENT) ||
	    (unlink(own->compile_db) && errno != ENOENT) ||
	    path_remove_tree(own->out))
		return error_errno("cannot clear %s", own->dir);
	forget_import(own);
	if (path_mkdirs(own->out)) {
		error_errno("cannot make the folder %s", own->out);
		goto cleanup;
	}
	if (kmake_run(&own->kmake, "allmodconfig") ||
	    kmake_run(&own->kmake, "prepare"))
		goto cleanup;
	/* It is complete, but is used only once it has its record. */
	tempfile_forget(own->out);
	ret = write_made(own);
cleanup:
	if (ret)
		tempfile_remove(own->out);
	return ret;
}

/* Of one that was imported there are only headers: make could not work in it. */
static int make_if_imported(struct own_objtree *own)
{
	return is_imported(own) ? make(own) : 0;
}

/*
 * An output tree that dmacheck did not make: the output of make is kept as long as
 * its configuration is the same.
 */
static int note_others(struct own_objtree *own)
{
	if (unlink(own->compile_db) && errno != ENOENT)
		return error_errno("cannot remove %s", own->compile_db);
	return write_made(own);
}

/* --- locking --- */

/* Returns a descriptor; closing it unlocks. -1 after an error(). */
static int lock(const struct own_objtree *own)
{
	static const struct timespec moment = { 0, 50 * 1000 * 1000 };
	int fd = open(own->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	int i;

	if (fd < 0)
		return error_errno("cannot write %s; say --cache DIR with a folder that can be written",
				   own->lock);
	cache_note_use(own->lock);
	/* Usually the other process only reads, and is done at once. */
	for (i = 0; i < 20; i++) {
		if (!flock(fd, LOCK_EX | LOCK_NB))
			return fd;
		nanosleep(&moment, NULL);
	}
	note_once("waiting for another dmacheck that works on %s", own->dir);
	while (flock(fd, LOCK_EX)) {
		if (errno != EINTR) {
			error_errno("cannot lock %s", own->lock);
			close(fd);
			return -1;
		}
	}
	return fd;
}

/* Set the paths in own->dir; the output tree is there, too, if `out` is NULL. */
static void set_files(struct own_objtree *own, const char *out)
{
	own->out = out ? xstrdup(out) : path_join(own->dir, "out");
	own->scratch = path_join(own->dir, "scratch");
	own->made = path_join(own->dir, "made");
	own->compile_db = path_join(own->dir, "commands");
	own->lock = path_join(own->dir, "lock");
	own->places = (struct places){ own->tree->root, own->out };
	own->kmake.out = own->out;
}

static void free_files(struct own_objtree *own)
{
	free(own->dir);
	free(own->out);
	free(own->made);
	free(own->compile_db);
	free(own->lock);
	free(own->scratch);
}

static void set_paths(struct own_objtree *own, const char *cache,
		      const char *out)
{
	const struct tree *tree = own->tree;
	XXH64_hash_t hash = XXH3_64bits(tree->root, strlen(tree->root));
	char *absolute = realpath(cache, NULL);

	if (out)
		hash = XXH3_64bits_withSeed(out, strlen(out), hash);
	own->dir = xstrfmt("%s/objtree/%s-%s-%08" PRIx32,
			   absolute ? absolute : cache,
			   path_basename(tree->root), tree->arch,
			   (uint32_t)hash);
	set_files(own, out);
	free(absolute);
}

/*
 * Use the output tree of another worktree, if it was made from the same Makefile and
 * Kconfig files.
 */
static void adopt(struct own_objtree *own)
{
	char *parent = path_dirname(own->dir);
	DIR *stream = opendir(parent);
	struct dirent *d;
	bool found = false;

	while (!found && stream && (d = readdir(stream))) {
		struct own_objtree other = *own;

		if (*d->d_name == '.')
			continue;
		other.settled = false;
		other.dir = path_join(parent, d->d_name);
		set_files(&other, NULL);
		found = !why_not(&other);
		if (found) {
			verbose("using the output tree in %s, which was made from the same files", other.dir);
			free_files(own);
			own->dir = other.dir;
			set_files(own, NULL);
			other.dir = NULL;
		}
		free_files(&other);
	}
	if (stream)
		closedir(stream);
	free(parent);
}

static struct own_objtree *new_own(const struct tree *tree,
				   const struct compile_db_options *opt,
				   const char *out, bool module_only)
{
	struct own_objtree *own = xcalloc(1, sizeof(*own));

	own->tree = tree;
	own->kbuild = (struct kbuild)KBUILD_INIT(tree);
	own_store_init(&own->store);
	own->no_make = opt->no_make;
	own->settled = opt->settled;
	own->others = out != NULL;
	own->module_only = module_only;
	own->kmake = (struct kmake){
		.tree = tree, .jobs = opt->jobs,
		.variables = opt->make_variables,
		.nr_variables = opt->nr_make_variables,
	};
	set_paths(own, opt->cache, out);
	if (!out && !opt->no_cache && access(own->made, F_OK))
		adopt(own);
	return own;
}

/* Read it if it is up to date, else make it. */
static int open_whole(struct own_objtree *own, bool anew)
{
	int locked, ret = -1;
	const char *why;

	if (path_mkdirs(own->dir)) {
		error_errno("cannot make the folder %s; say --cache DIR with a folder that can be written",
			    own->dir);
		return -1;
	}
	locked = lock(own);
	if (locked < 0)
		return -1;
	why = anew ? "it was asked for" : why_not(own);
	if (why) {
		verbose("a new output tree: %s", why);
		ret = own->others ? note_others(own) : make(own);
	} else {
		own_store_read(&own->store, own->tree, &own->places,
			       own->compile_db, NULL);
		ret = 0;
	}
	close(locked);
	return ret;
}

/* Use it as it is, or not at all, without a message. */
static int open_as_is(struct own_objtree *own)
{
	const char *why = path_is_dir(own->dir) ? why_not(own) :
		"there is none yet";

	if (why) {
		verbose("%s is not used: %s", own->out, why);
		return -1;
	}
	own_store_read(&own->store, own->tree, &own->places,
			       own->compile_db, NULL);
	return 0;
}

struct own_objtree *own_objtree_open(const struct tree *tree,
				     const struct compile_db_options *opt,
				     const char *out, bool module_only)
{
	struct own_objtree *own = new_own(tree, opt, out, module_only);

	if (!(opt->no_make ? open_as_is(own) : open_whole(own, opt->no_cache)))
		return own;
	own_objtree_close(own);
	return NULL;
}

const char *own_objtree_path(const struct own_objtree *own)
{
	return own->out;
}

void own_objtree_close(struct own_objtree *own)
{
	if (!own)
		return;
	own_store_release(&own->store);
	kbuild_release(&own->kbuild);
	free_files(own);
	free(own);
}

/* --- ask make --- */

/* Leave out the files of other modules. */
static bool is_left_out(const struct tree *tree, const char *file)
{
	return !strncmp(file, "../", 3) && !module_has(tree, file);
}

static bool is_no_module_file(const struct tree *tree, const char *file)
{
	return !module_has(tree, file);
}

static void give(struct own_objtree *own, struct compile_db *compile_db)
{
	own->store.set.tree = own->tree;
	own->store.set.left_out = own->module_only ? is_no_module_file :
		is_left_out;
	command_set_give(&own->store.set, &own->given, compile_db);
}

struct asking {
	struct own_objtree *own;
	const char *module;	/* the goal if it is a module, or NULL */
	struct shell_words words;
};

/*
 * The goal of a command: the one at or above the folder of its Makefile, which is
 * the part of "-o a/b/../c/x.o" before "..".
 */
static uint32_t goal_of(const struct asking *a)
{
	char *at = NULL, *end;
	uint32_t goal = INTERN_NONE;
	size_t i;

	if (a->module)
		return intern_find(&a->own->store.goals, a->module) + 1;
	for (i = 0; i + 1 < a->words.nr && !at; i++)
		if (!strcmp(a->words.list[i], "-o"))
			at = xstrdup(a->words.list[i + 1]);
	end = at ? strstr(at, "/../") : NULL;
	if (end)
		end[1] = '\0';
	while (at && goal == INTERN_NONE && (end = strrchr(at, '/'))) {
		*end = '\0';
		goal = intern_find(&a->own->store.goals, at);
	}
	free(at);
	return goal == INTERN_NONE ? 0 : goal + 1;
}

/*
 * With MO=, make runs in that folder, and the object's name is relative to it.
 * Without, it runs in the output tree, and the object is in the module's folder.
 */
static const char *runs_in(const struct asking *a)
{
	size_t i;

	for (i = 0; a->module && i + 1 < a->words.nr; i++)
		if (!strcmp(a->words.list[i], "-o") &&
		    *a->words.list[i + 1] != '/')
			return a->own->scratch;
	return a->own->out;
}

static void take_line(void *data, char *line, size_t len)
{
	struct asking *a = data;
	struct own_objtree *own = a->own;
	const char *p = line;

	(void)len;
	while ((p = shell_words_next(&a->words, p)))
		if (command_set_read(&own->store.set, own->tree, own->out,
				     a->words.list, a->words.nr, runs_in(a),
				     NULL, goal_of(a),
				     COMMAND_OWN))
			break;
}

/* Ask make for the goals that it was not asked for before. */
static int ask(struct own_objtree *own, const struct intern_pool *goals,
	       bool *changed)
{
	struct asking a = { own, NULL, SHELL_WORDS_INIT };
	const struct intern_pool *asked = &own->store.goals;
	char **argv = xcalloc(goals->nr + 1, sizeof(*argv));
	uint32_t i, nr = 0;
	int ret = 0;

	for (i = 0; i < goals->nr; i++) {
		const char *goal = intern_str(goals, i);

		/*
		 * For a folder and one below it, make would print only the
		 * commands of the second.
		 */
		if (intern_find(asked, goal) == INTERN_NONE &&
		    !kbuild_visits(&own->kbuild, asked, goal) &&
		    !kbuild_visits(&own->kbuild, goals, goal))
			argv[nr++] = xstrfmt("%s/", goal);
	}
	for (i = 0; i < nr; i++) {
		char *goal = path_normalise(argv[i]);

		intern(&own->store.goals, goal);
		if (kbuild_stamp(own->tree, goal, &own->store.stamps))
			ret = -1;
		free(goal);
		*changed = true;
	}
	if (nr && !ret)
		ret = make_if_imported(own);
	if (nr && !ret)
		ret = kmake_print(&own->kmake, (const char *const *)argv,
				  nr, take_line, &a);
	for (i = 0; i < nr; i++)
		free(argv[i]);
	free(argv);
	shell_words_release(&a.words);
	return ret;
}

/* The same for the module. */
static int ask_module(struct own_objtree *own, const char *key,
		      bool *changed)
{
	const char *goal = own->tree->module;
	struct asking a = { own, goal, SHELL_WORDS_INIT };
	int ret;

	if (intern_find(&own->store.goals, goal) != INTERN_NONE)
		return 0;
	intern(&own->store.goals, goal);
	intern(&own->store.keys, key);
	*changed = true;
	if (kbuild_stamp(own->tree, goal, &own->store.stamps) ||
	    make_if_imported(own))
		return -1;
	tempfile_register(own->scratch);
	ret = kmake_print_module(&own->kmake, own->scratch, take_line, &a);
	tempfile_remove(own->scratch);
	shell_words_release(&a.words);
	return ret;
}

static bool has_command(const struct own_objtree *own,
			const struct compile_db *compile_db, const char *file)
{
	size_t nr;

	return compile_db_find(compile_db, file, &nr) ||
		intern_find(&own->store.searched, file) != INTERN_NONE;
}

/* Add the goals of files without a command; returns the number of such files. */
static size_t first_goals(struct own_objtree *own,
			  const struct compile_db *compile_db,
			  const struct compile_db_options *opt,
			  struct intern_pool *goals)
{
	struct intern_pool dirs = INTERN_POOL_INIT;
	size_t nr = 0, i;
	uint32_t d;

	for (i = 0; i < opt->nr_files; i++) {
		char *dir;

		if (has_command(own, compile_db, opt->files[i]) ||
		    module_has(own->tree, opt->files[i]))
			continue;
		nr++;
		dir = path_dirname(opt->files[i]);
		intern(&dirs, dir);
		free(dir);
	}
	for (d = 0; d < dirs.nr; d++)
		kbuild_goals(&own->kbuild, intern_str(&dirs, d), goals);
	intern_release(&dirs);
	return nr;
}

/* Add other goals that may build the files that still have no command. */
static void second_goals(struct own_objtree *own,
			 const struct compile_db *compile_db,
			 const struct compile_db_options *opt,
			 struct intern_pool *goals, bool *changed)
{
	size_t i;

	for (i = 0; i < opt->nr_files; i++) {
		if (has_command(own, compile_db, opt->files[i]) ||
		    module_has(own->tree, opt->files[i]))
			continue;
		kbuild_search(&own->kbuild, opt->files[i], goals);
		intern(&own->store.searched, opt->files[i]);
		*changed = true;
	}
}

int own_objtree_load(struct own_objtree *own, struct compile_db *compile_db,
		     const struct compile_db_options *opt)
{
	struct intern_pool first = INTERN_POOL_INIT, second = INTERN_POOL_INIT;
	struct own_store *store = &own->store;
	bool changed = store->stamps.touched;
	int ret = 0, locked = -1;

	give(own, compile_db);
	if (own->no_make)
		return 0;
	if (first_goals(own, compile_db, opt, &first)) {
		locked = lock(own);
		ret = locked < 0 ? -1 : ask(own, &first, &changed);
		give(own, compile_db);
	}
	if (!ret && locked >= 0) {
		second_goals(own, compile_db, opt, &second, &changed);
		ret = ask(own, &second, &changed);
		give(own, compile_db);
	}
	if (!ret && changed)
		ret = own_store_write(store, &own->places, own->compile_db);
	store->stamps.touched = false;
	if (locked >= 0)
		close(locked);
	intern_release(&first);
	intern_release(&second);
	return ret;
}

int own_objtree_load_module(struct own_objtree *own, struct compile_db *compile_db)
{
	struct own_store *store = &own->store;
	const char *goal = own->tree->module;
	bool changed = store->stamps.touched;
	char *key = NULL;
	int ret = 0, locked = -1;

	if (own->no_make)
		goto cleanup;
	key = module_key(&own->kmake);
	if (!key)
		return -1;
	if (intern_has(&store->goals, goal) && !intern_has(&store->keys, key)) {
		verbose("other variables: make is asked about the module again");
		own_store_release(store);
		own_store_init(store);
		own_store_read(store, own->tree, &own->places,
			       own->compile_db, goal);
	}
	if (!intern_has(&store->goals, goal)) {
		locked = lock(own);
		ret = locked < 0 ? -1 : ask_module(own, key, &changed);
		if (!ret && changed)
			ret = own_store_write(store, &own->places, own->compile_db);
		if (locked >= 0)
			close(locked);
	}
cleanup:
	give(own, compile_db);
	free(key);
	return ret;
}

bool own_objtree_was_asked(struct own_objtree *own, const char *file)
{
	struct intern_pool goals = INTERN_POOL_INIT;
	const struct intern_pool *asked = &own->store.goals;
	char *dir = path_dirname(file);
	bool was = true;
	uint32_t i;

	if (module_has(own->tree, file))
		intern(&goals, own->tree->module);
	else
		kbuild_goals(&own->kbuild, dir, &goals);
	for (i = 0; i < goals.nr; i++) {
		const char *goal = intern_str(&goals, i);

		was &= intern_find(asked, goal) != INTERN_NONE ||
			kbuild_visits(&own->kbuild, asked, goal);
	}
	intern_release(&goals);
	free(dir);
	return was;
}
