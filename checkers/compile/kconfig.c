// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the condition of each symbol from all Kconfig files except those of arch/,
 * and finds out whether the symbols of a file can be set without COMPILE_TEST and
 * without the machines that the caller knows; for rules/common/machines.c.
 */
#include "compile/kconfig.h"

#include <ctype.h>
#include <uthash.h>

#include "compile/makefile.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "lib/strvec.h"

/* The depth of source within source, and of parentheses. */
#define MAX_DEPTH 32

/* Bounds for one file, and for the files read: a tree may have loops. */
#define MAX_STEPS 10000

enum answer { NOT_ASKED, ASKING, POSSIBLE, IMPOSSIBLE };

struct symbol {
	UT_hash_handle hh;
	struct strvec conditions;	/* one a definition; one of them must hold */
	enum answer answer;
	char name[];
};

struct kconfig {
	const struct tree *tree;
	const char *(*machine)(const char *symbol, const void *data);
	const void *data;
	struct symbol *symbols;
	const char *said;	/* about the first machine that it depends on */
	bool is_read;
	unsigned int steps;	/* left */
};

/* Reading one file. */
struct reading {
	struct kconfig *kconfig;
	struct strvec scopes;	/* conditions of if, menu and choice around */
	struct symbol *symbol;	/* being defined, or NULL */
	struct strbuf condition;	/* of its own */
	bool in_header;		/* behind menu or choice: "depends on" is its */
	bool in_help;
	unsigned int help_indent;	/* 0: unknown yet */
};

struct kconfig *kconfig_new(const struct tree *tree,
			    const char *(*machine)(const char *symbol,
						   const void *data),
			    const void *data)
{
	struct kconfig *k = xcalloc(1, sizeof(*k));

	k->tree = tree;
	k->machine = machine;
	k->data = data;
	return k;
}

void kconfig_free(struct kconfig *kconfig)
{
	struct symbol *s, *next;

	if (!kconfig)
		return;
	HASH_ITER(hh, kconfig->symbols, s, next) {
		HASH_DEL(kconfig->symbols, s);
		strvec_release(&s->conditions);
		free(s);
	}
	free(kconfig);
}

/* Whether a step is left; without one, everything is taken to be possible. */
static bool take_step(struct kconfig *k)
{
	k->steps -= k->steps > 0;
	return k->steps > 0;
}

/* --- reading --- */

static struct symbol *symbol_get(struct kconfig *k, const char *name,
				 size_t len)
{
	struct symbol *s;

	HASH_FIND(hh, k->symbols, name, len, s);
	if (s)
		return s;
	s = xcalloc(1, sizeof(*s) + len + 1);
	s->conditions = (struct strvec)STRVEC_INIT;
	memcpy(s->name, name, len);
	HASH_ADD(hh, k->symbols, name[0], len, s);
	return s;
}

static void end_symbol(struct reading *r)
{
	struct strbuf all = STRBUF_INIT;
	size_t i;

	r->in_header = false;
	if (!r->symbol)
		return;
	for (i = 0; i < r->scopes.nr; i++)
		if (*r->scopes.v[i])
			strbuf_addf(&all, "(%s) && ", r->scopes.v[i]);
	strbuf_addf(&all, "%s", r->condition.len ? r->condition.buf : "y");
	strvec_push_nodup(&r->symbol->conditions, strbuf_detach(&all, NULL));
	strbuf_reset(&r->condition);
	r->symbol = NULL;
}

static void pop_scope(struct reading *r)
{
	if (r->scopes.nr)
		free(r->scopes.v[--r->scopes.nr]);
	if (r->scopes.alloc)
		r->scopes.v[r->scopes.nr] = NULL;
}

static void add_condition(struct reading *r, const char *text)
{
	char **scope;

	if (r->symbol) {
		strbuf_addf(&r->condition, "%s(%s)",
			    r->condition.len ? " && " : "", text);
	} else if (r->in_header && r->scopes.nr) {
		char *old;

		scope = &r->scopes.v[r->scopes.nr - 1];
		old = *scope;
		*scope = *old ? xstrfmt("%s && (%s)", old, text) :
			 xstrfmt("(%s)", text);
		free(old);
	}
}

static void read_kconfig(struct kconfig *k, const char *path,
			 const struct strvec *scopes, unsigned int depth);

static void read_sourced(struct reading *r, const char *text,
			 unsigned int depth)
{
	size_t len;
	char *path;

	text += *text == '"';
	len = strcspn(text, "\" \t");
	if (!len || memchr(text, '$', len) || depth >= MAX_DEPTH ||
	    !take_step(r->kconfig))
		return;
	path = xstrndup(text, len);
	read_kconfig(r->kconfig, path, &r->scopes, depth + 1);
	free(path);
}

/* The rest of the line behind the word; NULL if it begins with another word. */
static const char *behind(const char *line, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(line, word, len) ||
	    (line[len] && !isspace((unsigned char)line[len])))
		return NULL;
	return line + len + strspn(line + len, " \t");
}

static void read_statement(struct reading *r, const char *line,
			   unsigned int depth)
{
	const char *rest;

	if ((rest = behind(line, "config")) ||
	    (rest = behind(line, "menuconfig"))) {
		end_symbol(r);
		r->symbol = symbol_get(r->kconfig, rest,
				       strcspn(rest, " \t#"));
	} else if ((rest = behind(line, "depends on"))) {
		add_condition(r, rest);
	} else if (behind(line, "help")) {
		r->in_help = true;
		r->help_indent = 0;
	} else if ((rest = behind(line, "if"))) {
		end_symbol(r);
		strvec_push(&r->scopes, rest);
	} else if (behind(line, "menu") || behind(line, "choice")) {
		end_symbol(r);
		strvec_push(&r->scopes, "");
		r->in_header = true;
	} else if (behind(line, "endif") || behind(line, "endmenu") ||
		   behind(line, "endchoice")) {
		end_symbol(r);
		pop_scope(r);
	} else if ((rest = behind(line, "source"))) {
		end_symbol(r);
		read_sourced(r, rest, depth);
	} else if (behind(line, "comment")) {
		end_symbol(r);
	}
}

/* Whether the line is help text, which ends at a smaller indent. */
static bool is_help(struct reading *r, const char *line, unsigned int indent)
{
	if (!r->in_help || !*line)
		return r->in_help;
	if (!r->help_indent)
		r->help_indent = indent ? indent : 1;
	r->in_help = indent >= r->help_indent;
	return r->in_help;
}

static void read_kconfig(struct kconfig *k, const char *path,
			 const struct strvec *scopes, unsigned int depth)
{
	struct reading r = { .kconfig = k, .scopes = STRVEC_INIT,
			     .condition = STRBUF_INIT };
	char *text, *line = NULL;
	FILE *in = tree_stream(k->tree, path, &text);
	size_t alloc = 0;

	strvec_pushv(&r.scopes, strvec_list(scopes), scopes->nr);
	while (in && makefile_line(in, &line, &alloc)) {
		unsigned int indent = 0;
		char *p;

		for (p = line; *p == ' ' || *p == '\t'; p++)
			indent = *p == '\t' ? (indent | 7) + 1 : indent + 1;
		if (!is_help(&r, p, indent) && *p != '#')
			read_statement(&r, p, depth);
	}
	end_symbol(&r);
	free(line);
	if (in)
		fclose(in);
	free(text);
	strvec_release(&r.scopes);
	strbuf_release(&r.condition);
}

/* --- can it be set? --- */

static bool is_possible(struct kconfig *k, const char *name, size_t len);

static bool read_or(struct kconfig *k, const char **p, unsigned int depth);

static const char *skip_blank(const char *p)
{
	return p + strspn(p, " \t");
}

static size_t word_length(const char *p)
{
	return strcspn(p, " \t()!=<>&|#");
}

/* A symbol, a comparison, or an expression in parentheses. */
static bool read_term(struct kconfig *k, const char **p, unsigned int depth)
{
	bool yes;
	size_t len;

	*p = skip_blank(*p);
	if (depth > MAX_DEPTH || !**p)
		return true;
	if (**p == '!') {
		(*p)++;
		read_term(k, p, depth + 1);
		/* A symbol can always be unset. */
		return true;
	}
	if (**p == '(') {
		(*p)++;
		yes = read_or(k, p, depth + 1);
		*p = skip_blank(*p);
		*p += **p == ')';
		return yes;
	}
	len = word_length(*p);
	if (!len) {
		(*p)++;
		return true;
	}
	yes = is_possible(k, *p, len);
	*p = skip_blank(*p + len);
	if (**p == '=' || **p == '<' || **p == '>' ||
	    (**p == '!' && (*p)[1] == '=')) {
		bool not = **p == '!';

		*p += strspn(*p, "=<>! \t");
		len = word_length(*p);
		/* X=y, X=m and X!=n ask for what X does. */
		yes |= len != 1 || !strchr(not ? "n" : "ym", **p);
		*p += len;
	}
	return yes;
}

static bool read_and(struct kconfig *k, const char **p, unsigned int depth)
{
	bool yes = read_term(k, p, depth);

	for (*p = skip_blank(*p); !strncmp(*p, "&&", 2); *p = skip_blank(*p)) {
		*p += 2;
		yes &= read_term(k, p, depth);
	}
	return yes;
}

static bool read_or(struct kconfig *k, const char **p, unsigned int depth)
{
	const char *said = k->said;
	bool yes = read_and(k, p, depth);

	for (*p = skip_blank(*p); !strncmp(*p, "||", 2); *p = skip_blank(*p)) {
		*p += 2;
		yes |= read_and(k, p, depth);
	}
	/* It depends on a machine only if both arms do. */
	if (yes)
		k->said = said;
	return yes;
}

/* Whether a symbol can be set without COMPILE_TEST and those machines. */
static bool is_possible(struct kconfig *k, const char *name, size_t len)
{
	const char *said;
	struct symbol *s;
	char *copy;
	size_t i;

	if ((len == 1 && *name == 'n') ||
	    (len == 12 && !memcmp(name, "COMPILE_TEST", len)))
		return false;
	copy = xstrndup(name, len);
	said = k->machine(copy, k->data);
	free(copy);
	if (said) {
		k->said = k->said ? k->said : said;
		return false;
	}
	HASH_FIND(hh, k->symbols, name, len, s);
	if (!s || !s->conditions.nr || s->answer == ASKING ||
	    s->answer == POSSIBLE || !take_step(k))
		return true;
	if (s->answer == IMPOSSIBLE && k->said)
		return false;
	s->answer = ASKING;
	for (i = 0; i < s->conditions.nr; i++) {
		const char *p = s->conditions.v[i];

		if (read_or(k, &p, 0)) {
			s->answer = POSSIBLE;
			return true;
		}
	}
	s->answer = IMPOSSIBLE;
	return false;
}

/* --- Makefiles --- */

static bool object_is_possible(struct kconfig *k, const char *dir,
			       const char *object, unsigned int depth);

/* "obj-$(CONFIG_X) += object", "whole-y += object": whether that is possible. */
static bool line_is_possible(struct kconfig *k, const char *dir,
			     const char *line, unsigned int depth)
{
	const char *start = skip_blank(line), *dash, *symbol;
	size_t len = strcspn(start, " \t:+=?");
	char *whole;
	bool yes;

	symbol = strstr(start, "$(CONFIG_");
	if (symbol && symbol < start + len &&
	    !is_possible(k, symbol + 9, strcspn(symbol + 9, ")")))
		return false;
	for (dash = start + len; dash > start && *dash != '-'; dash--)
		;
	if (dash == start || !strncmp(start, "obj-", 4) ||
	    !strncmp(start, "lib-", 4))
		return true;
	whole = xstrfmt("%.*s.o", (int)(dash - start), start);
	yes = object_is_possible(k, dir, whole, depth + 1);
	free(whole);
	return yes;
}

/* Whether a line of the folder's Makefile can build it; true if none names it. */
static bool object_is_possible(struct kconfig *k, const char *dir,
			       const char *object, unsigned int depth)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	bool named = false, yes = false;
	size_t i, alloc = 0;
	char *line = NULL;

	if (!take_step(k))
		return true;
	for (i = 0; i < ARRAY_SIZE(names) && depth < MAX_DEPTH; i++) {
		char *path = path_join(dir, names[i]), *text;
		FILE *in = tree_stream(k->tree, path, &text);

		while (in && makefile_line(in, &line, &alloc)) {
			const char *is = strchr(line, '=');

			if (!is || *line == '#' || *line == '\t' ||
			    !makefile_has_word(is + 1, object))
				continue;
			named = true;
			yes |= line_is_possible(k, dir, line, depth);
		}
		if (in)
			fclose(in);
		free(text);
		free(path);
	}
	free(line);
	return yes || !named;
}

static bool folder_is_possible(struct kconfig *k, const char *dir)
{
	char *parent = path_dirname(dir), *object;
	bool yes = true;

	if (strcmp(dir, ".") && strcmp(dir, "/")) {
		object = xstrfmt("%s/", path_basename(dir));
		yes = object_is_possible(k, parent, object, 0) &&
			folder_is_possible(k, parent);
		free(object);
	}
	free(parent);
	return yes;
}

const char *kconfig_only_for(struct kconfig *kconfig, const char *file)
{
	const struct strvec none = STRVEC_INIT;
	char *dir = path_dirname(file), *object = xstrdup(path_basename(file));
	size_t len = strlen(object);
	bool yes = true;

	kconfig->steps = MAX_STEPS;
	if (!kconfig->is_read)
		read_kconfig(kconfig, "Kconfig", &none, 0);
	kconfig->is_read = true;
	kconfig->said = NULL;
	if (ends_with(object, ".c") && *file != '.') {
		object[len - 1] = 'o';
		yes = object_is_possible(kconfig, dir, object, 0) &&
			folder_is_possible(kconfig, dir);
	}
	free(object);
	free(dir);
	return yes ? NULL : kconfig->said;
}
