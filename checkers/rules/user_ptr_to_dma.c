// SPDX-License-Identifier: GPL-2.0-only
/* Reports the warnings of sparse about arguments of the DMA API. */
#include "rules/rule.h"

#include "lib/tokens.h"
#include "sparse/sparse.h"
#include "tree/tree.h"

/* Whether wrong-arg-slot, which knows constants by name, has reported that call. */
static bool is_wrong_slot(const struct findings *findings, const struct misuse *m)
{
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		const struct finding *f = &findings->list[i];

		if (!strcmp(f->rule, wrong_arg_slot_rule.id) &&
		    f->loc.line == m->line && !strcmp(f->loc.file, m->file))
			return true;
	}
	return false;
}

/* What gives memory, whatever the member that keeps it is declared to be. */
static const char *const allocators[] = { "alloc_pages_exact", "kmalloc",
	"kzalloc", "kcalloc", "devm_kmalloc", "devm_kzalloc", "vmalloc",
	"vzalloc", "__get_free_pages", "__get_free_page", "get_zeroed_page",
	"page_address", "dma_alloc_coherent", "dma_alloc_wc",
	"dma_alloc_attrs", "dma_alloc_noncoherent", "dmam_alloc_coherent" };

static bool is_allocator(const struct tokens *all, size_t i)
{
	size_t j;

	for (j = 0; j < ARRAY_SIZE(allocators); j++)
		if (token_is(all, i, allocators[j]))
			return true;
	return false;
}

/* Whether the file puts memory of an allocator into a member of that name. */
static bool is_allocated(const struct tokens *all, size_t member)
{
	size_t i, j;

	for (i = 1; i + 2 < all->nr; i++) {
		if (all->list[i].len != all->list[member].len ||
		    memcmp(all->list[i].p, all->list[member].p,
			   all->list[i].len) ||
		    !token_is(all, i + 1, "=") || token_is(all, i + 2, "=") ||
		    (!token_is(all, i - 1, ">") && !token_is(all, i - 1, ".")))
			continue;
		for (j = i + 2; j < all->nr && !token_is(all, j, ";"); j++)
			if (is_allocator(all, j))
				return true;
	}
	return false;
}

/* __iomem on a member that holds RAM: one of the call's arguments. */
static bool is_ram(const struct rule_run *run, const struct misuse *m)
{
	char *text = strstr(m->message, "__iomem") ?
		tree_read(run->tree, m->file, NULL) : NULL;
	struct tokens all;
	size_t i = 0, end;
	bool yes = false;

	if (!text)
		return false;
	all = tokens_read(text);
	while (i < all.nr && (all.list[i].line < m->line ||
			      (all.list[i].line == m->line &&
			       all.list[i].column < m->column)))
		i++;
	end = token_is(&all, i + 1, "(") ? tokens_behind(&all, i + 1) : i;
	for (i += 2; i < end && !yes; i++)
		yes = all.list[i].kind == TOKEN_WORD &&
		      (token_is(&all, i - 1, ">") || token_is(&all, i - 1, ".")) &&
		      is_allocated(&all, i);
	tokens_release(&all);
	free(text);
	return yes;
}

static void report_user_ptr(struct rule_run *run, const struct misuse *m)
{
	const struct location loc = { m->file, m->line, m->column,
				      *m->function ? m->function : NULL };

	rule_report(run, &loc, m->module, "%s", m->message);
}

static void check_user_ptr_to_dma(struct rule_run *run)
{
	size_t i;

	for (i = 0; run->sparse && i < run->sparse->nr; i++)
		if (!is_wrong_slot(run->findings, &run->sparse->list[i]) &&
		    !is_ram(run, &run->sparse->list[i]))
			report_user_ptr(run, &run->sparse->list[i]);
}

const struct rule user_ptr_to_dma_rule = {
	.id = "user-ptr-to-dma",
	.level = LEVEL_ERROR,
	.summary = "a __user or __iomem pointer, or a stray gfp_t, is passed to the DMA API",
	.explanation =
"dma_map_single(), sg_set_buf(), sg_init_one(), virt_to_page() and the like\n"
"take an address in the kernel's linear mapping, and compute the page and the\n"
"physical address from it. A __user pointer is an address of the process, an\n"
"__iomem pointer an address of mapped device registers. The result for these\n"
"is some other page, which the device then reads or overwrites. A gfp_t in\n"
"the place of attributes, a direction or a size (or the reverse) is just\n"
"another number: arguments were swapped.\n"
"\n"
"Pin user memory with pin_user_pages() and map the pages (dma_map_page(),\n"
"sg_alloc_table_from_pages()), or copy it with copy_from_user() to a kernel\n"
"buffer. Map the registers of another device by their physical address with\n"
"dma_map_resource(). If a pointer to memory (dma_alloc_coherent(),\n"
"memremap()) is only declared __iomem, fix the declaration.\n"
"\n"
"A cast with __force says that it is a kernel pointer nevertheless, and is\n"
"not reported.\n"
"\n"
"sparse finds these; without sparse there are none, and the coverage says so.\n"
"See Documentation/core-api/dma-api-howto.rst, \"What memory is DMA'able?\",\n"
"and Documentation/dev-tools/sparse.rst.\n",
	.needs = NEEDS_SPARSE,
	.check = check_user_ptr_to_dma,
};
