// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>

struct table {
	struct device *dev;
	u32 *entries;
};

int map(struct table *t);
void flush(struct table *t);

int map(struct table *t)
{
	dma_addr_t dma = dma_map_single(t->dev, t->entries, 4096,
					DMA_TO_DEVICE);

	if (dma_mapping_error(t->dev, dma) || dma != virt_to_phys(t->entries))
		return -ENOMEM;
	return 0;
}

void flush(struct table *t)
{
	dma_sync_single_for_device(t->dev, virt_to_phys(t->entries), 4096,
				   DMA_TO_DEVICE);
}

/*
 * check-name: a driver that makes sure that both addresses are the same
 * check-command: dmacheck check --level note
 * check-output-start
 * compared.c:25:2: note: dma_sync_single_for_device() is given a physical address, from virt_to_phys(), where the DMA address of the mapping belongs; the driver makes sure that both are the same [phys-as-dma-addr]
 * check-output-end
 */
