// SPDX-License-Identifier: GPL-2.0-only
#include "sparse/matter.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "sparse/declared.h"
#include "sparse/functions.h"
#include "tree/index.h"
#include "tree/lexicon.h"

/* No function of ours has more. */
#define MAX_ARGUMENTS	8

struct looking {
	const struct tree *tree;
	const struct api *api;
	struct declared declared;
	/* Whether a function starts so and is so long: few names are. */
	bool first[64][128];
};

static void add_name(const char *name, void *data)
{
	intern(data, name);
}

static void add_first(const char *name, void *data)
{
	struct looking *l = data;

	l->first[strlen(name) & 63][*name & 127] = true;
}

/* An identifier of the argument that stands in no call inside of it. */
static bool has_gfp(const struct looking *l, const struct text *text,
		    size_t start, size_t end, bool *any)
{
	size_t name, len;

	*any = false;
	while (text_identifier(text, start, end, &name, &len)) {
		struct text_call inner;

		*any = true;
		start = name + len;
		if (text_call_at(text, name, &inner) && inner.close < end)
			start = inner.close;
		else if (declared_gfp(&l->declared, text->code + name, len))
			return true;
	}
	return false;
}

static bool in_directive(const struct text *text, size_t at)
{
	while (at && (text->code[at - 1] != '\n' ||
		      (at > 1 && text->code[at - 2] == '\\')))
		at--;
	return text->code[at + strspn(text->code + at, " \t")] == '#';
}

static bool call_matters(const struct looking *l, const struct text *text,
			 const struct text_call *call,
			 const struct sparse_function *f)
{
	/* What a macro is given is seen where it is used. */
	bool macro = in_directive(text, call->name);
	unsigned int nr;

	for (nr = 1; nr <= MAX_ARGUMENTS; nr++) {
		size_t start, end;
		bool any, gfp;

		if (!text_argument(text, call, nr, &start, &end))
			break;
		if (nr == f->memory &&
		    (macro || declared_any_space(&l->declared, text, start,
						 end)))
			return true;
		if (!f->gfp && !f->attrs && !f->direction)
			continue;
		gfp = has_gfp(l, text, start, end, &any);
		if (nr == f->gfp ? any && !gfp && !macro : gfp)
			return true;
	}
	return false;
}

static bool text_matters(struct looking *l, const char *file,
			 const struct text *text)
{
	bool known = false;
	size_t at = 0, name, len;

	while (text_identifier(text, at, text->len, &name, &len)) {
		struct sparse_function f;
		struct text_call call;

		at = name + len;
		if (!l->first[len & 63][text->code[name] & 127] ||
		    !sparse_function(l->api, text->code + name, len, &f) ||
		    !text_call_at(text, name, &call))
			continue;
		if (!known)
			declared_look_at(&l->declared, file, text);
		known = true;
		if (call_matters(l, text, &call, &f))
			return true;
	}
	return false;
}

static void look_at(struct looking *l, const char *file,
		    struct intern_pool *files)
{
	struct text text = TEXT_INIT;
	char *path = path_join(l->tree->root, file);

	/* One that cannot be read is named by those that are to compile it. */
	if (text_read(&text, path) || text_matters(l, file, &text))
		intern(files, file);
	text_release(&text);
	free(path);
}

static bool is_below(const char *file, const char *const *paths, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(paths[i], ".") || path_below(file, paths[i]))
			return true;
	return !nr;
}

void sparse_matter(struct intern_pool *files, const struct tree *tree,
		   const struct api *api, const struct lexicon *lexicon,
		   const char *const *paths, size_t nr_paths)
{
	struct looking *l = xcalloc(1, sizeof(*l));
	struct intern_pool names = INTERN_POOL_INIT;
	struct index index = INDEX_INIT;
	uint32_t last = INTERN_NONE;
	size_t i;

	l->tree = tree;
	l->api = api;
	declared_init(&l->declared, tree);
	sparse_each_function(api, add_first, l);
	sparse_each_function(api, add_name, &names);
	index_find(&index, lexicon, &names);
	for (i = 0; i < index.nr; i++) {
		if (index.hits[i].file == last)
			continue;
		last = index.hits[i].file;
		if (is_below(intern_str(&index.files, last), paths, nr_paths))
			look_at(l, intern_str(&index.files, last), files);
	}
	index_release(&index);
	intern_release(&names);
	declared_release(&l->declared);
	free(l);
}
