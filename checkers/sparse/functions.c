// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of the DMA API that the sparse stage checks, with the slots of their
 * arguments; for candidates.c and takeover.c.
 */
#include "sparse/functions.h"

#include "knowledge/api.h"
#include "lib/alloc.h"

/*
 * Sorted by name; include/linux/dma-mapping.h, scatterlist.h, dmapool.h, mm.h.
 * Functions that free have no slots: some drivers store the result of
 * dma_alloc_coherent() as __iomem, which is a wrong declaration but harmless.
 */
static const struct sparse_function functions[] = {
	{ "__pa", .memory = 1, .translates = true },
	{ "__virt_to_phys", .memory = 1, .translates = true },
	{ "bvec_set_page", .memory = 2 },
	{ "bvec_set_virt", .memory = 2 },
	{ "dma_alloc_attrs", .gfp = 4, .attrs = 5 },
	{ "dma_alloc_coherent", .gfp = 4 },
	{ "dma_alloc_noncoherent", .gfp = 5, .direction = 4 },
	{ "dma_alloc_noncontiguous", .gfp = 4, .attrs = 5, .direction = 3 },
	{ "dma_alloc_pages", .gfp = 5, .direction = 4 },
	{ "dma_alloc_wc", .gfp = 4 },
	{ "dma_free_attrs", .attrs = 5 },
	{ "dma_map_page", .memory = 2, .direction = 5 },
	{ "dma_map_resource", .direction = 4, .attrs = 5 },
	{ "dma_map_sg", .memory = 2, .direction = 4 },
	{ "dma_map_single", .memory = 2, .direction = 4 },
	{ "dma_pool_alloc", .gfp = 2 },
	{ "dma_pool_zalloc", .gfp = 2 },
	{ "dma_unmap_page", .direction = 4 },
	{ "dma_unmap_sg", .memory = 2, .direction = 4 },
	{ "dma_unmap_single", .direction = 4 },
	{ "dmam_alloc_attrs", .gfp = 4, .attrs = 5 },
	{ "dmam_alloc_coherent", .gfp = 4 },
	{ "ib_dma_map_page", .memory = 2, .direction = 5 },
	{ "ib_dma_map_single", .memory = 2, .direction = 4 },
	{ "sg_assign_page", .memory = 2 },
	{ "sg_init_one", .memory = 2 },
	{ "sg_set_buf", .memory = 2 },
	{ "sg_set_folio", .memory = 2 },
	{ "sg_set_page", .memory = 2 },
	{ "virt_to_folio", .memory = 1 },
	{ "virt_to_head_page", .memory = 1 },
	{ "virt_to_page", .memory = 1, .translates = true },
	{ "virt_to_pfn", .memory = 1, .translates = true },
	{ "virt_to_phys", .memory = 1 },
};

static int compare(const struct sparse_function *f, const char *name,
		   size_t len)
{
	int order = strncmp(f->name, name, len);

	return order ? order : (f->name[len] ? 1 : 0);
}

static unsigned int slot(int arg)
{
	return arg >= 0 ? (unsigned int)arg + 1 : 0;
}

#define ROLES	(API_SINK | API_UNMAP | API_SYNC)

bool sparse_function(const struct api *api, const char *name, size_t len,
		     struct sparse_function *function)
{
	size_t low = 0, high = ARRAY_SIZE(functions);
	const struct api_function *f;
	char *copy;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare(&functions[middle], name, len);

		if (!order) {
			*function = functions[middle];
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	copy = xstrndup(name, len);
	f = api_function(api, copy);
	free(copy);
	if (!f || !(f->roles & ROLES))
		return false;
	*function = (struct sparse_function){
		.name = f->name,
		.memory = slot(f->memory.arg),
		.direction = slot(f->direction),
		.attrs = slot(f->attrs),
	};
	return true;
}

struct each {
	void (*fn)(const char *name, void *data);
	void *data;
};

static void give(const struct api_function *function, void *data)
{
	const struct each *each = data;

	each->fn(function->name, each->data);
}

void sparse_each_function(const struct api *api,
			  void (*fn)(const char *name, void *data), void *data)
{
	struct each each = { fn, data };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(functions); i++)
		fn(functions[i].name, data);
	api_each(api, ROLES, give, &each);
}
