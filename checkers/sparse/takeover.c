// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds the call that a warning of sparse is about, from the tokens of the file; for
 * sparse.c. libclang's facts do not have __user and __iomem, nor the end of the
 * macro whose name sparse reports.
 */
#include "sparse/takeover.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "sparse/functions.h"

/* The call and the argument that a warning is about. */
struct found {
	struct source_call call;
	struct sparse_function function;
	unsigned int argument;
};

void takeover_init(struct takeover *takeover, const struct tree *tree,
		   const struct api *api)
{
	memset(takeover, 0, sizeof(*takeover));
	takeover->tree = tree;
	takeover->api = api;
	declared_init(&takeover->declared, tree);
}

void takeover_reset(struct takeover *takeover)
{
	size_t i;

	for (i = 0; i < takeover->nr; i++) {
		free(takeover->list[i].file);
		free(takeover->list[i].function);
		free(takeover->list[i].message);
	}
	takeover->nr = 0;
	source_release(&takeover->source);
	free(takeover->file);
	takeover->file = NULL;
}

void takeover_release(struct takeover *takeover)
{
	takeover_reset(takeover);
	free(takeover->list);
	declared_release(&takeover->declared);
}

/* Read the source of `file`, as sparse names it; false if it is not in the tree. */
static bool open_file(struct takeover *t, const char *file)
{
	char *path = path_normalise(file);
	char *ours = tree_path(t->tree, path);
	bool good = *ours != '/';

	if (good && (!t->file || strcmp(t->file, ours))) {
		free(t->file);
		t->file = xstrdup(ours);
		source_release(&t->source);
		good = !source_read(&t->source, t->tree, ours);
		if (good)
			declared_look_at(&t->declared, ours, &t->source);
	}
	free(ours);
	free(path);
	return good && t->source.text;
}

static bool is_ours(const struct takeover *t, struct found *found)
{
	const struct token *name = &t->source.tokens.list[found->call.name];

	return sparse_function(t->api, name->p, name->len, &found->function);
}

/* Whether argument `nr` exists and names a __user or __iomem pointer. */
static bool names_space(const struct takeover *t, const struct found *found,
			unsigned int nr)
{
	size_t start, end;

	return source_argument(&t->source, &found->call, nr, &start, &end) &&
		declared_any_space(&t->declared, &t->source, start, end);
}

/*
 * The last word of a type that sparse prints is the name of the variable, if it has
 * one: "void [noderef] __user *buf".
 */
static const char *last_name(const char *type)
{
	const char *p = type + strlen(type);

	while (p > type && (p[-1] == '_' || (p[-1] >= '0' && p[-1] <= '9') ||
			    (p[-1] >= 'a' && p[-1] <= 'z') ||
			    (p[-1] >= 'A' && p[-1] <= 'Z')))
		p--;
	return p > type && (p[-1] == '*' || p[-1] == ' ') ? p : "";
}

/* Whether argument `nr` may have this type. */
static bool may_be(const struct takeover *t, const struct found *found,
		   unsigned int nr, const char *got)
{
	const char *wanted = last_name(got);
	size_t start, end, i;

	if (!source_argument(&t->source, &found->call, nr, &start, &end))
		return false;
	if (!*wanted || !strcmp(wanted, "gfp_t"))
		return true;
	for (i = start; i < end; i++)
		if (token_is(&t->source.tokens, i, wanted))
			return true;
	/* In a macro that it is passed to. */
	return declared_any_space(&t->declared, &t->source, start, end);
}

/* The only call of a known function between `from` and `to` that passes `test`. */
static bool only_one(const struct takeover *t, size_t from, size_t to,
		     const struct sparse_diagnostic *d,
		     bool (*test)(const struct takeover *t,
				  const struct found *found,
				  const struct sparse_diagnostic *d),
		     struct found *found)
{
	struct found one = { .argument = d->argument };
	bool any = false;

	for (; from < to; from++) {
		if (!source_call_at(&t->source, from, &one.call) ||
		    !is_ours(t, &one) || !test(t, &one, d))
			continue;
		if (any)
			return false;
		any = true;
		*found = one;
	}
	return any;
}

static bool argument_fits(const struct takeover *t, const struct found *found,
			  const struct sparse_diagnostic *d)
{
	return may_be(t, found, d->argument, d->got);
}

struct in_macro {
	const struct takeover *takeover;
	struct sparse_function function;
	bool any, many;
};

static void look_in_macro(const char *name, void *data)
{
	struct in_macro *m = data;
	struct sparse_function f;

	if (!sparse_function(m->takeover->api, name, strlen(name), &f))
		return;
	m->many |= m->any && strcmp(m->function.name, f.name);
	m->any = true;
	m->function = f;
}

/* The only known function that a macro of the driver calls. */
static bool macro_stands_for(const struct takeover *t,
			     const struct source_call *macro,
			     const struct sparse_diagnostic *d,
			     struct found *found)
{
	struct in_macro m = { .takeover = t };

	declared_macro(&t->declared, &t->source, macro->name, look_in_macro,
		       &m);
	found->call = *macro;
	found->function = m.function;
	if (!m.any || m.many)
		return false;
	return d->kind != SPARSE_SPACE ||
		(d->argument == m.function.memory &&
		 declared_any_space(&t->declared, &t->source, macro->open,
				    macro->close));
}

/* The function that gets an argument of the wrong type. */
static bool find_argument(const struct takeover *t, size_t at,
			  const struct sparse_diagnostic *d,
			  struct found *found)
{
	struct source_call macro;

	found->argument = d->argument;
	if (source_call_around(&t->source, at, &found->call) && is_ours(t, found) &&
	    source_argument_of(&t->source, &found->call, at) == d->argument)
		return true;
	if (!source_call_at(&t->source, at, &macro))
		return false;
	found->call = macro;
	if (is_ours(t, found) && argument_fits(t, found, d))
		return true;
	return only_one(t, macro.open, macro.close, d, argument_fits,
			found) ||
		macro_stands_for(t, &macro, d, found);
}

/* Whether it is a cast "(T *)", which yields an address. */
static bool is_pointer_cast(const struct takeover *t, size_t start, size_t end)
{
	size_t close = t->source.partner[start];

	return token_is(&t->source.tokens, start, "(") && close < end &&
		token_is(&t->source.tokens, close - 1, "*");
}

static bool is_forced(const struct takeover *t, size_t start, size_t end)
{
	for (; start < end; start++)
		if (token_is(&t->source.tokens, start, "__force"))
			return true;
	return false;
}

/*
 * Whether the cast may be that of the memory: of the argument of a macro that casts
 * by itself, or of one that starts with a cast to a pointer. The argument must be
 * known to have an address space; else the cast is another one.
 */
static bool cast_fits(const struct takeover *t, const struct found *found,
		      const struct sparse_diagnostic *d)
{
	size_t start, end;

	(void)d;
	return found->function.memory &&
		source_argument(&t->source, &found->call, found->function.memory,
			      &start, &end) &&
		(found->function.translates ||
		 is_pointer_cast(t, start, end)) &&
		!is_forced(t, start, end) &&
		names_space(t, found, found->function.memory);
}

/* The function that gets a pointer whose address space was cast away. */
static bool find_cast(const struct takeover *t, size_t at,
		      const struct sparse_diagnostic *d, struct found *found)
{
	struct source_call macro;
	size_t start, end;

	if (source_call_at(&t->source, at, &macro)) {
		if (!only_one(t, macro.name, macro.close, d, cast_fits, found))
			return false;
		found->argument = found->function.memory;
		return true;
	}
	if (!source_call_around(&t->source, at, &found->call) ||
	    !is_ours(t, found))
		return false;
	found->argument = found->function.memory;
	return cast_fits(t, found, d) &&
		source_argument(&t->source, &found->call, found->argument, &start,
			      &end) &&
		at >= start && at < end;
}

/* "user memory" or "I/O memory", which the type `got` points to; or NULL. */
static const char *space_of(const char *got)
{
	const char *star = strrchr(got, '*'), *space = strstr(got, "__user");
	const char *what = "user memory (__user)";

	if (!space) {
		space = strstr(got, "__iomem");
		what = "I/O memory (__iomem)";
	}
	/* A pointer to such a pointer is a kernel pointer. */
	if (!space || (star && strchr(space, '*') != star))
		return NULL;
	return what;
}

static const char *slot_name(const struct found *found)
{
	if (found->argument == found->function.gfp)
		return "gfp";
	if (found->argument == found->function.attrs)
		return "attributes";
	if (found->argument == found->function.direction)
		return "direction";
	return NULL;
}

static char *number_slot(unsigned int nr)
{
	return xstrfmt("argument %u", nr);
}

/* The memory, or the argument for the DMA handle of an allocation. */
static bool takes_address(const struct found *found)
{
	return found->argument == found->function.memory ||
		found->function.gfp;
}

/* The message; NULL if no rule reports it. */
static char *message(const struct sparse_diagnostic *d,
		     const struct found *found)
{
	const char *name = found->function.name, *what;
	const char *known = slot_name(found);
	char *slot, *text = NULL;

	if (d->kind == SPARSE_SPACE || d->kind == SPARSE_CAST) {
		what = space_of(d->got);
		if (what && takes_address(found) &&
		    !(d->expected && space_of(d->expected)))
			text = xstrfmt("a pointer to %s is given to %s(), which takes the kernel's own memory",
				       what, name);
		return text;
	}
	slot = known ? xstrdup(known) : number_slot(found->argument);
	if (strstr(d->got, "gfp_t") && !strstr(d->expected, "gfp_t"))
		text = xstrfmt("a gfp_t is given to %s() as %s", name, slot);
	else if (strstr(d->expected, "gfp_t") && !strstr(d->got, "gfp_t"))
		text = xstrfmt("what is no gfp_t is given to %s() as gfp",
			       name);
	free(slot);
	return text;
}

static bool is_taken_over(const struct takeover *t, const struct misuse *m)
{
	size_t i;

	for (i = 0; i < t->nr; i++)
		if (!strcmp(t->list[i].file, m->file) &&
		    t->list[i].line == m->line &&
		    t->list[i].column == m->column &&
		    !strcmp(t->list[i].message, m->message))
			return true;
	return false;
}

void takeover_one(struct takeover *takeover,
		  const struct sparse_diagnostic *diagnostic)
{
	struct found found = { .argument = 0 };
	struct misuse m = { .file = NULL };
	const struct token *name;
	size_t at;

	if (!diagnostic->got ||
	    (diagnostic->kind != SPARSE_CAST && !diagnostic->expected) ||
	    !open_file(takeover, diagnostic->file))
		return;
	at = source_at(&takeover->source, diagnostic->line,
		       diagnostic->column);
	if (at == SIZE_MAX ||
	    !(diagnostic->kind == SPARSE_CAST ?
	      find_cast(takeover, at, diagnostic, &found) :
	      find_argument(takeover, at, diagnostic, &found)))
		return;
	m.message = message(diagnostic, &found);
	if (!m.message)
		return;
	m.file = takeover->file;
	name = &takeover->source.tokens.list[found.call.name];
	m.line = name->line;
	m.column = name->column;
	if (is_taken_over(takeover, &m)) {
		free(m.message);
		return;
	}
	m.file = xstrdup(m.file);
	m.function = source_function(&takeover->source, found.call.name);
	if (!m.function)
		m.function = xstrdup("");
	ALLOC_GROW(takeover->list, takeover->nr + 1, takeover->alloc);
	takeover->list[takeover->nr++] = m;
}
