// SPDX-License-Identifier: GPL-2.0-only
#include "rules/common/lives.h"

#include "lib/intern.h"

const char *const lives_names[] = { "dma_map_single", "dma_map_single_attrs",
	"dma_map_page", "dma_map_page_attrs", "dma_map_phys",
	"dma_map_resource", "dma_mapping_error", "DMA_MAPPING_ERROR",
	"skb_frag_dma_map", "dma_map_bvec", "pci_map_single", "pci_map_page",
	"dma_map_sg", "dma_map_sg_attrs", "dma_map_sgtable",
	"dma_alloc_coherent", "dma_alloc_attrs", "dma_alloc_wc",
	"dma_zalloc_coherent", "dma_alloc_noncoherent", "dma_pool_alloc",
	"dma_pool_zalloc", "pci_alloc_consistent", "pci_zalloc_consistent",
	NULL };

struct lifetimes *rule_lifetimes(struct rule_run *run)
{
	if (!run->lifetimes)
		run->lifetimes = lifetimes_new(run->program, run->api);
	return run->lifetimes;
}

struct visit {
	struct rule_run *run;
	void (*fn)(const struct scan *s, const struct life *life, void *data);
	void *data;
};

static void visit_life(const struct life *life, void *data)
{
	const struct visit *v = data;
	const struct view *view = &life->in->v;
	struct scan s = {
		.run = v->run, .v = *view,
	};

	if (!view_is_helper(view) &&
	    (!v->run->scanned ||
	     intern_has(v->run->scanned, view->unit->file)))
		v->fn(&s, life, v->data);
}

void lives_each(struct rule_run *run,
		void (*fn)(const struct scan *s, const struct life *life,
			   void *data), void *data)
{
	struct visit v = { run, fn, data };

	lifetimes_each(rule_lifetimes(run), visit_life, &v);
}

const char *life_name(const struct scan *s, const struct life *life)
{
	return view_str(&s->v, view_op(&s->v, life->op)->spelling);
}

void life_add_step(struct finding *f, const struct scan *s, uint32_t op,
		   const char *message)
{
	struct location loc;

	if (op == NO_OP)
		return;
	loc = view_location(&s->v, view_op(&s->v, op));
	finding_step(f, &loc, "%s", message);
}
