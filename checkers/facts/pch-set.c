// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which headers are precompiled: those that the files of a tree which map
 * memory include most. Chosen once for a tree and kept in the cache folder, as
 * every other choice would have all of it made anew.
 */
#include "facts/pch.h"

#include <ctype.h>
#include <inttypes.h>
#include <xxhash.h>

#include "lib/alloc.h"
#include "lib/checksummed.h"
#include "lib/path.h"
#include "lib/strbuf.h"
#include "tree/tree.h"
#include "tree/walk.h"

#define SET_KIND	"precompiled headers 1"

/*
 * Those that fewer than one file in so many includes cost more than they
 * give, as do more than the most of them.
 */
#define ONE_IN		100
#define MOST		250
/* With fewer files than these there is nothing to choose by. */
#define FEW_FILES	50

/* What nearly every driver includes, itself or through others. */
static const char *const usual[] = {
	"linux/module.h", "linux/kernel.h", "linux/slab.h", "linux/mm.h",
	"linux/device.h", "linux/interrupt.h", "linux/scatterlist.h",
	"linux/dma-mapping.h", "linux/pci.h", "linux/platform_device.h",
	"linux/of.h", "linux/io.h", "linux/delay.h", "linux/fs.h",
	"linux/uaccess.h",
};

struct count {
	const char *name;
	unsigned int files;
};

/* --- the lines of a text that are directives --- */

/*
 * The next directive in the text at *p: its word, of *len bytes, and in *rest
 * what follows it up to *end. NULL if there is none. Comments are not known:
 * a directive in one counts.
 */
static const char *next_directive(const char **p, const char *text_end,
				  size_t *len, const char **rest,
				  const char **end)
{
	const char *line = *p, *s;

	for (; line < text_end; line = *end + 1) {
		*end = memchr(line, '\n', (size_t)(text_end - line));
		if (!*end)
			*end = text_end;
		for (s = line; s < *end && (*s == ' ' || *s == '\t'); s++)
			;
		if (s == *end || *s != '#')
			continue;
		/* It goes on behind a backslash. */
		while (*end < text_end && (*end)[-1] == '\\') {
			const char *next = memchr(*end + 1, '\n',
					(size_t)(text_end - *end - 1));

			*end = next ? next : text_end;
		}
		for (s++; s < *end && (*s == ' ' || *s == '\t'); s++)
			;
		*rest = s;
		while (*rest < *end && isalpha((unsigned char)**rest))
			(*rest)++;
		*len = (size_t)(*rest - s);
		*p = *end < text_end ? *end + 1 : text_end;
		return s;
	}
	*p = text_end;
	return NULL;
}

static bool is_directive(const char *word, size_t len, const char *name)
{
	return len == strlen(name) && !memcmp(word, name, len);
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static void add_names(struct intern_pool *pool, const char *p, const char *end)
{
	while (p < end) {
		const char *start = p;

		while (p < end && is_name_char(*p))
			p++;
		if (p == start)
			p++;
		else if (!isdigit((unsigned char)*start))
			intern_mem(pool, start, (size_t)(p - start));
	}
}

void pch_add_tested(struct intern_pool *tested, const char *text, size_t len)
{
	static const char *const tests[] = { "if", "ifdef", "ifndef", "elif" };
	const char *text_end = text + len, *word, *rest, *end;
	size_t n, i;

	while ((word = next_directive(&text, text_end, &n, &rest, &end))) {
		for (i = 0; i < ARRAY_SIZE(tests); i++)
			if (is_directive(word, n, tests[i]))
				add_names(tested, rest, end);
		/* #include MACRO(name) */
		if (is_directive(word, n, "include") &&
		    !memchr(rest, '<', (size_t)(end - rest)) &&
		    !memchr(rest, '"', (size_t)(end - rest)))
			add_names(tested, rest, end);
	}
}

/* --- choosing --- */

static void count_includes(const char *text, size_t len,
			   struct intern_pool *names, struct count **counts,
			   size_t *alloc)
{
	const char *text_end = text + len, *word, *rest, *end;
	size_t n, old = *alloc;
	uint32_t nr;

	while ((word = next_directive(&text, text_end, &n, &rest, &end))) {
		const char *open, *close;

		if (!is_directive(word, n, "include"))
			continue;
		open = memchr(rest, '<', (size_t)(end - rest));
		close = open ? memchr(open, '>', (size_t)(end - open)) : NULL;
		if (!close || close == open + 1)
			continue;
		nr = intern_mem(names, open + 1, (size_t)(close - open - 1));
		ALLOC_GROW(*counts, nr + 1, *alloc);
		memset(*counts + old, 0, (*alloc - old) * sizeof(**counts));
		old = *alloc;
		(*counts)[nr].files++;
	}
}

static int by_count(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	if (x->files != y->files)
		return x->files < y->files ? 1 : -1;
	return strcmp(x->name, y->name);
}

static void choose_headers(struct pch_set *set, const struct tree *tree,
			   const char *const *typical, size_t nr)
{
	struct intern_pool names = INTERN_POOL_INIT;
	struct count *counts = NULL;
	size_t alloc = 0, i;

	for (i = 0; i < nr; i++) {
		size_t len;
		char *text = tree_read(tree, typical[i], &len);

		if (text)
			count_includes(text, len, &names, &counts, &alloc);
		free(text);
	}
	for (i = 0; i < names.nr; i++)
		counts[i].name = intern_str(&names, (uint32_t)i);
	if (names.nr)
		qsort(counts, names.nr, sizeof(*counts), by_count);
	for (i = 0; i < names.nr && i < MOST; i++)
		if (counts[i].files > 1 && counts[i].files * ONE_IN >= nr)
			strvec_push(&set->headers, counts[i].name);
	free(counts);
	intern_release(&names);
}

static bool is_header_name(const char *name)
{
	return ends_with(name, ".h");
}

/* A header that is in none of these folders is not one of the kernel's. */
static void find_tested(struct pch_set *set, const struct tree *tree,
			unsigned int jobs)
{
	char *arch = xstrfmt("arch/%s/include", tree->arch);
	const char *const paths[] = { "include", arch };
	struct walk_options options = {
		.tree = tree, .paths = paths, .nr_paths = ARRAY_SIZE(paths),
		.wanted = is_header_name, .jobs = jobs,
	};
	struct walk walk = WALK_INIT;
	size_t i;

	walk_tree(&walk, &options);
	for (i = 0; i < walk.nr; i++) {
		size_t len;
		char *text = tree_read(tree, walk.files[i].path, &len);

		if (text)
			pch_add_tested(&set->tested, text, len);
		free(text);
	}
	walk_release(&walk);
	free(arch);
}

static void hash_headers(struct pch_set *set)
{
	size_t i;

	set->hash = 0;
	for (i = 0; i < set->headers.nr; i++)
		set->hash = XXH3_64bits_withSeed(set->headers.v[i],
				strlen(set->headers.v[i]) + 1, set->hash);
}

void pch_set_choose(struct pch_set *set, const struct tree *tree,
		    const char *const *typical, size_t nr, unsigned int jobs)
{
	set->by_choice = nr >= FEW_FILES;
	if (!set->by_choice)
		strvec_pushv(&set->headers, usual, ARRAY_SIZE(usual));
	else
		choose_headers(set, tree, typical, nr);
	hash_headers(set);
	find_tested(set, tree, jobs);
}

/* --- keeping --- */

static char *set_path(const char *folder, const struct tree *tree)
{
	uint64_t hash = XXH3_64bits(tree->root, strlen(tree->root));

	hash = XXH3_64bits_withSeed(tree->version, strlen(tree->version), hash);
	hash = XXH3_64bits_withSeed(tree->arch, strlen(tree->arch), hash);
	return xstrfmt("%s/%016" PRIx64 ".set", folder, hash);
}

bool pch_set_read(struct pch_set *set, const char *folder,
		  const struct tree *tree)
{
	char *path = set_path(folder, tree), *text, *rest, *line;

	text = checksummed_read(path, SET_KIND);
	rest = text;
	while (rest && (line = strsep(&rest, "\n"))) {
		if (*line == 'h')
			strvec_push(&set->headers, line + 2);
		else if (*line == 't')
			intern(&set->tested, line + 2);
		else if (*line == 'c')
			set->by_choice = true;
	}
	hash_headers(set);
	free(text);
	free(path);
	return text != NULL;
}

int pch_set_write(const struct pch_set *set, const char *folder,
		  const struct tree *tree)
{
	char *path = set_path(folder, tree);
	struct strbuf text = STRBUF_INIT;
	uint32_t i;
	int ret;

	if (set->by_choice)
		strbuf_addstr(&text, "c\n");
	for (i = 0; i < set->headers.nr; i++)
		strbuf_addf(&text, "h %s\n", set->headers.v[i]);
	for (i = 0; i < set->tested.nr; i++)
		strbuf_addf(&text, "t %s\n", intern_str(&set->tested, i));
	ret = checksummed_write(path, SET_KIND, text.buf);
	strbuf_release(&text);
	free(path);
	return ret;
}

void pch_set_release(struct pch_set *set)
{
	strvec_release(&set->headers);
	intern_release(&set->tested);
	*set = (struct pch_set)PCH_SET_INIT;
}
