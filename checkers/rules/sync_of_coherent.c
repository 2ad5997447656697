// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which fields, globals and locals hold nothing but DMA addresses of coherent
 * memory, module by module; and where one is synced or unmapped as streaming.
 */
#include "rules/common/lives.h"
#include "rules/common/paths.h"

struct handles {
	struct intern_pool coherent;	/* kept places that hold such addresses */
	struct intern_pool other;	/* and those that hold others, too */
	bool grown;
};

static bool is_coherent_api(const struct api_function *api)
{
	return api && api->handle.arg >= 0 &&
	       (api_in_family(api, "attrs") || api_in_family(api, "managed"));
}

static bool is_kept_address(const struct scan *s, uint32_t place)
{
	const struct place *p;

	if (place == NO_PLACE)
		return false;
	p = view_place(&s->v, place);
	return !p->is_pointer && (p->kind == PLACE_FIELD ||
				  p->kind == PLACE_STATIC ||
				  p->kind == PLACE_GLOBAL);
}

/* Whether op `number` is an allocation that fills `place`. */
static bool fills_address(const struct scan *s, const struct op *op,
			  uint32_t place)
{
	const struct api_function *api = scan_api(s, op, API_ALLOC);

	return is_coherent_api(api) &&
	       view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg)) == place;
}

/* Whether a local is nothing but the address of an allocation before `at`. */
static bool is_local_address(const struct scan *s, uint32_t place, uint32_t at)
{
	bool filled = false;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind == OP_ASSIGN && op->dst == place)
			return false;
		filled |= i < at && fills_address(s, op, place);
	}
	return filled;
}

/* Whether the value at op `at` is such an address, or computed from one. */
static bool is_coherent_address(const struct scan *s, struct value value,
				uint32_t at, const struct handles *handles)
{
	uint32_t place = view_first_place(&s->v, value);

	if (place == NO_PLACE)
		return false;
	if (is_kept_address(s, place))
		return scan_has_kept(s, place, &handles->coherent) &&
		       !scan_has_kept(s, place, &handles->other);
	return view_place(&s->v, place)->kind == PLACE_LOCAL &&
	       is_local_address(s, place, at);
}

static void add_address(const struct scan *s, uint32_t place,
			struct intern_pool *set, struct handles *handles)
{
	handles->grown |= !scan_has_kept(s, place, set);
	scan_add_kept(s, place, set);
}

static void find_filled(const struct scan *s, const struct op *op,
			const struct api_function *api, void *data)
{
	struct handles *handles = data;
	uint32_t place = view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg));

	if (is_kept_address(s, place))
		add_address(s, place, is_coherent_api(api) ?
			    &handles->coherent : &handles->other, handles);
}

static void find_copied(const struct scan *s, const struct op *op, void *data)
{
	struct handles *handles = data;
	uint64_t bits;

	if (op->kind != OP_ASSIGN || !is_kept_address(s, op->dst) ||
	    (op->flags & ASSIGN_UPDATE) ||
	    view_constant(&s->v, op->value, &bits))
		return;
	if (is_coherent_address(s, op->value, scan_number(s, op), handles))
		add_address(s, op->dst, &handles->coherent, handles);
}

/* Once all that is coherent is known, what else is put there is not. */
static void find_others(const struct scan *s, const struct op *op, void *data)
{
	struct handles *handles = data;
	uint64_t bits;

	if (op->kind == OP_ASSIGN && is_kept_address(s, op->dst) &&
	    !(op->flags & ASSIGN_UPDATE) &&
	    !view_constant(&s->v, op->value, &bits) &&
	    !is_coherent_address(s, op->value, scan_number(s, op), handles))
		add_address(s, op->dst, &handles->other, handles);
}

/* Of all that may be meant the allocation whose address is written alike. */
static const struct life_origin *closest_alloc(const struct life_origins *o,
					       const char *text)
{
	const struct life_origin *best = NULL;
	unsigned int most = 0;
	uint32_t i;

	for (i = 0; i < o->nr; i++) {
		const struct life_origin *l = &o->list[i];
		const struct view *v = &l->in->v;
		unsigned int n = 1 + texts_alike(text,
			view_text(v, view_op(v, l->op), l->api->handle.arg));

		if (!is_coherent_api(l->api) || n <= most)
			continue;
		most = n;
		best = l;
	}
	return best;
}

static void check_streaming_call(const struct scan *s,
				 const struct life_function *f,
				 const struct op *op,
				 const struct api_function *api,
				 const struct handles *handles)
{
	struct value value = view_arg(&s->v, op, api->memory.arg);
	const char *text = view_text(&s->v, op, api->memory.arg);
	bool syncs = api->roles & API_SYNC;
	struct life_origins o;
	const struct life_origin *best;
	struct finding *found;

	/* An address, not a table. */
	if (strstr(api->name, "_sg") || !is_coherent_address(s, value,
			scan_number(s, op), handles))
		return;
	found = scan_report(s, op, "%s() of coherent memory: %s comes from dma_alloc_coherent() or its kin%s",
		    view_str(&s->v, op->spelling), *text ? text : "the address",
		    syncs ? ", and there is nothing to sync" :
		    ", and is to be freed, not unmapped");
	lifetimes_origins(rule_lifetimes(s->run), f, value, &o);
	best = closest_alloc(&o, text);
	if (best)
		lives_step(found, &best->in->v, best->op,
			   "it is allocated here");
}

static void check_streaming_calls_in(const struct scan *s,
				     const struct life_function *f, void *data)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct op *op = view_op(&s->v, i);
		const struct api_function *api =
			scan_api(s, op, API_SYNC | API_UNMAP);

		if (api)
			check_streaming_call(s, f, op, api, data);
	}
}

static void check_sync_of_coherent(struct rule_run *run)
{
	struct handles handles = { .coherent = INTERN_POOL_INIT,
				   .other = INTERN_POOL_INIT };

	scan_each_call(run, API_ALLOC, find_filled, &handles);
	do {
		handles.grown = false;
		scan_each_op(run, find_copied, &handles);
	} while (handles.grown);
	do {
		handles.grown = false;
		scan_each_op(run, find_others, &handles);
	} while (handles.grown);
	lives_each_function(run, check_streaming_calls_in, &handles);
	intern_release(&handles.coherent);
	intern_release(&handles.other);
}

const struct rule sync_of_coherent_rule = {
	.id = "sync-of-coherent",
	.level = LEVEL_WARNING,
	.summary = "coherent memory is synced or unmapped as if it were a streaming mapping",
	.explanation =
"dma_sync_single_for_cpu(), dma_unmap_single() and the like are for addresses\n"
"from dma_map_single(). An address from dma_alloc_coherent() is different:\n"
"the memory is coherent, so there is nothing to sync, and it may be outside\n"
"of the kernel's linear mapping, so that the page computed from the address\n"
"is another one. On a non-coherent device, that page is written back or\n"
"invalidated. CONFIG_DMA_API_DEBUG reports \"device driver tries to sync DMA\n"
"memory it has not allocated\".\n"
"\n"
"Drop the call; order the CPU's accesses with dma_wmb() and dma_rmb(). If the\n"
"memory is to be cached and synced, allocate it with dma_alloc_noncoherent()\n"
"or dma_alloc_pages().\n"
"\n"
"See Documentation/core-api/dma-api.rst, dma_alloc_coherent(), and\n"
"Documentation/core-api/dma-api-howto.rst, \"Types of DMA mappings\".\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC | API_SYNC },
	.check = check_sync_of_coherent,
};
