// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the commands that make printed for an output tree to a file, and reads those
 * whose Makefiles are unchanged; for own-objtree.c.
 */
#include "compile/own-store.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/checksummed.h"
#include "lib/placeholder.h"
#include "lib/strbuf.h"
#include "compile/ccargs.h"
#include "compile/kbuild.h"


void own_store_init(struct own_store *store)
{
	memset(store, 0, sizeof(*store));
	command_set_init(&store->set);
}

void own_store_release(struct own_store *store)
{
	command_set_release(&store->set);
	intern_release(&store->goals);
	intern_release(&store->keys);
	intern_release(&store->searched);
	stamps_release(&store->stamps);
}

/* --- write --- */

/*
 * The lines of the file:
 *	g PATH		goal, numbered from 1
 *	n PATH		file that no goal builds
 *	k HASH PATH	what a goal that is a module was asked for with
 *	stamp ...	a goal's Makefile
 *	s STRING	string with placeholders, numbered from 1
 *	l N N ...	list of arguments, numbered from 1
 *	c FILE MODULE DIR COMMON OWN GOAL IS_MODULE
 */
static void write_pool(struct strbuf *out, const struct intern_pool *pool,
		       char letter, uint32_t from)
{
	uint32_t i;

	for (i = from; i < pool->nr; i++)
		strbuf_addf(out, "%c %s\n", letter, intern_str(pool, i));
}

static void write_set(struct strbuf *out, const struct command_set *set,
		      const struct places *places)
{
	size_t i, n;

	for (i = 1; i < set->strings.nr; i++) {
		char *text = placeholder_hide(intern_str(&set->strings,
							 (uint32_t)i), places);

		strbuf_addf(out, "s %s\n", text);
		free(text);
	}
	for (i = 1; i < set->nr_lists; i++) {
		strbuf_addch(out, 'l');
		for (n = 0; n < set->lists[i].nr; n++)
			strbuf_addf(out, " %u",
				    set->ids[set->lists[i].start + n]);
		strbuf_addch(out, '\n');
	}
	for (i = 0; i < set->nr; i++) {
		const struct set_command *c = &set->list[i];

		strbuf_addf(out, "c %u %u %u %u %u %u %u\n", c->file,
			    c->module, c->dir, c->common, c->own, c->goal,
			    c->is_module);
	}
}

int own_store_write(const struct own_store *store, const struct places *places,
		    const char *path)
{
	struct strbuf out = STRBUF_INIT;
	int ret;

	write_pool(&out, &store->goals, 'g', 0);
	write_pool(&out, &store->searched, 'n', 0);
	write_pool(&out, &store->keys, 'k', 0);
	stamps_write(&store->stamps, &out);
	write_set(&out, &store->set, places);
	ret = checksummed_write(path, OWN_STORE_KIND, out.buf);
	strbuf_release(&out);
	return ret;
}

/* --- read --- */

struct reading {
	struct own_store *store;
	const struct tree *tree;
	const struct places *places;
	const char *forget;	/* this goal is out of date; or NULL */
	bool *stale;		/* by the goal's number + 1 */
	bool any_stale;
	uint32_t *ids;		/* buffer for a list */
	size_t alloc;
};

/* Read numbers of at most `max`; returns how many, or SIZE_MAX if not valid. */
static size_t read_numbers(const char *p, uint32_t **ids, size_t *alloc)
{
	size_t nr = 0;

	while (*p) {
		uint32_t n = 0;

		if (*p++ != ' ' || *p < '0' || *p > '9')
			return SIZE_MAX;
		while (*p >= '0' && *p <= '9')
			n = n * 10 + (uint32_t)(*p++ - '0');
		ALLOC_GROW(*ids, nr + 1, *alloc);
		(*ids)[nr++] = n;
	}
	return nr;
}

static bool read_list(struct reading *r, const char *rest)
{
	struct command_set *set = &r->store->set;
	size_t nr = read_numbers(rest, &r->ids, &r->alloc), i;

	if (nr == SIZE_MAX || !nr)
		return false;
	for (i = 0; i < nr; i++)
		if (r->ids[i] >= set->strings.nr)
			return false;
	return command_set_list(set, r->ids, nr) == set->nr_lists - 1;
}

static bool read_command(struct reading *r, const char *rest)
{
	struct command_set *set = &r->store->set;
	struct set_command c;

	if (read_numbers(rest, &r->ids, &r->alloc) != 7)
		return false;
	c = (struct set_command){
		.file = r->ids[0], .module = r->ids[1], .dir = r->ids[2],
		.common = r->ids[3], .own = r->ids[4], .goal = r->ids[5],
		.is_module = r->ids[6] != 0,
	};
	if (c.file >= set->strings.nr || c.module >= set->strings.nr ||
	    c.dir >= set->strings.nr || c.common >= set->nr_lists ||
	    c.own >= set->nr_lists || c.goal > r->store->goals.nr)
		return false;
	if (!r->any_stale || !r->stale[c.goal])
		command_set_add(set, &c);
	return true;
}

/* Find the goals that are out of date, once all goals and stamps are read. */
static void find_stale(struct reading *r)
{
	struct own_store *store = r->store;
	uint32_t i, g;

	r->stale = xcalloc(store->goals.nr + 1, sizeof(*r->stale));
	g = r->forget ? intern_find(&store->goals, r->forget) : INTERN_NONE;
	if (g != INTERN_NONE)
		r->any_stale = r->stale[g + 1] = true;
	for (i = 0; i < store->stamps.paths.nr; i++) {
		const char *path = intern_str(&store->stamps.paths, i);

		if (!stamps_changed(&store->stamps, r->tree->root, i))
			continue;
		r->any_stale = true;
		verbose("%s has changed: make is asked for its commands again", path);
		for (g = 0; g < store->goals.nr; g++)
			if (kbuild_concerns(path, intern_str(&store->goals, g)))
				r->stale[g + 1] = true;
	}
}

static bool read_string(struct reading *r, const char *rest)
{
	struct intern_pool *strings = &r->store->set.strings;
	char *text = placeholder_show(rest, r->places);
	bool good = ccargs_is_kept(text) &&
		intern(strings, text) == strings->nr - 1;

	free(text);
	return good;
}

static bool read_store_line(struct reading *r, const char *line)
{
	struct own_store *store = r->store;
	const char *rest = line + 2;

	/* The first command: all goals and stamps have been read. */
	if (!strncmp(line, "stamp ", 6))
		return !r->stale && stamps_read(&store->stamps, line + 6);
	if (!line[0] || line[1] != ' ')
		return false;
	switch (line[0]) {
	case 'g':
		return *rest != '/' && !r->stale &&
			intern(&store->goals, rest) == store->goals.nr - 1;
	case 'n':
		intern(&store->searched, rest);
		return true;
	case 'k':
		intern(&store->keys, rest);
		return true;
	case 's':
		if (!r->stale)
			find_stale(r);
		return read_string(r, rest);
	case 'l':
		return read_list(r, line + 1);
	case 'c':
		return r->stale && read_command(r, line + 1);
	default:
		return false;
	}
}

/* The modules that are up to date keep theirs. */
static void drop_keys(struct own_store *store)
{
	struct intern_pool all = store->keys;
	uint32_t i;

	store->keys = (struct intern_pool)INTERN_POOL_INIT;
	for (i = 0; i < all.nr; i++) {
		const char *key = intern_str(&all, i), *goal = strchr(key, ' ');

		if (goal && intern_has(&store->goals, goal + 1))
			intern(&store->keys, key);
	}
	intern_release(&all);
}

/*
 * Remove goals that are out of date, all files that no goal builds, and all stamps;
 * stamp the other goals anew.
 */
static void drop_stale(struct reading *r)
{
	struct own_store *store = r->store;
	struct intern_pool all = store->goals;
	uint32_t *number = xcalloc(all.nr + 1, sizeof(*number)), g;
	size_t i;

	store->goals = (struct intern_pool)INTERN_POOL_INIT;
	intern_release(&store->searched);
	stamps_release(&store->stamps);
	for (g = 0; g < all.nr; g++) {
		const char *goal = intern_str(&all, g);

		if (r->stale[g + 1])
			continue;
		number[g + 1] = intern(&store->goals, goal) + 1;
		kbuild_stamp(r->tree, goal, &store->stamps);
	}
	for (i = 0; i < store->set.nr; i++)
		store->set.list[i].goal = number[store->set.list[i].goal];
	drop_keys(store);
	store->stamps.touched = true;
	free(number);
	intern_release(&all);
}

bool own_store_read(struct own_store *store, const struct tree *tree,
		    const struct places *places, const char *path,
		    const char *forget)
{
	struct reading r = { .store = store, .tree = tree,
			     .places = places, .forget = forget };
	char *text = checksummed_read(path, OWN_STORE_KIND), *line, *next;
	bool good = text != NULL;

	for (line = text; good && *line; line = next) {
		next = strchr(line, '\n');
		if (!next)
			break;
		*next++ = '\0';
		good = read_store_line(&r, line);
	}
	if (good && !r.stale)
		find_stale(&r);
	if (good && r.any_stale)
		drop_stale(&r);
	if (!good) {
		own_store_release(store);
		own_store_init(store);
	}
	free(r.stale);
	free(r.ids);
	free(text);
	return good;
}
