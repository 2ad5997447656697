// SPDX-License-Identifier: GPL-2.0-only
/*
 * dma_sync_single_*() in another direction than that of the mapping, where all
 * that can be in the address is known.
 */
#include "rules/rule.h"

#include "rules/common/lives.h"

static bool is_coherent(const struct api_function *api)
{
	return (api->roles & API_POOL_ALLOC) || api_in_family(api, "attrs") ||
	       api_in_family(api, "managed");
}

static bool is_single(const struct api_function *api)
{
	return (api->roles & API_SYNC) && api->size >= 0;
}

static const char *direction_name(uint64_t direction)
{
	static const char *const names[] = { "DMA_BIDIRECTIONAL",
		"DMA_TO_DEVICE", "DMA_FROM_DEVICE", "DMA_NONE" };

	return names[direction & 3];
}

/* The one direction that all of them map in; false if that is not known. */
static bool one_direction(const struct life_origins *o, uint64_t *direction)
{
	uint64_t bits;
	uint32_t i;

	for (i = 0; i < o->nr; i++) {
		const struct view *v = &o->list[i].in->v;
		struct value arg = view_arg(v, view_op(v, o->list[i].op),
					    o->list[i].api->direction);

		if (!view_constant(v, arg, &bits) ||
		    (i && bits != *direction))
			return false;
		*direction = bits;
	}
	return o->nr > 0;
}

static void sync_mismatch_in_call(const struct scan *s,
				  const struct life_function *f,
				  const struct op *op,
				  const struct api_function *api)
{
	const struct life_origin *first;
	struct life_origins o;
	uint64_t mapped, synced;
	struct finding *found;
	uint32_t i;

	lifetimes_origins(rule_lifetimes(s->run), f,
			  view_arg(&f->v, op, api->memory.arg), &o);
	if (o.others || !o.nr)
		return;
	/* Of coherent memory sync-of-coherent speaks. */
	for (i = 0; i < o.nr; i++)
		if (is_coherent(o.list[i].api))
			return;
	first = &o.list[0];
	if (!one_direction(&o, &mapped) ||
	    !view_constant(&f->v, view_arg(&f->v, op, api->direction),
			   &synced) ||
	    mapped == synced || mapped == 0)
		return;
	found = scan_report(s, op, "%s() with %s of what is mapped with %s",
			    view_str(&s->v, op->spelling), direction_name(synced),
			    direction_name(mapped));
	lives_step(found, &first->in->v, first->op, "it is mapped here");
}

static void sync_mismatch_in_function(const struct scan *s,
				      const struct life_function *f,
				      void *data)
{
	uint32_t i;

	(void)data;
	for (i = 0; i < f->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&f->v, i);
		const struct api_function *api = scan_api(s, op, API_SYNC);

		if (api && is_single(api))
			sync_mismatch_in_call(s, f, op, api);
	}
}

static void check_sync_mismatch(struct rule_run *run)
{
	lives_each_function(run, sync_mismatch_in_function, NULL);
}

const struct rule sync_mismatch_rule = {
	.id = "sync-mismatch",
	.level = LEVEL_NOTE,
	.summary = "dma_sync_single_*() with another direction than the mapping",
	.explanation =
"A sync hands memory over in the direction of its mapping. With another\n"
"direction, a bounce buffer is copied the wrong way, or not at all.\n"
"CONFIG_DMA_API_DEBUG reports \"device driver syncs DMA memory with different\n"
"direction\".\n"
"\n"
"It is a note, because a struct member that several mappings use can hold\n"
"another one than the mapping that was found. A sync of coherent memory is\n"
"reported by sync-of-coherent.\n"
"\n"
"Use the direction of the mapping.\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_sync_single_for_cpu().\n",
	.needs = NEEDS_CALLS,
	.lost = "",
	.reads = { .roles = API_SYNC, .names = lives_names },
	.check = check_sync_mismatch,
};
