// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens too early, along one path of a function: memory is unmapped
 * while the DMA engine may still write to it, or it is freed, given back to its
 * owner or copied from before it is unmapped.
 */
#include "lib/alloc.h"
#include "rules/common/lives.h"
#include "rules/common/paths.h"

static const char *const terminates[] = { "dmaengine_terminate_all",
	"dmaengine_terminate_sync", "dmaengine_terminate_async", NULL };

/* What gives a buffer, or the request that it belongs to, away: the argument. */
static const struct giving {
	const char *name;
	int arg;
	bool frees;
} givings[] = {
	{ "kfree", 0, true }, { "kfree_sensitive", 0, true },
	{ "kvfree", 0, true }, { "dev_kfree_skb", 0, true },
	{ "dev_kfree_skb_any", 0, true }, { "dev_kfree_skb_irq", 0, true },
	{ "kfree_skb", 0, true }, { "consume_skb", 0, true },
	{ "__free_page", 0, true }, { "__free_pages", 0, true },
	{ "free_page", 0, true }, { "free_pages", 0, true },
	{ "put_page", 0, true }, { "scsi_done", 0, false },
	{ "bsg_job_done", 0, false }, { "mmc_request_done", 1, false },
	{ "usb_gadget_giveback_request", 1, false },
	{ "usb_hcd_giveback_urb", 1, false },
	{ "crypto_finalize_skcipher_request", 1, false },
	{ "crypto_finalize_hash_request", 1, false },
	{ "crypto_finalize_aead_request", 1, false },
	{ "skcipher_request_complete", 0, false },
	{ "ahash_request_complete", 0, false },
	{ "aead_request_complete", 0, false },
};

struct early {
	struct lifetimes *lifetimes;
	const struct life_function *f;
	uint32_t op;		/* what may be too early */
	const char *text;	/* what is given away */
	uint32_t unmap;		/* of what only goes to the device */
};

static const struct api_function *release_api(const struct scan *s, uint32_t op)
{
	return scan_api(s, view_op(&s->v, op), API_UNMAP | API_FREE);
}

/* --- unmapped while DMA may run --- */

static bool is_terminate(const struct scan *s, uint32_t op)
{
	return scan_calls_any(s, view_op(&s->v, op), terminates);
}

/* Whether the op, or a function that it calls, is one for which `is` holds. */
static bool calls_such(const struct early *e, const struct scan *s, uint32_t op,
		       bool (*is)(const struct scan *s, uint32_t op))
{
	const struct life_function *callee =
		lifetimes_callee(e->lifetimes, e->f, view_op(&s->v, op));
	uint32_t i;

	for (i = 0; callee && i < callee->v.fn->nr_ops; i++) {
		const struct scan c = { .run = s->run, .v = callee->v };

		if (is(&c, i))
			return true;
	}
	return is(s, op);
}

static bool is_map(const struct scan *s, uint32_t op)
{
	return scan_api(s, view_op(&s->v, op), API_SINK) != NULL;
}

static bool is_unmap(const struct scan *s, uint32_t op)
{
	return release_api(s, op) != NULL;
}

static enum path_step to_terminate(const struct scan *s, uint32_t op,
				   void *data)
{
	(void)data;
	if (is_map(s, op))
		return PATH_STOPS;
	return is_terminate(s, op) ? PATH_ENDS_HERE : PATH_ON;
}

static enum path_step to_unmap(const struct scan *s, uint32_t op, void *data)
{
	const struct early *e = data;

	(void)s;
	return op == e->op ? PATH_ENDS_HERE : PATH_ON;
}

/*
 * Whether DMA may run at `op`: nothing before has stopped it, and where the
 * function itself maps, it has been started.
 */
static bool may_run(struct early *e, const struct scan *s)
{
	bool maps = false, started = false;
	uint32_t i;

	for (i = 0; i < e->op; i++) {
		const struct op *op = view_op(&s->v, i);

		if (op->kind != OP_CALL)
			continue;
		if (calls_such(e, s, i, is_terminate) &&
		    paths_find(s, i, to_unmap, e) != NO_OP)
			return false;
		maps |= is_map(s, i);
		if (scan_calls(s, op, "dma_async_issue_pending"))
			started |= paths_find(s, i, to_unmap, e) != NO_OP;
	}
	return started || !maps;
}

static void check_unmap_before_stop(struct early *e, const struct scan *s)
{
	const struct op *op = view_op(&s->v, e->op);
	struct finding *f;
	uint32_t stop;

	stop = paths_find(s, e->op, to_terminate, NULL);
	if (stop == NO_OP || !may_run(e, s))
		return;
	f = scan_report(s, op, "%s() while the DMA engine may still be running: it is stopped only afterwards",
			view_str(&s->v, op->spelling));
	life_add_step(f, s, stop, "it is stopped here");
}

/* --- given away while mapped --- */

static const struct giving *giving_of(const struct scan *s, uint32_t op)
{
	const char *callee = scan_callee(s, view_op(&s->v, op));
	size_t i;

	for (i = 0; *callee && i < ARRAY_SIZE(givings); i++)
		if (!strcmp(givings[i].name, callee) ||
		    !strcmp(givings[i].name,
			    view_str(&s->v, view_op(&s->v, op)->spelling)))
			return &givings[i];
	return NULL;
}

/* Whether `text` is `object`, or a member of it: "job", "job->sg". */
static bool belongs_to(const char *text, const char *object)
{
	size_t len = strlen(object);

	text += *text == '&';
	return !strncmp(text, object, len) &&
	       (!text[len] || !strncmp(text + len, "->", 2) ||
		text[len] == '.');
}

/*
 * Whether the unmap is about what belongs to the object: its memory, or what
 * the address was mapped from in this function.
 */
static bool unmaps_object(const struct scan *s, uint32_t unmap,
			  const char *object)
{
	const struct api_function *api = release_api(s, unmap);
	const struct op *op = view_op(&s->v, unmap);
	uint32_t handle, i;

	if (belongs_to(view_text(&s->v, op, api->handle.arg), object))
		return true;
	handle = view_only_place(&s->v, view_arg(&s->v, op, api->handle.arg));
	for (i = 0; handle != NO_PLACE && i < unmap; i++) {
		const struct api_function *map =
			scan_mapping(s, view_op(&s->v, i));

		if (map && scan_kept_in(s, i) == handle &&
		    belongs_to(view_text(&s->v, view_op(&s->v, i),
					 map->memory.arg), object))
			return true;
	}
	return false;
}

static bool writes_memory(const struct scan *s, const struct op *unmap,
			  const struct api_function *api)
{
	uint64_t direction;

	return !view_constant(&s->v, view_arg(&s->v, unmap, api->direction),
			      &direction) ||
	       direction != 1;	/* DMA_TO_DEVICE */
}

/* What a loop unmaps that this is not in, belongs to others: an unwinding. */
static bool is_same_round(const struct early *e, const struct scan *s,
			  const struct op *op)
{
	return view_is_within(&s->v, view_op(&s->v, e->op)->branch,
			      scan_loop(s, op->branch));
}

static enum path_step to_its_unmap(const struct scan *s, uint32_t op, void *data)
{
	struct early *e = data;
	const struct op *o = view_op(&s->v, op);
	const struct api_function *api =
		scan_api(s, o, API_UNMAP | API_SINK);

	if (!api)
		return PATH_ON;
	if (api->roles & API_SINK)
		return belongs_to(view_text(&s->v, o, api->memory.arg),
				  e->text) ? PATH_STOPS : PATH_ON;
	if (api->handle.arg < 0 || !is_same_round(e, s, o) ||
	    !unmaps_object(s, op, e->text))
		return PATH_ON;
	if (writes_memory(s, o, api))
		return PATH_ENDS_HERE;
	if (e->unmap == NO_OP)
		e->unmap = op;
	return PATH_ON;
}

/* Whether the variable that the text begins with is another one by then. */
static bool is_set_in_text(const struct scan *s, const char *text,
			   unsigned int from, unsigned int to)
{
	char *name = xstrdup(text);
	bool set;

	name[strcspn(name, "-.[(")] = '\0';
	set = variable_set_in_text(s, name, from, to) != 0;
	free(name);
	return set;
}

static void check_giving(struct early *e, const struct scan *s,
			 const struct giving *giving)
{
	const struct op *op = view_op(&s->v, e->op);
	char *text = call_text(s, op, giving->arg);
	struct finding *f;
	uint32_t unmap = NO_OP;
	bool writes;

	e->unmap = NO_OP;
	e->text = text;
	if (text && *text)
		unmap = paths_find(s, e->op, to_its_unmap, e);
	writes = unmap != NO_OP;
	if (!writes)
		unmap = e->unmap;
	if (unmap != NO_OP && !is_set_in_text(s, text, op->line,
					      view_op(&s->v, unmap)->line)) {
		f = scan_report_level(s, op, writes ? LEVEL_WARNING :
				      LEVEL_NOTE,
				      giving->frees ?
				      "%s(%s) while it is mapped for DMA" :
				      "%s(%s) before its memory is unmapped",
				      view_str(&s->v, op->spelling), text);
		life_add_step(f, s, unmap, "it is unmapped only here");
	}
	free(text);
}

static void check_early_in_function(const struct scan *s,
				    const struct life_function *f, void *data)
{
	struct early e = { .lifetimes = data, .f = f };
	bool has_order = false;
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops && !has_order; i++)
		has_order = is_unmap(s, i) || is_terminate(s, i);
	for (i = 0; has_order && i < s->v.fn->nr_ops; i++) {
		const struct giving *giving;

		e.op = i;
		if (view_op(&s->v, i)->kind != OP_CALL)
			continue;
		giving = giving_of(s, i);
		if (giving)
			check_giving(&e, s, giving);
		else if (calls_such(&e, s, i, is_unmap) &&
			 !calls_such(&e, s, i, is_terminate) &&
			 !calls_such(&e, s, i, is_map))
			check_unmap_before_stop(&e, s);
	}
}

static void check_used_while_mapped(struct rule_run *run)
{
	lives_each_function(run, check_early_in_function, rule_lifetimes(run));
}

const struct rule used_while_mapped_rule = {
	.id = "used-while-mapped",
	.level = LEVEL_WARNING,
	.summary = "memory is freed, given back or unmapped while the device may still write to it",
	.explanation =
"While memory is mapped, the device owns it. The CPU must not free it, or\n"
"return it to the caller who requested the transfer, before it is unmapped:\n"
"the unmap may copy a bounce buffer to it, or invalidate its cache lines. And\n"
"it must not be unmapped while the DMA engine may still be running: with an\n"
"IOMMU, the device faults; without one, it writes to memory that has a new\n"
"owner.\n"
"\n"
"It is reported within a function, along one path: dmaengine_terminate_*()\n"
"after the unmap instead of before it; kfree(), dev_kfree_skb() and the like,\n"
"or the completion of a request, before the unmap of its memory. For memory\n"
"that the device only reads (DMA_TO_DEVICE) it is a note.\n"
"\n"
"Stop DMA first, then unmap, then free or complete.\n"
"\n"
"See Documentation/core-api/dma-api.rst and\n"
"Documentation/driver-api/dmaengine/client.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_UNMAP | API_FREE, .names = lives_names },
	.check = check_used_while_mapped,
};
