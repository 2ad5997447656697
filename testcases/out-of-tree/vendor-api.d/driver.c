// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "acme-core.h"

struct user_mem {
	struct acme_handle *handle;
	struct sg_table sgt;
};

struct synced_mem {
	struct acme_handle *handle;
	struct sg_table sgt;
};

struct ring_mem {
	struct acme_handle *handle;
	struct sg_table sgt;
};

int user_mem_lock(struct acme_core *core, struct user_mem *mem, u64 addr);
int user_mem_map(struct acme_core *core, struct user_mem *mem);
int user_mem_map_right(struct acme_core *core, struct user_mem *mem);
int user_page_map(struct acme_core *core, struct device *dev, u64 addr,
		  dma_addr_t *dma);
int synced_mem_map(struct acme_core *core, struct synced_mem *mem, u64 addr);
void synced_mem_begin(struct acme_core *core, struct synced_mem *mem);
int ring_mem_map(struct acme_core *core, struct ring_mem *mem);

int user_mem_lock(struct acme_core *core, struct user_mem *mem, u64 addr)
{
	int ret = acme_core_lock_user(core, addr, 4, &mem->handle,
				      FOLL_WRITE | FOLL_LONGTERM);

	if (ret)
		return ret;
	return acme_core_fill_table(core, mem->handle, &mem->sgt);
}

/* Through the vendor's function ... */
int user_mem_map(struct acme_core *core, struct user_mem *mem)
{
	return acme_core_map_table(core, &mem->sgt, DMA_BIDIRECTIONAL, 0);
}

int user_mem_map_right(struct acme_core *core, struct user_mem *mem)
{
	return acme_core_map_table(core, &mem->sgt, DMA_BIDIRECTIONAL,
				   DMA_ATTR_REQUIRE_COHERENT);
}

/* ... and through the kernel's. */
int user_page_map(struct acme_core *core, struct device *dev, u64 addr,
		  dma_addr_t *dma)
{
	struct page *page = acme_core_one_page(core, addr);

	*dma = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, *dma);
}

int synced_mem_map(struct acme_core *core, struct synced_mem *mem, u64 addr)
{
	int ret = acme_core_lock_user(core, addr, 4, &mem->handle,
				      FOLL_WRITE | FOLL_LONGTERM);

	if (!ret)
		ret = acme_core_fill_table(core, mem->handle, &mem->sgt);
	if (!ret)
		ret = acme_core_map_table(core, &mem->sgt, DMA_BIDIRECTIONAL,
					  0);
	return ret;
}

void synced_mem_begin(struct acme_core *core, struct synced_mem *mem)
{
	acme_core_give_to_cpu(core, &mem->sgt);
}

int ring_mem_map(struct acme_core *core, struct ring_mem *mem)
{
	int ret;

	mem->handle = acme_core_alloc(core, 4);
	ret = acme_core_fill_table(core, mem->handle, &mem->sgt);
	if (ret)
		return ret;
	return acme_core_map_table(core, &mem->sgt, DMA_BIDIRECTIONAL, 0);
}
