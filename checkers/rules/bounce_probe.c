// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks for calls of functions that tell whether memory would bounce, and for what
 * the function and its file are about.
 */
#include "rules/common/scan.h"

#include "knowledge/policy.h"
#include "lib/alloc.h"

enum probe_where {
	ANYWHERE = 1,	/* an internal of the DMA API */
	SHARED = 2,	/* in code that shares user memory: RDMA, DRM */
	BESIDE = 4,	/* there, with another probe in the same function */
	NEAR_DMA = 8,	/* there, in a function about DMA */
};

static const struct probe {
	const char *name;
	enum probe_where where;
} probes[] = {
	{ "dev_is_dma_coherent",	ANYWHERE },
	{ "is_swiotlb_active",		ANYWHERE },
	{ "is_swiotlb_force_bounce",	ANYWHERE },
	{ "swiotlb_max_mapping_size",	ANYWHERE },
	{ "force_dma_unencrypted",	ANYWHERE },
	{ "drm_need_swiotlb",		ANYWHERE },
	{ "dma_addressing_limited",	SHARED },
	{ "dma_need_sync",		SHARED },
	{ "xen_pv_domain",		SHARED },
	{ "cc_platform_has",		NEAR_DMA },
	{ "dma_max_mapping_size",	BESIDE },
};

static const char *const names[] = { "dev_is_dma_coherent",
	"is_swiotlb_active", "is_swiotlb_force_bounce",
	"swiotlb_max_mapping_size", "force_dma_unencrypted",
	"drm_need_swiotlb", "dma_addressing_limited", "dma_need_sync",
	"xen_pv_domain", "cc_platform_has", NULL };

/* Code that implements what is probed, or has other reasons. */
static const char *const core[] = { "arch/", "drivers/iommu/", "drivers/xen/",
	"include/", "kernel/", "lib/", "mm/", "virt/" };

/* The kinds of memory encryption, the first of enum cc_attr. */
#define CC_ATTR_GUEST_MEM_ENCRYPT 2

/* enum xen_domain_type */
#define XEN_PV_DOMAIN 1

/* Whether the first argument is one constant, of `max` at most. */
static bool is_up_to(const struct scan *s, const struct op *op, uint64_t max)
{
	uint64_t bits;

	return view_constant(&s->v, view_arg(&s->v, op, 0), &bits) && bits <= max;
}

static bool tests_xen_pv(const struct scan *s, const struct op *op)
{
	uint32_t place = view_only_place(&s->v, op->value);

	return op->flags == TEST_EQ && place != NO_PLACE &&
	       view_place(&s->v, place)->kind == PLACE_GLOBAL &&
	       !strcmp(view_str(&s->v, view_place(&s->v, place)->name),
		       "xen_domain_type") &&
	       is_up_to(s, op, XEN_PV_DOMAIN);
}

static const struct probe *probe_of(const struct scan *s, const struct op *op)
{
	const char *name = scan_callee(s, op);
	size_t i;

	/* A macro that tests a feature of the CPU, or compares. */
	if (op->kind == OP_CALL ? !strcmp(view_str(&s->v, op->spelling),
					  "xen_pv_domain") :
	    op->kind == OP_TEST && tests_xen_pv(s, op))
		name = "xen_pv_domain";
	for (i = 0; *name && i < ARRAY_SIZE(probes); i++)
		if (!strcmp(probes[i].name, name))
			break;
	if (!*name || i == ARRAY_SIZE(probes) ||
	    (!strcmp(name, "cc_platform_has") &&
	     !is_up_to(s, op, CC_ATTR_GUEST_MEM_ENCRYPT)))
		return NULL;
	return &probes[i];
}

static bool is_about_dma(const char *name)
{
	return strstr(name, "dma") || strstr(name, "ttm_") ||
	       strstr(name, "swiotlb");
}

/* Whether the function, or a name that it uses, is about DMA. */
static bool is_near_dma(const struct scan *s)
{
	uint32_t i;

	if (is_about_dma(view_str(&s->v, s->v.fn->name)))
		return true;
	for (i = 0; i < s->v.fn->nr_places; i++)
		if (is_about_dma(view_str(&s->v, view_place(&s->v, i)->name)))
			return true;
	return false;
}

static bool asks_another(const struct scan *s, const struct probe *but)
{
	uint32_t i;

	for (i = 0; i < s->v.fn->nr_ops; i++) {
		const struct probe *p = probe_of(s, view_op(&s->v, i));

		if (p && p != but)
			return true;
	}
	return false;
}

/* Whether the file is of a kind that shares the memory of a process. */
static bool shares_memory(const struct rule_run *run, const struct unit *unit)
{
	const char **headers = xcalloc(unit->nr_headers, sizeof(*headers));
	const char *name;
	size_t i;

	for (i = 0; i < unit->nr_headers; i++)
		headers[i] = intern_str(&run->program->names,
					unit->headers[i]);
	name = policy_context(run->policy, headers, unit->nr_headers)->name;
	free(headers);
	return !strcmp(name, "drm") || !strcmp(name, "uverbs") ||
	       !strncmp(name, "rdma", 4);
}

static bool is_reportable(const struct scan *s, const struct op *op,
			  const struct probe *p)
{
	const char *file = view_str(&s->v, op->file);
	size_t i;

	/* The function is such a probe itself. */
	if (!strcmp(view_str(&s->v, s->v.fn->name), "drm_need_swiotlb"))
		return false;
	for (i = 0; i < ARRAY_SIZE(core); i++)
		if (!strncmp(file, core[i], strlen(core[i])))
			return false;
	if (p->where == ANYWHERE)
		return true;
	return (p->where != NEAR_DMA || is_near_dma(s)) &&
	       (p->where != BESIDE || asks_another(s, p)) &&
	       shares_memory(s->run, s->v.unit);
}

static void check_probe(const struct scan *s, const struct op *op, void *data)
{
	const struct probe *p = probe_of(s, op);

	(void)data;
	if (p && is_reportable(s, op, p))
		scan_report(s, op, "%s() probes how the DMA API would map; if a mapping must not bounce, pass DMA_ATTR_REQUIRE_COHERENT",
			    p->name);
}

static void check_bounce_probe(struct rule_run *run)
{
	scan_each_op(run, check_probe, NULL);
}

const struct rule bounce_probe_rule = {
	.id = "bounce-probe",
	.level = LEVEL_NOTE,
	.summary = "a driver probes whether a mapping would bounce instead of forbidding it",
	.explanation =
"Whether a mapping bounces or needs cache maintenance is an implementation\n"
"detail of the DMA API, and may differ from one mapping to the next. Drivers\n"
"that cannot work with bounce buffers used to look at SWIOTLB, memory\n"
"encryption, Xen or the coherence of the device. Each of these guesses has\n"
"been wrong on some system.\n"
"\n"
"DMA_ATTR_REQUIRE_COHERENT says what the driver needs: the mapping fails if\n"
"it would bounce, and the driver can refuse the request. Pass it for user\n"
"memory instead of probing. Internals such as dev_is_dma_coherent() are not\n"
"for drivers at all.\n"
"\n"
"It is fine to call dma_max_mapping_size() for the limits of a block device,\n"
"and dma_need_sync() to skip dma_sync_*() calls. Some probes select the\n"
"allocator for kernel pages, which the attribute cannot do; that is why this\n"
"is a note.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs = NEEDS_CALLS,
	/* Files that map include the headers whose inline functions probe. */
	.reads = { .roles = API_SINK, .names = names },
	.check = check_bounce_probe,
};
