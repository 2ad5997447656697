// SPDX-License-Identifier: GPL-2.0-only
/*
 * Computes the life of all mappings once (lifetime/), and visits them; for the rules
 * about single paths.
 */
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
	void (*life)(const struct scan *s, const struct life *life, void *data);
	void (*function)(const struct scan *s, const struct life_function *f,
			 void *data);
	void *data;
};

static bool is_scanned(const struct rule_run *run, const struct view *v)
{
	return !view_is_helper(v) &&
	       (!run->scanned || intern_has(run->scanned, v->unit->file));
}

static struct scan scan_of(struct rule_run *run, const struct view *v)
{
	return (struct scan){ .run = run, .v = *v };
}

static void visit_life(const struct life *life, void *data)
{
	const struct visit *v = data;
	struct scan s = scan_of(v->run, &life->in->v);

	if (is_scanned(v->run, &life->in->v))
		v->life(&s, life, v->data);
}

static void visit_function(const struct life_function *f, void *data)
{
	const struct visit *v = data;
	struct scan s = scan_of(v->run, &f->v);

	if (is_scanned(v->run, &f->v))
		v->function(&s, f, v->data);
}

void lives_each(struct rule_run *run,
		void (*fn)(const struct scan *s, const struct life *life,
			   void *data), void *data)
{
	struct visit v = { .run = run, .life = fn, .data = data };

	lifetimes_each(rule_lifetimes(run), visit_life, &v);
}

void lives_each_function(struct rule_run *run,
			 void (*fn)(const struct scan *s,
				    const struct life_function *f, void *data),
			 void *data)
{
	struct visit v = { .run = run, .function = fn, .data = data };

	lifetimes_each_function(rule_lifetimes(run), visit_function, &v);
}

const char *life_name(const struct scan *s, const struct life *life)
{
	return view_str(&s->v, view_op(&s->v, life->op)->spelling);
}

void lives_step(struct finding *f, const struct view *v, uint32_t op,
		const char *message)
{
	struct location loc;

	if (op == NO_OP)
		return;
	loc = view_location(v, view_op(v, op));
	finding_step(f, &loc, "%s", message);
}

void life_add_step(struct finding *f, const struct scan *s, uint32_t op,
		   const char *message)
{
	lives_step(f, &s->v, op, message);
}
