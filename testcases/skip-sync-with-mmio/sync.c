// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

dma_addr_t resource(struct device *dev, phys_addr_t phys, size_t n);
void undo(struct device *dev, dma_addr_t addr, size_t n);
dma_addr_t both(struct device *dev, phys_addr_t phys, size_t n);
dma_addr_t right(struct device *dev, phys_addr_t phys, size_t n);
dma_addr_t memory(struct device *dev, phys_addr_t phys, size_t n);
dma_addr_t either(struct device *dev, phys_addr_t phys, size_t n, bool mmio);

dma_addr_t resource(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_resource(dev, phys, n, DMA_TO_DEVICE,
				DMA_ATTR_SKIP_CPU_SYNC);
}

void undo(struct device *dev, dma_addr_t addr, size_t n)
{
	dma_unmap_resource(dev, addr, n, DMA_TO_DEVICE,
			   DMA_ATTR_SKIP_CPU_SYNC);
}

dma_addr_t both(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_phys(dev, phys, n, DMA_TO_DEVICE,
			    DMA_ATTR_MMIO | DMA_ATTR_SKIP_CPU_SYNC);
}

/* Nothing to be said of these. */
dma_addr_t right(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_resource(dev, phys, n, DMA_TO_DEVICE, 0);
}

dma_addr_t memory(struct device *dev, phys_addr_t phys, size_t n)
{
	return dma_map_phys(dev, phys, n, DMA_TO_DEVICE,
			    DMA_ATTR_SKIP_CPU_SYNC);
}

/* One or the other, never both. */
dma_addr_t either(struct device *dev, phys_addr_t phys, size_t n, bool mmio)
{
	return dma_map_phys(dev, phys, n, DMA_TO_DEVICE,
			    mmio ? DMA_ATTR_MMIO : DMA_ATTR_SKIP_CPU_SYNC);
}

/*
 * check-name: DMA_ATTR_SKIP_CPU_SYNC for I/O memory
 * check-command: dmacheck check --level note
 * check-output-start
 * sync.c:13:9: note: dma_map_resource() never syncs MMIO: DMA_ATTR_SKIP_CPU_SYNC has no effect [skip-sync-with-mmio]
 * sync.c:19:2: note: dma_unmap_resource() never syncs MMIO: DMA_ATTR_SKIP_CPU_SYNC has no effect [skip-sync-with-mmio]
 * sync.c:25:9: note: dma_map_phys() never syncs MMIO: DMA_ATTR_SKIP_CPU_SYNC has no effect [skip-sync-with-mmio]
 * check-output-end
 */
