// SPDX-License-Identifier: GPL-2.0-only
#include "rules/rule.h"

#include "facts/facts.h"
#include "facts/program.h"
#include "knowledge/policy.h"
#include "knowledge/api.h"
#include "lib/alloc.h"

extern const struct rule bounce_probe_rule;

enum where {
	ANYWHERE = 1,	/* an internal of the DMA API */
	SHARED = 2,	/* where user memory is shared: RDMA, DRM */
	BESIDE = 4,	/* there, beside another one in the same function */
	NEAR_DMA = 8,	/* there, in a function about DMA */
};

static const struct probe {
	const char *name;
	unsigned int where;
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

/* Who implements what is asked for, or asks for other reasons. */
static const char *const core[] = { "arch/", "drivers/iommu/", "drivers/xen/",
	"include/", "kernel/", "lib/", "mm/", "virt/" };

/* The kinds of memory encryption, the first of enum cc_attr. */
#define CC_ATTR_GUEST_MEM_ENCRYPT 2

/* enum xen_domain_type */
#define XEN_PV_DOMAIN 1

struct asking {
	struct rule_run *run;
	const struct unit *unit;
	const struct fact_set *set;
	const struct function *fn;
	bool shared;
};

static const struct place *place_of(const struct asking *a, struct value v)
{
	uint32_t i;

	for (i = 0; i < v.nr; i++) {
		const struct term *t = &a->set->terms[a->fn->first_term +
						      v.first + i];

		if (t->kind == TERM_PLACE)
			return &a->set->places[a->fn->first_place + t->place];
	}
	return NULL;
}

/* Argument `arg` is one constant, of `max` at most. */
static bool is_up_to(const struct asking *a, const struct op *op,
		     uint32_t arg, uint64_t max)
{
	struct value v = { 0, 0 };
	const struct term *t;

	if (arg < op->nr_args)
		v = a->set->args[a->fn->first_arg + op->first_arg + arg];
	if (v.nr != 1)
		return false;
	t = &a->set->terms[a->fn->first_term + v.first];
	return t->kind == TERM_BITS && t->bits <= max;
}

/* What the operation asks, or NULL. */
static const char *asked(const struct asking *a, const struct op *op)
{
	const struct place *p = place_of(a, op->value);
	const char *name;

	if (!p || (op->kind != OP_CALL && op->kind != OP_TEST))
		return NULL;
	/* A macro that asks for a feature of the CPU, or compares. */
	if (op->kind == OP_CALL && !strcmp(facts_str(a->set, op->spelling),
					   "xen_pv_domain"))
		return "xen_pv_domain";
	name = facts_str(a->set, p->name);
	if (op->kind == OP_TEST)
		return p->kind == PLACE_GLOBAL && op->flags == TEST_EQ &&
		       !strcmp(name, "xen_domain_type") &&
		       is_up_to(a, op, 0, XEN_PV_DOMAIN) ?
		       "xen_pv_domain" : NULL;
	if (p->kind != PLACE_FUNCTION)
		return NULL;
	if (strrchr(name, ':'))
		name = strrchr(name, ':') + 1;
	if (!strcmp(name, "cc_platform_has") &&
	    !is_up_to(a, op, 0, CC_ATTR_GUEST_MEM_ENCRYPT))
		return NULL;
	return name;
}

static const struct probe *probe_of(const struct asking *a,
				    const struct op *op)
{
	const char *name = asked(a, op);
	size_t i;

	for (i = 0; name && i < ARRAY_SIZE(probes); i++)
		if (!strcmp(probes[i].name, name))
			return &probes[i];
	return NULL;
}

static bool is_about_dma(const char *name)
{
	return strstr(name, "dma") || strstr(name, "ttm_") ||
	       strstr(name, "swiotlb");
}

/* The function, or something that it names. */
static bool is_near_dma(const struct asking *a)
{
	uint32_t i;

	if (is_about_dma(facts_str(a->set, a->fn->name)))
		return true;
	for (i = 0; i < a->fn->nr_places; i++) {
		const struct place *p = &a->set->places[a->fn->first_place +
							i];

		if (is_about_dma(facts_str(a->set, p->name)))
			return true;
	}
	return false;
}

static bool asks_another(const struct asking *a, const struct probe *but)
{
	uint32_t i;

	for (i = 0; i < a->fn->nr_ops; i++) {
		const struct probe *p = probe_of(a,
			&a->set->ops[a->fn->first_op + i]);

		if (p && p != but)
			return true;
	}
	return false;
}

static bool counts(const struct asking *a, const struct probe *p)
{
	if (p->where == ANYWHERE)
		return true;
	if (!a->shared)
		return false;
	if (p->where == NEAR_DMA)
		return is_near_dma(a);
	return p->where != BESIDE || asks_another(a, p);
}

static void report(const struct asking *a, const struct op *op,
		   const struct probe *p)
{
	struct location loc = {
		.file = (char *)facts_str(a->set, op->file),
		.line = op->line,
		.column = op->column,
		.function = (char *)facts_str(a->set, a->fn->name),
	};
	char *text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(core); i++)
		if (!strncmp(loc.file, core[i], strlen(core[i])))
			return;
	text = xstrfmt("%s() asks how the DMA API would map: a mapping that must not bounce says so with DMA_ATTR_REQUIRE_COHERENT",
		       p->name);
	for (i = 0; i < a->unit->nr_modules; i++)
		findings_add(a->run->findings, bounce_probe_rule.id,
			     bounce_probe_rule.level, &loc,
			     a->unit->modules[i], text);
	free(text);
}

static void check_set(struct asking *a, const struct fact_set *set)
{
	uint32_t i, j;

	a->set = set;
	for (i = 0; i < set->nr_functions; i++) {
		a->fn = &set->functions[i];
		/* It is such a question itself. */
		if (!strcmp(facts_str(set, a->fn->name), "drm_need_swiotlb"))
			continue;
		for (j = 0; j < a->fn->nr_ops; j++) {
			const struct op *op = &set->ops[a->fn->first_op + j];
			const struct probe *p = probe_of(a, op);

			if (p && counts(a, p))
				report(a, op, p);
		}
	}
}

/* Whether the file is of a kind that shares memory of a process. */
static bool shares(const struct rule_run *run, const struct unit *unit)
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

static void check(struct rule_run *run)
{
	size_t i, j;

	for (i = 0; i < run->program->nr_units; i++) {
		struct asking a = { .run = run,
				    .unit = run->program->units[i] };

		a.shared = shares(run, a.unit);
		check_set(&a, &a.unit->facts);
		for (j = 0; j < a.unit->nr_header_sets; j++)
			check_set(&a, &run->program->header_sets[
				a.unit->header_sets[j]]->facts);
	}
}

const struct rule bounce_probe_rule = {
	.id = "bounce-probe",
	.level = LEVEL_NOTE,
	.summary = "a driver asks whether a mapping would bounce instead of saying that it must not",
	.explanation =
"Whether a mapping bounces or needs cache maintenance is the DMA API's own\n"
"business, and the answer may differ from one mapping to the next. Drivers\n"
"that cannot live with it used to look behind the curtain: at SWIOTLB, at\n"
"memory encryption, at Xen, at the device's coherence. Each of these guesses\n"
"has been wrong on some system.\n"
"\n"
"DMA_ATTR_REQUIRE_COHERENT says what the driver means: the mapping fails if\n"
"it would bounce, and the driver can refuse the request then. Use it for\n"
"user memory in place of the question. Internals as dev_is_dma_coherent() are\n"
"not for drivers at all.\n"
"\n"
"It is right to ask dma_max_mapping_size() for the limits of a block device,\n"
"and dma_need_sync() to leave out dma_sync_*() calls. Some of what is found\n"
"chooses the allocator for kernel pages, which the attribute does not do:\n"
"this is a note, to be looked at.\n"
"\n"
"See Documentation/core-api/dma-attributes.rst, DMA_ATTR_REQUIRE_COHERENT.\n",
	.needs = NEEDS_CALLS,
	/* Who maps includes the headers whose inline functions ask. */
	.reads = { .roles = API_SINK, .names = names },
	.check = check,
};
