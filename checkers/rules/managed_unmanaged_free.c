// SPDX-License-Identifier: GPL-2.0-only
/* Compares the families of each allocation and its free. */
#include "rules/rule.h"

#include "flow/flow.h"
#include "knowledge/api.h"
#include "rules/common/pairing.h"

static void report_unmanaged_free(const struct flow_pairing *p, void *data)
{
	const struct api_function *free_api = p->unmap.call.api;
	size_t i;

	if (!p->complete || !(free_api->roles & API_FREE) ||
	    api_in_family(free_api, "managed"))
		return;
	for (i = 0; i < p->nr_maps; i++)
		if (!api_in_family(p->maps[i].call.api, "managed"))
			return;
	pairing_report(data, p, "allocated with %s() and freed by devres, but also freed with %s()",
		       p->maps[0].call.spelling, p->unmap.call.spelling);
}

static void check_managed_unmanaged_free(struct rule_run *run)
{
	flow_each_pairing(run->calls, report_unmanaged_free, run);
}

const struct rule managed_unmanaged_free_rule = {
	.id = "managed-unmanaged-free",
	.level = LEVEL_ERROR,
	.summary = "memory of dmam_alloc_*() is freed with dma_free_*()",
	.explanation =
"Memory from dmam_alloc_coherent() or dmam_alloc_attrs() is freed by devres\n"
"when the driver is detached. dma_free_coherent() frees it but does not\n"
"remove the devres entry, so that it is freed a second time at detach.\n"
"\n"
"Call dmam_free_coherent() with the same arguments, or do not free it at all.\n"
"\n"
"See kernel/dma/mapping.c, dmam_release() and dmam_free_coherent();\n"
"Documentation/driver-api/driver-model/devres.rst.\n",
	.needs = NEEDS_CALLS,
	.reads = { .roles = API_ALLOC | API_FREE },
	.check = check_managed_unmanaged_free,
};
