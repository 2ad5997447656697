// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct chan {
	dma_addr_t fifo, ring, buf, either;
	void *cpu;
	struct page *pages;
	int is_page;
};

int start(struct device *dev, struct chan *c, phys_addr_t fifo, void *buf);
void stop(struct device *dev, struct chan *c);
int start_either(struct device *dev, struct chan *c, struct page *page);
void stop_either(struct device *dev, struct chan *c);
int once(struct device *dev, void *buf, struct page *page);

int start(struct device *dev, struct chan *c, phys_addr_t fifo, void *buf)
{
	c->fifo = dma_map_resource(dev, fifo, 4, DMA_TO_DEVICE, 0);
	c->pages = dma_alloc_pages(dev, 4096, &c->ring, DMA_TO_DEVICE,
				   GFP_KERNEL);
	c->buf = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	return dma_mapping_error(dev, c->fifo) ||
	       dma_mapping_error(dev, c->buf);
}

void stop(struct device *dev, struct chan *c)
{
	dma_unmap_page(dev, c->fifo, 4, DMA_TO_DEVICE);
	dma_free_coherent(dev, 4096, c->pages, c->ring);
	/* page and single are one and the same */
	dma_unmap_page(dev, c->buf, 64, DMA_TO_DEVICE);
}

/* One field for two kinds of mapping: one of them matches. */
int start_either(struct device *dev, struct chan *c, struct page *page)
{
	if (c->is_page)
		c->either = dma_map_page(dev, page, 0, 4096, DMA_TO_DEVICE);
	else
		c->cpu = dma_alloc_coherent(dev, 4096, &c->either,
					    GFP_KERNEL);
	return c->cpu ? 0 : -ENOMEM;
}

void stop_either(struct device *dev, struct chan *c)
{
	if (c->is_page)
		dma_unmap_page(dev, c->either, 4096, DMA_TO_DEVICE);
	else
		dma_free_coherent(dev, 4096, c->cpu, c->either);
}

/* One local for two mappings, one after the other. */
int once(struct device *dev, void *buf, struct page *page)
{
	dma_addr_t dma;

	dma = dma_map_resource(dev, 0x1000, 4, DMA_TO_DEVICE, 0);
	dma_unmap_resource(dev, dma, 4, DMA_TO_DEVICE, 0);
	dma = dma_map_single(dev, buf, 64, DMA_FROM_DEVICE);
	dma_unmap_single(dev, dma, 64, DMA_FROM_DEVICE);
	dma = dma_map_page(dev, page, 0, 64, DMA_FROM_DEVICE);
	dma_unmap_resource(dev, dma, 64, DMA_FROM_DEVICE, 0);
	return 0;
}

/*
 * check-name: unmapped or freed with the wrong function
 * check-output-start
 * functions.c:29:2: warning: mapped with dma_map_resource(), but unmapped with dma_unmap_page() [unmap-attr-mismatch]
 * functions.c:19:12: note: mapped here with dma_map_resource()
 * functions.c:30:2: warning: allocated with dma_alloc_pages(), but freed with dma_free_coherent() [unmap-attr-mismatch]
 * functions.c:20:13: note: allocated here with dma_alloc_pages()
 * functions.c:64:2: warning: mapped with dma_map_page(), but unmapped with dma_unmap_resource() [unmap-attr-mismatch]
 * functions.c:63:8: note: mapped here with dma_map_page()
 * check-output-end
 */
