// SPDX-License-Identifier: GPL-2.0-only
/*
 * The .conf files: sections, names and values with the places they are from, for
 * api.c and policy.c.
 */
#include "knowledge/conf.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <uthash.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strvec.h"

/* A line that is longer is an error; inih would cut it at 200. */
#define MAX_LINE 4096
/* inih cuts what is longer. */
#define MAX_SECTION 50
#define MAX_FILE ((size_t)16 << 20)

struct conf_index {
	UT_hash_handle hh;
	size_t entry;
	char key[];
};

/* One file while it is being read. */
struct reader {
	FILE *in;
	struct conf *conf;
	const char *path;
	char *line;		/* the one that inih works on */
	size_t alloc;
	unsigned int lineno;
	size_t first;		/* entries before this file */
	size_t *current;	/* entries that this file has set */
	size_t nr, alloc_current;
	bool skip;		/* the section is bad: its entries are passed over */
	bool failed;
};

static printf_like(3, 0)
int error_in_line(const char *path, unsigned int line, const char *fmt,
		  va_list args)
{
	char *text = xvstrfmt(fmt, args);

	error("%s:%u: %s", path, line, text);
	free(text);
	return -1;
}

static printf_like(2, 3)
int bad_line(struct reader *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	error_in_line(r->path, r->lineno, fmt, args);
	va_end(args);
	r->failed = true;
	return -1;
}

/*
 * inih says the line of its first error only, and of no entry at all: so the
 * lines are counted here, and those that it would choke on never get there.
 */
static char *next_line(char *str, int num, void *stream)
{
	struct reader *r = stream;
	ssize_t len = getline(&r->line, &r->alloc, r->in);
	bool section;

	*str = '\0';
	if (len < 0)
		return NULL;
	r->lineno++;
	section = r->line[0] == '[';
	if (section)
		r->skip = !strchr(r->line, ']') ||
			strcspn(r->line, "]") > MAX_SECTION;
	if (memchr(r->line, '\0', (size_t)len))
		bad_line(r, "the line holds a NUL byte; is this a text file?");
	else if (len >= num)
		bad_line(r, "the line is longer than %d bytes; go on in an indented line",
			 num - 1);
	else if (section && !strchr(r->line, ']'))
		bad_line(r, "no ']' at the end of the section's name");
	else if (section && r->skip)
		bad_line(r, "the section's name is longer than %d bytes",
			 MAX_SECTION - 1);
	else
		memcpy(str, r->line, (size_t)len + 1);
	return str;
}

static struct conf_entry *find_entry(const struct conf *conf, const char *key)
{
	struct conf_index *found;

	HASH_FIND_STR(conf->index, key, found);
	return found ? &conf->list[found->entry] : NULL;
}

static struct conf_entry *add_entry(struct conf *conf, const char *section,
				    const char *name, char *key)
{
	struct conf_index *index = xmalloc(sizeof(*index) + strlen(key) + 1);
	struct conf_entry *e;

	index->entry = conf->nr;
	memcpy(index->key, key, strlen(key) + 1);
	HASH_ADD_STR(conf->index, key, index);
	ALLOC_GROW(conf->list, conf->nr + 1, conf->alloc);
	e = &conf->list[conf->nr++];
	*e = (struct conf_entry){
		.section = xstrdup(section),
		.name = xstrdup(name),
		.key = key,
	};
	return e;
}

/* This file's entry `name`, and its new value; a second one is an error. */
static void set(struct reader *r, const char *section, const char *name,
		const char *value)
{
	char *key = xstrfmt("%s]%s", section, name);
	struct conf_entry *e = find_entry(r->conf, key);

	if (e && e->file == r->path) {
		bad_line(r, "'%s' stands in [%s] already, in line %u", name,
			 section, e->line);
		free(key);
		return;
	}
	if (e)
		free(key);
	else
		e = add_entry(r->conf, section, name, key);
	free(e->value);
	e->value = xstrdup(value);
	e->file = r->path;
	e->line = r->lineno;
	ALLOC_GROW(r->current, r->nr + 1, r->alloc_current);
	r->current[r->nr++] = (size_t)(e - r->conf->list);
}

static void append(struct reader *r, const char *value)
{
	struct conf_entry *e = &r->conf->list[r->current[r->nr - 1]];
	char *joined;

	if (!e->value[0])
		joined = xstrdup(value);
	else
		joined = xstrfmt("%s %s", e->value, value);
	free(e->value);
	e->value = joined;
}

static char *stripped(const char *s, size_t len)
{
	while (len && strchr(" \t", s[len - 1]))
		len--;
	return xstrndup(s, len);
}

/*
 * inih takes "a:b = c" for the name "a" with the value "b = c"; here a name
 * may hold a colon, so that one is put together again.
 */
static int entry(void *user, const char *section, const char *name,
		 const char *value)
{
	struct reader *r = user;
	const char *equals = value ? strchr(value, '=') : NULL;
	char *whole, *front;

	if (r->skip)
		return 1;
	if (r->line[0] == ' ' || r->line[0] == '\t') {
		if (r->nr && value)
			append(r, value);
		else
			bad_line(r, "an indented line goes on with an entry, and there is none before it");
	} else if (!value) {
		bad_line(r, "neither 'name = value' nor '[section]'");
	} else if (!*name) {
		bad_line(r, "no name before the '='");
	} else if (!*section) {
		bad_line(r, "'%s' stands before the first [section]", name);
	} else if (r->line[strcspn(r->line, "=:")] == '=') {
		set(r, section, name, value);
	} else if (!equals) {
		bad_line(r, "no '=' after the name");
	} else {
		front = stripped(value, (size_t)(equals - value));
		whole = xstrfmt("%s:%s", name, front);
		set(r, section, whole, equals + 1 + strspn(equals + 1, " \t"));
		free(front);
		free(whole);
	}
	return 1;
}

/* An empty value removes the entry of an earlier file. */
static void remove_empty(struct reader *r)
{
	size_t i;

	for (i = 0; i < r->nr; i++) {
		struct conf_entry *e = &r->conf->list[r->current[i]];
		bool is_new = r->current[i] >= r->first || e->removed;

		e->removed = !e->value[0];
		if (!e->removed || !is_new)
			continue;
		conf_error(e, "'%s' has no value, and there is none in [%s] to remove",
			   e->name, e->section);
		r->failed = true;
	}
}

/* Pairs: the copy, and what it is a copy of. */
static struct strvec copies = STRVEC_INIT;

void conf_show_as(const char *path, const char *shown)
{
	strvec_push(&copies, path);
	strvec_push(&copies, shown);
}

static const char *shown(const char *path)
{
	size_t i;

	for (i = 0; i < copies.nr; i += 2)
		if (!strcmp(copies.v[i], path))
			return copies.v[i + 1];
	return path;
}

int conf_read(struct conf *conf, const char *path)
{
	struct reader r = { .conf = conf, .first = conf->nr };
	int bad, ret = -1;

	ALLOC_GROW(conf->files, conf->nr_files + 1, conf->alloc_files);
	conf->files[conf->nr_files] = xstrdup(shown(path));
	r.path = conf->files[conf->nr_files++];
	r.in = path_fopen(path, MAX_FILE);
	if (!r.in)
		return error_errno("cannot read %s", path);
	ini_max_line = MAX_LINE;
	ini_allow_no_value = true;
	ini_allow_inline_comments = false;
	bad = ini_parse_stream(next_line, &r, entry, &r);
	if (ferror(r.in)) {
		error_errno("cannot read %s", path);
		goto cleanup;
	}
	remove_empty(&r);
	if (bad > 0 && !r.failed)
		error("%s:%d: neither 'name = value' nor '[section]'", r.path,
		      bad);
	else if (!r.failed)
		ret = 0;
cleanup:
	fclose(r.in);
	free(r.line);
	free(r.current);
	return ret;
}

int conf_read_all(struct conf *conf, const char *path,
		  const char *const *more, size_t nr)
{
	int ret = conf_read(conf, path);
	size_t i;

	for (i = 0; i < nr; i++)
		if (conf_read(conf, more[i]))
			ret = -1;
	return ret;
}

int conf_error(const struct conf_entry *entry, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	error_in_line(entry->file, entry->line, fmt, args);
	va_end(args);
	return -1;
}

const char *conf_word(const char **text, size_t *len)
{
	const char *word = *text + strspn(*text, " \t");

	*len = strcspn(word, " \t");
	*text = word + *len;
	return *len ? word : NULL;
}

uint64_t conf_hash(const struct conf *conf)
{
	XXH64_state_t *state = XXH64_createState();
	uint64_t hash;
	size_t i;

	if (!state)
		die("out of memory");
	XXH64_reset(state, 0);
	for (i = 0; i < conf->nr; i++) {
		const struct conf_entry *e = &conf->list[i];

		if (e->removed)
			continue;
		XXH64_update(state, e->key, strlen(e->key) + 1);
		XXH64_update(state, e->value, strlen(e->value) + 1);
	}
	hash = XXH64_digest(state);
	XXH64_freeState(state);
	return hash;
}

void conf_release(struct conf *conf)
{
	struct conf_index *index, *tmp;
	size_t i;

	HASH_ITER(hh, conf->index, index, tmp) {
		HASH_DEL(conf->index, index);
		free(index);
	}
	for (i = 0; i < conf->nr; i++) {
		free(conf->list[i].section);
		free(conf->list[i].name);
		free(conf->list[i].value);
		free(conf->list[i].key);
	}
	free(conf->list);
	for (i = 0; i < conf->nr_files; i++)
		free(conf->files[i]);
	free(conf->files);
	*conf = (struct conf)CONF_INIT;
}
