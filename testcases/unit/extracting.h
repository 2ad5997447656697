/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef UNIT_EXTRACTING_H
#define UNIT_EXTRACTING_H
#include "faketree.h"
#include "facts/extract/extract.h"
#include "knowledge/api.h"
#include "compile/compile-db.h"
#include "tree/tree.h"
/*
 * For unit tests: the facts that come out of a few lines of C, a file that
 * stands in a tree of its own.
 */

/* Stands before each of the files. */
static const char prelude[] =
	"struct page { struct page *head; unsigned long flags; };\n"
	"struct sgl { struct page *pg; unsigned int n; };\n"
	"typedef unsigned long long dma_addr_t;\n"
	"typedef unsigned long size_t;\n"
	"struct dev { struct page **pages; unsigned long attrs; void *virt;\n"
	"	dma_addr_t dma; struct dev *next; size_t size;\n"
	"	union { struct page *one; void *any; };\n"
	"	struct { char *low; } in; };\n"
	"struct ops { int (*map)(struct page *page); int (*unmap)(void *p);\n"
	"	int n; };\n"
	"struct outer { int x; struct ops ops; struct page *last[4]; };\n"
	"struct page *get(int i);\n"
	"int put(struct page *page);\n"
	"void *mem(void *p, unsigned long n);\n"
	"dma_addr_t dma_map(void *p, unsigned long n, unsigned long attrs);\n"
	"extern int c;\n";

static struct api *api;

static const char *run_extract(struct extracted *out, const char *file,
			       const char *pch)
{
	char *root = in_folder("x"), *include = in_folder("x/prelude.h");
	char *flags[] = { (char *)"-include", include, (char *)"-std=gnu11",
		(char *)"-w", NULL };
	struct compile_command command = { .file = (char *)file, .module = (char *)"",
		.dir = root, .args = flags, .nr_args = 4 };
	const struct tree tree = { .root = root };
	const char *failure;

	/* The folder's name itself, as tree_open() has it. */
	failure = extract(out, &tree, &command, api, pch);
	free(include);
	free(root);
	return failure;
}

static char *text_of(const struct extracted *out)
{
	char *text = NULL;
	size_t len, i;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	for (i = 0; i < out->nr_sets; i++) {
		if (i)
			fputs("--\n", f);
		assert_true(facts_valid(&out->sets[i]));
		facts_print(&out->sets[i], f);
	}
	assert_int_equal(fclose(f), 0);
	return text;
}

/* The file a.c with this text gives these facts. */
static void gives(const char *source, const char *expected)
{
	struct extracted out = EXTRACTED_INIT;
	char *text;

	put("x/a.c", source);
	assert_null(run_extract(&out, "a.c", NULL));
	if (out.first_error)
		print_message("%s\n", out.first_error);
	assert_int_equal(out.errors, 0);
	text = text_of(&out);
	/* What cmocka says is cut short. */
	if (strcmp(text, expected))
		fputs(text, stderr);
	assert_string_equal(text, expected);
	free(text);
	extracted_release(&out);
}

static int setup(void **state)
{
	const char *path = make_file("api.conf",
		"[container]\npage = head\nsgl = pg\n"
		"[scalar]\nsize_t = a size\n"
		"[source]\nget = fills:return\n"
		"[sink]\ndemo = memory:0 direction:2\n");

	(void)state;
	api = api_read(path, NULL, 0);
	free((char *)path);
	put("x/prelude.h", prelude);
	return !api;
}

static int teardown(void **state)
{
	(void)state;
	api_free(api);
	return 0;
}

#endif
