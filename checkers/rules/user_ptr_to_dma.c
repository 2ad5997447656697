// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "knowledge/policy.h"
#include "sparse/sparse.h"

/* Whether the rule that knows constants by name has said it of that call. */
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

static void report_user_ptr(struct rule_run *run, const struct misuse *m)
{
	const struct location loc = { m->file, m->line, m->column,
				      *m->function ? m->function : NULL };
	const char *why = policy_ignored(run->policy, run->rule->id, m->module,
					 m->function);

	if (why)
		rule_report(run, &loc, m->module, "%s, which is accepted: %s",
			    m->message, why)->level = LEVEL_NOTE;
	else
		rule_report(run, &loc, m->module, "%s", m->message);
}

static void check_user_ptr_to_dma(struct rule_run *run)
{
	size_t i;

	for (i = 0; run->sparse && i < run->sparse->nr; i++)
		if (!is_wrong_slot(run->findings, &run->sparse->list[i]))
			report_user_ptr(run, &run->sparse->list[i]);
}

const struct rule user_ptr_to_dma_rule = {
	.id = "user-ptr-to-dma",
	.level = LEVEL_ERROR,
	.summary = "a __user or __iomem pointer, or a stray gfp_t, is passed to the DMA API",
	.explanation =
"dma_map_single(), sg_set_buf(), sg_init_one(), virt_to_page() and the like\n"
"take an address of the kernel's own, directly mapped memory, and compute the\n"
"page and the physical address from it. A __user pointer is an address of the\n"
"process, an __iomem pointer one of a mapping of a device's registers: what\n"
"is computed from these is some other page, which the device then reads or\n"
"overwrites. A gfp_t where attributes, a direction or a size are expected (or\n"
"the other way round) is just another number: arguments have changed places.\n"
"\n"
"User memory must be pinned first, with pin_user_pages(), and the pages mapped\n"
"(dma_map_page(), sg_alloc_table_from_pages()); or copied with copy_from_user()\n"
"into a buffer of the kernel. Registers of another device are mapped by their\n"
"physical address, with dma_map_resource(). An address that was only declared\n"
"__iomem, and is one of memory (dma_alloc_coherent(), memremap()), should lose\n"
"that from its declaration.\n"
"\n"
"A cast with __force says that the pointer is one of the kernel all the same,\n"
"and is not reported.\n"
"\n"
"This is sparse's finding: without sparse there is none, and the coverage says\n"
"so. See Documentation/core-api/dma-api-howto.rst, \"What memory is DMA'able?\",\n"
"and Documentation/dev-tools/sparse.rst.\n",
	.needs = NEEDS_SPARSE,
	.check = check_user_ptr_to_dma,
};
