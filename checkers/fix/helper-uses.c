// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds all uses of a function that is to get a parameter, in the text of the
 * tree; for helper.c.
 */
#include "fix/plan-internal.h"

#include "knowledge/api.h"
#include "lib/alloc.h"
#include "lib/path.h"
#include "tree/tree.h"

static bool maps_in(const struct plan_pairing *p, const char *file,
		    const char *function)
{
	size_t i;

	for (i = 0; i < p->nr_maps; i++)
		if (!strcmp(p->maps[i].file, file) &&
		    !strcmp(p->maps[i].function, function))
			return true;
	return false;
}

void helper_find_names(struct planner *planner)
{
	const struct findings *all = planner->opt->findings;
	size_t i, j;

	if (planner->has_names)
		return;
	planner->has_names = true;
	for (i = 0; i < all->nr; i++) {
		const struct finding *f = &all->list[i];
		const struct plan_site site = { .file = f->loc.file,
			.line = f->loc.line, .column = f->loc.column };

		if (!f->loc.function || !plan_is_missing(planner, &site))
			continue;
		if (!plan_who_brings(planner, f))
			continue;
		intern(&planner->names, f->loc.function);
		for (j = 0; j < planner->nr_sites; j++)
			if (!strcmp(planner->sites[j].file, f->loc.file) &&
			    (planner->sites[j].api->roles & API_UNMAP))
				intern(&planner->names,
				       planner->sites[j].function);
		for (j = 0; j < planner->nr; j++)
			if (maps_in(&planner->pairings[j], f->loc.file,
				    f->loc.function))
				intern(&planner->names,
				       planner->pairings[j].unmap.function);
	}
	names_find(&planner->uses, planner->opt->tree, &planner->names,
		   planner->opt->jobs);
}

/* The use of that kind of the function in the file, or NULL. */
static const struct name_use *find_use(const struct planner *planner,
				       const char *name, const char *file,
				       enum name_use_kind kind)
{
	size_t i;

	for (i = 0; i < planner->uses.nr; i++) {
		const struct name_use *u = &planner->uses.list[i];

		if (u->kind == kind && !strcmp(u->name, name) &&
		    !strcmp(u->file, file))
			return u;
	}
	return NULL;
}

static bool file_includes(const struct planner *planner, const char *file,
			  const char *other)
{
	char *text = tree_read(planner->opt->tree, file, NULL);
	char *name = xstrfmt("%s\"", path_basename(other));
	const char *p = text;
	bool found = false;

	while (p && !found && (p = strstr(p, name))) {
		const char *start = p;

		while (start > text && start[-1] != '\n')
			start--;
		found = *start == '#' && (p[-1] == '"' || p[-1] == '/');
		p++;
	}
	free(name);
	free(text);
	return found;
}

/* Whether uses in `file` are of another function of that name. */
static bool is_of_another(const struct planner *planner,
			  const struct helper_target *t, const struct name_use *def,
			  const char *file, char **why)
{
	const struct name_use *own;

	if (!strcmp(file, t->file))
		return false;
	if (def->is_static && !ends_with(t->file, ".h")) {
		if (file_includes(planner, file, t->file))
			*why = xstrfmt("%s includes %s and also uses the name %s()",
				       file, t->file, t->name);
		return true;
	}
	own = find_use(planner, t->name, file, NAME_DEFINED);
	if (!own)
		return false;
	if (own->is_static && !ends_with(file, ".h"))
		return true;
	/* A stub in a header, for a configuration without the function. */
	if (ends_with(file, ".h") &&
	    find_use(planner, t->name, file, NAME_DECLARED))
		return false;
	*why = xstrfmt("%s() is also defined in %s:%u", t->name, file,
		       own->line);
	return true;
}

static char *use_obstacle(const struct helper_target *t,
			  const struct name_use *u, const struct name_use *def)
{
	if (u->kind == NAME_IN_MACRO)
		return xstrfmt("a macro uses %s() (%s:%u), and the callers of that macro are not known",
			       t->name, u->file, u->line);
	if (u->kind == NAME_TAKEN)
		return xstrfmt("%s() is used without being called (%s:%u), so it may be called through a pointer",
			       t->name, u->file, u->line);
	if (u->kind == NAME_EXPORTED)
		return NULL;
	if (u->nr_args != def->nr_args)
		return xstrfmt("%s() has a different number of arguments in %s:%u",
			       t->name, u->file, u->line);
	if (u->kind == NAME_CALLED && !strcmp(u->function, t->name))
		return xstrfmt("%s() calls itself", t->name);
	return NULL;
}

char *helper_find_uses(const struct planner *planner, struct helper_target *t)
{
	const struct name_use *def = find_use(planner, t->name, t->file,
					      NAME_DEFINED);
	char *why = NULL;
	size_t i, alloc = 0;

	if (!def)
		return xstrfmt("cannot find the definition of %s() in %s",
			       t->name, t->file);
	if (def->last_arg && !strcmp(def->last_arg, "..."))
		return xstrfmt("%s() is variadic", t->name);
	for (i = 0; i < planner->uses.nr; i++) {
		const struct name_use *u = &planner->uses.list[i];
		char *other = NULL;
		bool another = !strcmp(u->name, t->name) &&
			is_of_another(planner, t, def, u->file, &other);

		if (why)
			free(other);
		else
			why = other;
		if (another || strcmp(u->name, t->name))
			continue;
		ALLOC_GROW(t->uses, t->nr + 1, alloc);
		t->uses[t->nr++] = u;
		why = why ? why : use_obstacle(t, u, def);
	}
	return why;
}

/* "unsigned long attrs": "attrs". */
static char *name_at_end(const char *declaration)
{
	const char *end = declaration + strlen(declaration), *p = end;

	while (p > declaration && (p[-1] == '_' ||
				   (p[-1] >= '0' && p[-1] <= '9') ||
				   (p[-1] >= 'A' && p[-1] <= 'Z') ||
				   (p[-1] >= 'a' && p[-1] <= 'z')))
		p--;
	return xstrndup(p, (size_t)(end - p));
}

/* A name for the parameter that the function does not use yet, or NULL. */
static char *new_name(const struct planner *planner, const struct helper_target *t)
{
	static const char *const names[] = { "attrs", "dma_attrs" };
	char *text = tree_read(planner->opt->tree, t->file, NULL);
	const char *found = NULL;
	size_t i;

	for (i = 0; text && i < ARRAY_SIZE(names) && !found; i++)
		if (!names_in_function(text, t->name, names[i]))
			found = names[i];
	free(text);
	return found ? xstrdup(found) : NULL;
}

char *helper_prepare(const struct planner *planner, struct helper_target *t)
{
	const struct name_use *def;
	char *why = helper_find_uses(planner, t);

	if (why)
		return why;
	def = find_use(planner, t->name, t->file, NAME_DEFINED);
	if (t->param < 0) {
		t->attr = new_name(planner, t);
		return t->attr ? NULL : xstrfmt("%s() already uses the name attrs for something else",
						t->name);
	}
	if (def->nr_args != (unsigned int)t->param + 1)
		return xstrfmt("the attributes are not the last parameter of %s(); let the callers that pass user memory pass " REQUIRE_COHERENT " as well",
			       t->name);
	t->attr = name_at_end(def->last_arg ? def->last_arg : "");
	return NULL;
}

void helper_release(struct helper_target *t)
{
	free(t->uses);
	free(t->attr);
	t->uses = NULL;
	t->attr = NULL;
	t->nr = 0;
}
