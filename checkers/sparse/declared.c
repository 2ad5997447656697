// SPDX-License-Identifier: GPL-2.0-only
/*
 * Collects the names that each file declares as __user, __iomem or gfp_t, and joins
 * those that a file sees through its #include directives; for candidates.c.
 */
#include "sparse/declared.h"

#include "lib/alloc.h"
#include "lib/path.h"
#include "sparse/includes.h"

/* How many levels of quoted headers are followed. */
#define MAX_DEPTH	8

struct name_list {
	uint32_t *list;
	size_t nr, alloc;
};

struct declared_file {
	struct name_list space, gfp;	/* numbers in declared.names */
	struct name_list macros, bodies;	/* a macro, and a name in its body */
	struct name_list quoted, angled;	/* numbers in declared.paths */
	uint32_t generation;		/* of its last visit */
};

/* Functions that return such pointers, declared by macros or in deep headers. */
static const char *const makers[] = {
	"__iomem", "__user", "acpi_os_map_iomem", "compat_ptr",
	"devm_ioremap", "devm_ioremap_resource", "devm_ioremap_wc",
	"devm_of_iomap", "devm_platform_get_and_ioremap_resource",
	"devm_platform_ioremap_resource",
	"devm_platform_ioremap_resource_byname", "ioport_map", "ioremap",
	"ioremap_cache", "ioremap_np", "ioremap_prot", "ioremap_uc",
	"ioremap_wc", "iov_base", "of_iomap", "of_io_request_and_map",
	"pci_iomap", "pci_iomap_range", "pci_iomap_wc", "pci_ioremap_bar",
	"pci_ioremap_wc_bar", "pcim_iomap", "pcim_iomap_region",
	"pcim_iomap_table", "screen_base", "u64_to_user_ptr",
};

static void add_to_list(struct name_list *list, uint32_t id)
{
	ALLOC_GROW(list->list, list->nr + 1, list->alloc);
	list->list[list->nr++] = id;
}

static void free_file(struct declared_file *f)
{
	if (!f)
		return;
	free(f->space.list);
	free(f->gfp.list);
	free(f->macros.list);
	free(f->bodies.list);
	free(f->quoted.list);
	free(f->angled.list);
	free(f);
}

void declared_init(struct declared *declared, const struct tree *tree)
{
	*declared = (struct declared){ .tree = tree };
}

void declared_release(struct declared *declared)
{
	uint32_t i;

	for (i = 0; i < declared->paths.nr && i < declared->alloc_files; i++)
		free_file(declared->files[i]);
	free_file(declared->own);
	free(declared->files);
	free(declared->space);
	free(declared->gfp);
	intern_release(&declared->paths);
	intern_release(&declared->names);
}

/* --- names that a file declares --- */

static uint32_t intern_token(struct declared *d, const struct source *s,
			     size_t i)
{
	const struct token *t = &s->tokens.list[i];

	return intern_mem(&d->names, t->p, t->len);
}

static bool is_any(const struct source *s, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (token_is(&s->tokens, i, *words))
			return true;
	return false;
}

/* The token with the name declared behind token `i`, or SIZE_MAX. */
static size_t declarator(const struct source *s, size_t i)
{
	static const char *const passed[] = {
		"*", "(", "const", "volatile", "restrict", "__restrict",
		"__rcu", "__force", "__aligned", "__packed", NULL,
	};

	do
		i++;
	while (is_any(s, i, passed));
	return source_is_word(s, i) ? i : SIZE_MAX;
}

/* Add all names declared with the word at `i`: "T __user *a, *b". */
static void add_declared(struct declared *d, const struct source *s, size_t i,
			 bool space, struct name_list *list)
{
	size_t name;

	while ((name = declarator(s, i)) != SIZE_MAX) {
		add_to_list(list, intern_token(d, s, name));
		i = name + 1;
		if (!token_is(&s->tokens, i, ",") ||
		    (space && !token_is(&s->tokens, i + 1, "*")))
			break;
	}
}

/* Skip macros whose body is a number, as most are. */
static bool may_lead_on(const struct source *s, size_t i)
{
	static const char *const signs[] = { "__", "ptr", "dma_", "sg_", "virt_" };
	const struct token *t = &s->tokens.list[i];
	size_t n;

	for (n = 0; n < ARRAY_SIZE(signs); n++)
		if (memmem(t->p, t->len, signs[n], strlen(signs[n])))
			return true;
	return token_is(&s->tokens, i, ">") && t->p[-1] == '-';
}

/* "#define NAME(x) ((x)->base)": NAME has the type of base. Returns its end. */
static size_t add_macro(struct declared *d, const struct source *s, size_t i,
			struct declared_file *f)
{
	size_t name = i + 2, end = name;
	bool leads_on = false;

	while (end < s->tokens.nr && s->tokens.list[end].define &&
	       !(token_is(&s->tokens, end, "#") &&
		 token_is(&s->tokens, end + 1, "define")))
		leads_on |= end > name && may_lead_on(s, end), end++;
	for (i = name + 1; leads_on && i < end; i++) {
		if (!source_is_word(s, i))
			continue;
		add_to_list(&f->macros, intern_token(d, s, name));
		add_to_list(&f->bodies, intern_token(d, s, i));
	}
	return end;
}

/* The number of a header's path, relative to the root; or INTERN_NONE. */
static uint32_t resolve(struct declared *d, const char *dir, const char *name)
{
	char *joined, *path;
	uint32_t id = INTERN_NONE;

	joined = path_join(dir, name);
	path = path_normalise(joined);
	if (intern_find(&d->paths, path) != INTERN_NONE ||
	    tree_has_file(d->tree, path))
		id = intern(&d->paths, path);
	free(path);
	free(joined);
	return id;
}

static void find_includes(struct declared *d, const struct source *s,
			  const char *file, struct declared_file *f)
{
	const char *quoted_in[] = { NULL, "include", "" };
	char *dir = path_dirname(file);
	struct include_names names;
	size_t i, n;

	quoted_in[0] = dir;
	include_names_read(&names, s->text);
	for (n = 0; n < names.nr; n++) {
		bool angled = *names.list[n] == '<';
		uint32_t id = INTERN_NONE;

		for (i = angled; i < (angled ? 2 : ARRAY_SIZE(quoted_in)) &&
		     id == INTERN_NONE; i++)
			id = resolve(d, quoted_in[i], names.list[n] + 1);
		if (id != INTERN_NONE)
			add_to_list(angled ? &f->angled : &f->quoted, id);
	}
	include_names_release(&names);
	free(dir);
}

static struct declared_file *read_declared(struct declared *d, const char *file,
					   const struct source *s, bool header)
{
	struct declared_file *f = xcalloc(1, sizeof(*f));
	size_t i;

	for (i = 0; i < s->tokens.nr; i++) {
		bool space = token_is(&s->tokens, i, "__user") ||
			     token_is(&s->tokens, i, "__iomem");

		if (!space && !token_is(&s->tokens, i, "gfp_t"))
			continue;
		/* A parameter's name is not visible outside of the header. */
		if (header && s->around[i] != SOURCE_NONE &&
		    token_is(&s->tokens, s->around[i], "("))
			continue;
		add_declared(d, s, i, space, space ? &f->space : &f->gfp);
	}
	for (i = 0; i < s->tokens.nr;)
		if (s->tokens.list[i].define && token_is(&s->tokens, i, "#") &&
		    source_is_word(s, i + 2))
			i = add_macro(d, s, i, f);
		else
			i++;
	find_includes(d, s, file, f);
	return f;
}

static struct declared_file *read_header(struct declared *d, uint32_t id)
{
	const char *file = intern_str(&d->paths, id);
	struct source source;
	struct declared_file *f;
	size_t before = d->alloc_files;

	ALLOC_GROW(d->files, id + 1, d->alloc_files);
	if (d->alloc_files > before)
		memset(d->files + before, 0,
		       (d->alloc_files - before) * sizeof(*d->files));
	if (d->files[id])
		return d->files[id];
	if (source_read(&source, d->tree, file))
		f = xcalloc(1, sizeof(*f));
	else
		f = read_declared(d, file, &source, true);
	source_release(&source);
	d->files[id] = f;
	return f;
}

/* --- names that a file sees --- */

static void mark(uint32_t **marks, size_t *alloc, uint32_t id,
		 uint32_t generation)
{
	size_t before = *alloc;

	ALLOC_GROW(*marks, id + 1, *alloc);
	if (*alloc > before)
		memset(*marks + before, 0, (*alloc - before) * sizeof(**marks));
	(*marks)[id] = generation;
}

static bool is_marked(const uint32_t *marks, size_t alloc, uint32_t id,
		      uint32_t generation)
{
	return id < alloc && marks[id] == generation;
}

static void mark_space(struct declared *d, uint32_t id)
{
	mark(&d->space, &d->alloc_space, id, d->generation);
}

static void see_names_of(struct declared *d, struct declared_file *f, int depth)
{
	size_t i;

	if (f->generation == d->generation)
		return;
	f->generation = d->generation;
	for (i = 0; i < f->space.nr; i++)
		mark_space(d, f->space.list[i]);
	for (i = 0; i < f->gfp.nr; i++)
		mark(&d->gfp, &d->alloc_gfp, f->gfp.list[i], d->generation);
	/* Headers included by other headers are not followed. */
	for (i = 0; i < f->angled.nr && depth < 2; i++)
		see_names_of(d, read_header(d, f->angled.list[i]), MAX_DEPTH);
	for (i = 0; i < f->quoted.nr && depth < MAX_DEPTH; i++)
		see_names_of(d, read_header(d, f->quoted.list[i]), depth + 1);
	for (i = 0; i < f->macros.nr; i++)
		if (is_marked(d->space, d->alloc_space, f->bodies.list[i],
			      d->generation))
			mark_space(d, f->macros.list[i]);
}

void declared_look_at(struct declared *declared, const char *file,
		      const struct source *source)
{
	struct declared_file *f = read_declared(declared, file, source, false);
	size_t i;

	free_file(declared->own);
	declared->own = f;
	declared->generation++;
	for (i = 0; i < ARRAY_SIZE(makers); i++)
		mark_space(declared, intern(&declared->names, makers[i]));
	see_names_of(declared, f, 0);
}

/* The number of the name that token `i` is, or INTERN_NONE. */
static uint32_t find_name(const struct declared *d, const struct source *s,
			  size_t i)
{
	const struct token *t = &s->tokens.list[i];
	char *copy = xstrndup(t->p, t->len);
	uint32_t id = intern_find(&d->names, copy);

	free(copy);
	return id;
}

bool declared_gfp(const struct declared *declared, const struct source *source,
		  size_t i)
{
	const struct token *t = &source->tokens.list[i];
	uint32_t id = find_name(declared, source, i);

	return (t->len > 4 && !memcmp(t->p, "GFP_", 4)) ||
		(t->len > 6 && !memcmp(t->p, "__GFP_", 6)) ||
		(id != INTERN_NONE &&
		 is_marked(declared->gfp, declared->alloc_gfp, id,
			   declared->generation));
}

bool declared_any_space(const struct declared *declared,
			const struct source *source, size_t start, size_t end)
{
	for (; start < end; start++) {
		uint32_t id = source_is_word(source, start) ?
			find_name(declared, source, start) : INTERN_NONE;

		if (id != INTERN_NONE &&
		    is_marked(declared->space, declared->alloc_space, id,
			      declared->generation))
			return true;
	}
	return false;
}

static void give_bodies(const struct declared *d,
			const struct declared_file *f, uint32_t macro,
			void (*fn)(const char *name, void *data), void *data)
{
	size_t i;

	if (!f || f->generation != d->generation)
		return;
	for (i = 0; i < f->macros.nr; i++)
		if (f->macros.list[i] == macro)
			fn(intern_str(&d->names, f->bodies.list[i]), data);
}

void declared_macro(const struct declared *declared,
		    const struct source *source, size_t i,
		    void (*fn)(const char *name, void *data), void *data)
{
	uint32_t id = find_name(declared, source, i);
	size_t n;

	if (id == INTERN_NONE)
		return;
	give_bodies(declared, declared->own, id, fn, data);
	for (n = 0; n < declared->paths.nr && n < declared->alloc_files; n++)
		give_bodies(declared, declared->files[n], id, fn, data);
}
