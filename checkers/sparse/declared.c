// SPDX-License-Identifier: GPL-2.0-only
#include "sparse/declared.h"

#include "lib/alloc.h"
#include "lib/path.h"

/* Quoted headers that include quoted headers, so many levels. */
#define MAX_DEPTH	8

struct name_list {
	uint32_t *list;
	size_t nr, alloc;
};

struct declared_file {
	struct name_list space, gfp;	/* numbers in declared.names */
	struct name_list macros, bodies;	/* name, and one used in it */
	struct name_list quoted, angled;	/* numbers in declared.paths */
	uint32_t generation;		/* the last that it was looked at in */
};

/* What gives such pointers everywhere, by macros or from deep below. */
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

static void add(struct name_list *list, uint32_t id)
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

/* --- one file's own --- */

static bool is_qualifier(const struct text *text, size_t start, size_t len)
{
	static const char *const words[] = {
		"const", "volatile", "restrict", "__restrict", "__rcu",
		"__force", "__aligned", "__packed",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (text_is(text, start, len, words[i]))
			return true;
	return false;
}

/* The name that is declared behind `at`: only "*" and the like before it. */
static bool declarator(const struct text *text, size_t at, size_t *start,
		       size_t *len)
{
	do {
		while (at < text->len &&
		       strchr(" \t\r\n*(", text->code[at]))
			at++;
		if (!text_identifier(text, at, text->len, start, len) ||
		    *start != at)
			return false;
		at = *start + *len;
	} while (is_qualifier(text, *start, *len));
	return true;
}

/* Whether `at` stands among the parameters of a function. */
static bool in_parameters(const struct text *text, size_t at)
{
	size_t depth = 0;

	while (at > 0) {
		char c = text->code[--at];

		if (c == ';' || c == '{' || c == '}')
			return false;
		if (c == ')')
			depth++;
		else if (c == '(' && !depth--)
			return true;
	}
	return false;
}

/* All that is declared with the word `keyword`: "T __user *a, *b" */
static void find_declared(struct declared *d, const struct text *text,
			  const char *keyword, bool header,
			  struct name_list *list)
{
	const char *code = text->code, *p = code;
	size_t len = strlen(keyword), start, name_len;

	for (; (p = memmem(p, text->len - (size_t)(p - code), keyword, len));
	     p += len) {
		size_t at = (size_t)(p - code) + len;

		if (header && in_parameters(text, at))
			continue;
		while (declarator(text, at, &start, &name_len)) {
			add(list, intern_mem(&d->names, code + start,
					     name_len));
			at = start + name_len;
			while (at < text->len &&
			       strchr(" \t\r\n", code[at]))
				at++;
			if (code[at] != ',')
				break;
			while (++at < text->len &&
			       strchr(" \t\r\n", code[at]))
				;
			if (*keyword == '_' && code[at] != '*')
				break;
		}
	}
}

/* Most macros are numbers: not what others are looked for in. */
static bool may_lead_on(const char *body, size_t len)
{
	static const char *const signs[] = {
		"->", "__", "ptr", "dma_", "sg_", "virt_",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(signs); i++)
		if (memmem(body, len, signs[i], strlen(signs[i])))
			return true;
	return false;
}

/* "#define NAME(x) ((x)->base)": NAME is what base is. */
static void find_macros(struct declared *d, const struct text *text,
			struct declared_file *f)
{
	const char *code = text->code, *p = code;
	size_t start, len, body, body_len, at, end;

	for (; (p = strstr(p, "#define")); p += 7) {
		at = (size_t)(p - code) + 7;
		end = at + strcspn(code + at, "\n");
		while (end < text->len && code[end - 1] == '\\')
			end += 1 + strcspn(code + end + 1, "\n");
		if (!text_identifier(text, at, end, &start, &len))
			continue;
		at = start + len;
		if (!may_lead_on(code + at, end - at))
			continue;
		while (text_identifier(text, at, end, &body, &body_len)) {
			add(&f->macros, intern_mem(&d->names, code + start,
						   len));
			add(&f->bodies, intern_mem(&d->names, code + body,
						   body_len));
			at = body + body_len;
		}
	}
}

/* The path of a header, relative to the root, as a number; or INTERN_NONE. */
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

static void find_includes(struct declared *d, const struct text *text,
			  const char *file, struct declared_file *f)
{
	static const char *const quoted_in[] = { NULL, "include", "" };
	const char *p = text->code;
	char *dir = path_dirname(file);

	for (; (p = strstr(p, "#include")); p += 8) {
		const char *q = p + 8 + strspn(p + 8, " \t"), *end;
		uint32_t id = INTERN_NONE;
		char *name;
		size_t i;

		end = strpbrk(q + (*q != '\0'), "\">\n");
		if ((*q != '"' && *q != '<') || !end || *end == '\n')
			continue;
		name = xstrndup(q + 1, (size_t)(end - q) - 1);
		if (*q == '<') {
			id = resolve(d, "include", name);
			if (id != INTERN_NONE)
				add(&f->angled, id);
		} else {
			for (i = 0; i < ARRAY_SIZE(quoted_in) &&
			     id == INTERN_NONE; i++)
				id = resolve(d, quoted_in[i] ? quoted_in[i] :
					     dir, name);
			if (id != INTERN_NONE)
				add(&f->quoted, id);
		}
		free(name);
	}
	free(dir);
}

static struct declared_file *read_text(struct declared *d, const char *file,
				       const struct text *text, bool header)
{
	struct declared_file *f = xcalloc(1, sizeof(*f));

	find_declared(d, text, "__user", header, &f->space);
	find_declared(d, text, "__iomem", header, &f->space);
	find_declared(d, text, "gfp_t", header, &f->gfp);
	find_macros(d, text, f);
	find_includes(d, text, file, f);
	return f;
}

static struct declared_file *header(struct declared *d, uint32_t id)
{
	const char *file = intern_str(&d->paths, id);
	struct text text = TEXT_INIT;
	struct declared_file *f;
	size_t before = d->alloc_files;

	ALLOC_GROW(d->files, id + 1, d->alloc_files);
	if (d->alloc_files > before)
		memset(d->files + before, 0,
		       (d->alloc_files - before) * sizeof(*d->files));
	if (d->files[id])
		return d->files[id];
	if (text_read(&text, d->tree, file))
		f = xcalloc(1, sizeof(*f));
	else
		f = read_text(d, file, &text, true);
	text_release(&text);
	d->files[id] = f;
	return f;
}

/* --- all that a file sees --- */

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

static void take(struct declared *d, struct declared_file *f, int depth)
{
	size_t i;

	if (f->generation == d->generation)
		return;
	f->generation = d->generation;
	for (i = 0; i < f->space.nr; i++)
		mark_space(d, f->space.list[i]);
	for (i = 0; i < f->gfp.nr; i++)
		mark(&d->gfp, &d->alloc_gfp, f->gfp.list[i], d->generation);
	/* What other headers include is too far away to be told apart. */
	for (i = 0; i < f->angled.nr && depth < 2; i++)
		take(d, header(d, f->angled.list[i]), MAX_DEPTH);
	for (i = 0; i < f->quoted.nr && depth < MAX_DEPTH; i++)
		take(d, header(d, f->quoted.list[i]), depth + 1);
	for (i = 0; i < f->macros.nr; i++)
		if (is_marked(d->space, d->alloc_space, f->bodies.list[i],
			      d->generation))
			mark_space(d, f->macros.list[i]);
}

void declared_look_at(struct declared *declared, const char *file,
		      const struct text *text)
{
	struct declared_file *f = read_text(declared, file, text, false);
	size_t i;

	free_file(declared->own);
	declared->own = f;
	declared->generation++;
	for (i = 0; i < ARRAY_SIZE(makers); i++)
		mark_space(declared, intern(&declared->names, makers[i]));
	take(declared, f, 0);
}

static bool has(const struct declared *d, const uint32_t *marks, size_t alloc,
		const char *name, size_t len)
{
	char *copy = xstrndup(name, len);
	uint32_t id = intern_find(&d->names, copy);

	free(copy);
	return id != INTERN_NONE && is_marked(marks, alloc, id, d->generation);
}

bool declared_space(const struct declared *declared, const char *name,
		    size_t len)
{
	return has(declared, declared->space, declared->alloc_space, name,
		   len);
}

bool declared_gfp(const struct declared *declared, const char *name,
		  size_t len)
{
	return (len > 4 && !memcmp(name, "GFP_", 4)) ||
		(len > 6 && !memcmp(name, "__GFP_", 6)) ||
		has(declared, declared->gfp, declared->alloc_gfp, name, len);
}

bool declared_any_space(const struct declared *declared,
			const struct text *text, size_t start, size_t end)
{
	size_t name, len;

	while (text_identifier(text, start, end, &name, &len)) {
		if (declared_space(declared, text->code + name, len))
			return true;
		start = name + len;
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

void declared_macro(const struct declared *declared, const char *name,
		    size_t len, void (*fn)(const char *name, void *data),
		    void *data)
{
	char *copy = xstrndup(name, len);
	uint32_t id = intern_find(&declared->names, copy);
	size_t i;

	free(copy);
	if (id == INTERN_NONE)
		return;
	give_bodies(declared, declared->own, id, fn, data);
	for (i = 0; i < declared->paths.nr && i < declared->alloc_files; i++)
		give_bodies(declared, declared->files[i], id, fn, data);
}
