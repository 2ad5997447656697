// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/mm.h>

struct carveout {
	phys_addr_t base;
	void *cpu;
};

struct window {
	phys_addr_t base;
	void __iomem *regs;
};

void *memremap(phys_addr_t offset, size_t size, unsigned long flags);

dma_addr_t of_page(struct device *dev, struct page *page);
dma_addr_t of_pointer(struct device *dev, void *p, size_t n);
int probe(struct carveout *c, size_t n);
dma_addr_t of_carveout(struct device *dev, struct carveout *c, size_t n);
dma_addr_t of_window(struct device *dev, struct window *w, size_t n);
dma_addr_t memory(struct device *dev, struct page *page);

dma_addr_t of_page(struct device *dev, struct page *page)
{
	return dma_map_resource(dev, page_to_phys(page), 4096,
				DMA_BIDIRECTIONAL, 0);
}

dma_addr_t of_pointer(struct device *dev, void *p, size_t n)
{
	phys_addr_t phys = virt_to_phys(p);

	return dma_map_phys(dev, phys, n, DMA_BIDIRECTIONAL, DMA_ATTR_MMIO);
}

int probe(struct carveout *c, size_t n)
{
	c->cpu = memremap(c->base, n, 1);
	return c->cpu ? 0 : -ENOMEM;
}

dma_addr_t of_carveout(struct device *dev, struct carveout *c, size_t n)
{
	return dma_map_resource(dev, c->base, n, DMA_FROM_DEVICE, 0);
}

/* Registers, and memory that is mapped as such. */
dma_addr_t of_window(struct device *dev, struct window *w, size_t n)
{
	w->regs = ioremap(w->base, n);
	return dma_map_resource(dev, w->base, n, DMA_FROM_DEVICE, 0);
}

dma_addr_t memory(struct device *dev, struct page *page)
{
	return dma_map_phys(dev, page_to_phys(page), 4096, DMA_BIDIRECTIONAL,
			    DMA_ATTR_SKIP_CPU_SYNC);
}

/*
 * check-name: RAM that is mapped as I/O memory
 * check-exit: 1
 * check-output-start
 * ram.c:27:9: warning: dma_map_resource() is for MMIO, but the address comes from page_to_phys() and may be RAM [mmio-on-ram]
 * ram.c:35:9: warning: dma_map_phys() is for MMIO, but the address comes from virt_to_phys() and may be RAM [mmio-on-ram]
 * ram.c:46:9: warning: dma_map_resource() is for MMIO, but memremap() maps the same memory as RAM [mmio-on-ram]
 * check-output-end
 */
