// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the uses of functions in the tokens of C files, and says whether each
 * is a definition, a declaration, a call, ...; for helper-uses.c.
 */
#include "fix/names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "lib/tokens.h"
#include "lib/alloc.h"
#include "lib/ctext.h"
#include "lib/diag.h"
#include "tree/tree.h"
#include "tree/walk.h"

/* --- what a name is used for --- */

struct scan {
	const struct tokens *all;
	unsigned int braces, parens;
	size_t function;	/* token of its name, SIZE_MAX: none */
	size_t next_function;
};

static bool begins_line(const struct token *t)
{
	return t->column == 1;
}

/* The kernel's functions begin and end in the first column. */
static void see_sign(struct scan *s, size_t i)
{
	const struct token *t = &s->all->list[i];

	if (token_is(s->all, i, "{")) {
		s->braces = begins_line(t) ? 1 : s->braces + 1;
		if (s->braces == 1) {
			s->function = s->next_function;
			s->parens = 0;
		}
	} else if (token_is(s->all, i, "}")) {
		s->braces -= s->braces != 0;
		if (begins_line(t))
			s->braces = 0;
		if (!s->braces) {
			s->function = s->next_function = SIZE_MAX;
			s->parens = 0;
		}
	} else if (token_is(s->all, i, "(")) {
		s->parens++;
	} else if (token_is(s->all, i, ")")) {
		s->parens -= s->parens != 0;
	}
}

/* A keyword after which `name(...)` is a call, not a declaration. */
static bool is_statement(const struct tokens *all, size_t i)
{
	static const char *const words[] = { "return", "else", "do", "case" };
	size_t w;

	for (w = 0; w < ARRAY_SIZE(words); w++)
		if (token_is(all, i, words[w]))
			return true;
	return false;
}

static enum name_use_kind kind_of(const struct scan *s, size_t i)
{
	const struct tokens *all = s->all;
	const struct token *t = &all->list[i];
	size_t end;

	if (t->directive)
		return t->define ? NAME_IN_MACRO : NAME_TAKEN;
	if (!token_is(all, i + 1, "("))
		return i >= 2 && token_is(all, i - 1, "(") &&
		       all->list[i - 2].len >= 13 &&
		       !memcmp(all->list[i - 2].p, "EXPORT_SYMBOL", 13) ?
			NAME_EXPORTED : NAME_TAKEN;
	if (s->braces)
		return s->function == SIZE_MAX ||
		       (i && all->list[i - 1].kind == TOKEN_WORD &&
			!is_statement(all, i - 1)) ? NAME_TAKEN : NAME_CALLED;
	if (s->parens)
		return NAME_TAKEN;
	end = tokens_behind_head(all, i + 1);
	return token_is(all, end, "{") ? NAME_DEFINED :
		token_is(all, end, ";") ? NAME_DECLARED : NAME_TAKEN;
}

static bool is_static(const struct tokens *all, size_t i)
{
	while (i-- > 0 && !all->list[i].directive && !token_is(all, i, ";") &&
	       !token_is(all, i, "}"))
		if (token_is(all, i, "static"))
			return true;
	return false;
}

/* Count the arguments, and keep the text of the last one. */
static void read_arguments(const struct tokens *all, size_t open,
			   struct name_use *use)
{
	size_t end = tokens_behind(all, open), first = open + 1, i;

	if (end == all->nr && !token_is(all, end - 1, ")"))
		return;
	for (i = open + 1; i + 1 < end; i++) {
		use->nr_args += i == open + 1 || token_is(all, i, ",");
		if (token_is(all, i, ","))
			first = i + 1;
		if (token_is(all, i, "(") || token_is(all, i, "[") || token_is(all, i, "{"))
			i = tokens_behind(all, i) - 1;
	}
	if (first + 1 < end)
		use->last_arg = xstrndup(all->list[first].p,
			(size_t)(all->list[end - 2].p +
				 all->list[end - 2].len - all->list[first].p));
}

static const char *find_name(const struct intern_pool *names, const char *p,
			     size_t len)
{
	uint32_t i;

	for (i = 0; i < names->nr; i++) {
		const char *name = intern_str(names, i);

		if (!strncmp(name, p, len) && !name[len])
			return name;
	}
	return NULL;
}

static void add_use(struct name_uses *uses, const struct scan *s, size_t i,
		    const char *file, const char *name)
{
	const struct token *t = &s->all->list[i];
	struct name_use *use;

	ALLOC_GROW(uses->list, uses->nr + 1, uses->alloc);
	use = &uses->list[uses->nr++];
	*use = (struct name_use){
		.file = xstrdup(file), .name = name, .kind = kind_of(s, i),
		.line = t->line, .column = t->column,
		.is_static = is_static(s->all, i),
	};
	if (use->kind == NAME_CALLED)
		use->function = xstrndup(s->all->list[s->function].p,
					 s->all->list[s->function].len);
	if (token_is(s->all, i + 1, "("))
		read_arguments(s->all, i + 1, use);
}

/* Call `see` for each word that is not a member, with its function. */
static void each_word(const struct tokens *all,
		      void (*see)(const struct scan *s, size_t i, void *data),
		      void *data)
{
	struct scan s = { .all = all, .function = SIZE_MAX,
		.next_function = SIZE_MAX };
	size_t i;

	for (i = 0; i < all->nr; i++) {
		const struct token *t = &all->list[i];
		bool member = i && (token_is(all, i - 1, ".") ||
				    (token_is(all, i - 1, ">") && i > 1 &&
				     token_is(all, i - 2, "-")));

		if (t->kind == TOKEN_WORD && !member)
			see(&s, i, data);
		if (t->directive)
			continue;
		if (t->kind == TOKEN_WORD && !s.braces && !s.parens &&
		    token_is(all, i + 1, "(") &&
		    token_is(all, tokens_behind_head(all, i + 1), "{"))
			s.next_function = s.next_function == SIZE_MAX ||
				!token_is(all, i - 1, ")") ? i : s.next_function;
		if (t->kind == TOKEN_SIGN)
			see_sign(&s, i);
	}
}

struct collecting {
	struct name_uses *uses;
	const struct intern_pool *names;
	const char *file;
};

static void collect_use(const struct scan *s, size_t i, void *data)
{
	const struct collecting *c = data;
	const struct token *t = &s->all->list[i];
	const char *name = find_name(c->names, t->p, t->len);

	if (name)
		add_use(c->uses, s, i, c->file, name);
}

void names_read(struct name_uses *uses, const struct intern_pool *names,
		const char *file, const char *text)
{
	struct tokens all = tokens_read(text);
	struct collecting c = { uses, names, file };

	each_word(&all, collect_use, &c);
	tokens_release(&all);
}

struct looking {
	const char *function, *name;
	bool found;
};

static void look_for_name(const struct scan *s, size_t i, void *data)
{
	struct looking *l = data;
	size_t at = s->function != SIZE_MAX ? s->function : s->next_function;

	l->found |= at != SIZE_MAX && i != at && token_is(s->all, i, l->name) &&
		    token_is(s->all, at, l->function);
}

bool names_in_function(const char *text, const char *function,
		       const char *name)
{
	struct tokens all = tokens_read(text);
	struct looking l = { function, name, false };

	each_word(&all, look_for_name, &l);
	tokens_release(&all);
	return l.found;
}

/* --- all of a tree --- */

struct searching {
	const struct intern_pool *names;
	const struct tree *tree;
	struct walk walk;
	bool *hit;
	bool starts[256];
	int root;
	atomic_size_t next;
};

static bool has_any(const struct searching *s, const char *p, const char *end)
{
	while (p < end) {
		const char *start = p;

		if (!ctext_in_name(*p)) {
			p++;
			continue;
		}
		while (p < end && ctext_in_name(*p))
			p++;
		if (s->starts[(unsigned char)*start] &&
		    find_name(s->names, start, (size_t)(p - start)))
			return true;
	}
	return false;
}

static void *search_files(void *data)
{
	struct searching *s = data;
	struct walk_text text = { NULL, 0, 0 };
	size_t i;

	while ((i = atomic_fetch_add(&s->next, 1)) < s->walk.nr) {
		struct walk_file *f = &s->walk.files[i];

		if (!f->failed)
			f->failed = walk_read(&text, s->tree, s->root,
					      f->path, 1);
		if (!f->failed)
			s->hit[i] = has_any(s, text.data,
					    text.data + text.len);
	}
	free(text.data);
	return NULL;
}

static bool is_code(const char *name)
{
	return (ends_with(name, ".c") || ends_with(name, ".h")) &&
	       !ends_with(name, ".mod.c");
}

static void read_sinks(struct name_uses *uses, struct searching *s)
{
	struct walk_text text = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < s->walk.nr; i++) {
		const struct walk_file *f = &s->walk.files[i];

		if (f->failed)
			warning("%s: cannot be read: %s", f->path,
				diag_strerror(f->failed));
		else if (s->hit[i] &&
			 !walk_read(&text, s->tree, s->root, f->path, 1))
			names_read(uses, s->names, f->path, text.data);
	}
	free(text.data);
}

void names_find(struct name_uses *uses, const struct tree *tree,
		const struct intern_pool *names, unsigned int jobs)
{
	const struct walk_options opt = { .tree = tree, .wanted = is_code,
		.jobs = jobs };
	struct searching s = { .names = names, .tree = tree,
		.walk = WALK_INIT };
	uint32_t i;

	if (!names->nr)
		return;
	for (i = 0; i < names->nr; i++)
		s.starts[(unsigned char)*intern_str(names, i)] = true;
	s.root = open(tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s.root < 0) {
		warning("cannot read %s: %s", tree->root, strerror(errno));
		return;
	}
	walk_tree(&s.walk, &opt);
	s.hit = xcalloc(s.walk.nr + 1, sizeof(*s.hit));
	walk_parallel(jobs, s.walk.nr, search_files, &s);
	read_sinks(uses, &s);
	close(s.root);
	free(s.hit);
	walk_release(&s.walk);
}

void names_release(struct name_uses *uses)
{
	size_t i;

	for (i = 0; i < uses->nr; i++) {
		free(uses->list[i].file);
		free(uses->list[i].function);
		free(uses->list[i].last_arg);
	}
	free(uses->list);
	*uses = (struct name_uses)NAME_USES_INIT;
}
