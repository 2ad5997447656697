// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

#define DEMO_TABLE_SIZE 4096

struct demo_header {
	u32 magic, len;
};

struct demo {
	struct device *dev;
	void *table;
	dma_addr_t table_dma;
};

int demo_probe(struct demo *demo);
void demo_remove(struct demo *demo);

int demo_probe(struct demo *demo)
{
	demo->table = dma_alloc_coherent(demo->dev,
					 sizeof(struct demo_header) +
					 DEMO_TABLE_SIZE, &demo->table_dma,
					 GFP_KERNEL);
	return demo->table ? 0 : -ENOMEM;
}

void demo_remove(struct demo *demo)
{
	dma_free_coherent(demo->dev, DEMO_TABLE_SIZE, demo->table,
			  demo->table_dma);
}
