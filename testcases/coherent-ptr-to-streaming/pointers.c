// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct demo {
	void *ring;
	dma_addr_t ring_dma;
	void *noncoherent;
	dma_addr_t noncoherent_dma;
	void *buf;
	dma_addr_t buf_dma;
};

int setup(struct device *dev, struct demo *demo, size_t n);
int map(struct device *dev, struct demo *demo, size_t n);
struct page *page_of(struct demo *demo);
phys_addr_t phys_of(struct demo *demo);
void list(struct demo *demo, struct scatterlist *sg, unsigned int n);
int local(struct device *dev, size_t n);
int right(struct device *dev, struct demo *demo, size_t n);
struct page *right_page(struct demo *demo);
int either(struct device *dev, size_t n, bool coherent);

int setup(struct device *dev, struct demo *demo, size_t n)
{
	demo->ring = dma_alloc_coherent(dev, n, &demo->ring_dma, GFP_KERNEL);
	demo->noncoherent = dma_alloc_noncoherent(dev, n,
						  &demo->noncoherent_dma,
						  DMA_TO_DEVICE, GFP_KERNEL);
	demo->buf = kmalloc(n, GFP_KERNEL);
	return demo->ring && demo->noncoherent && demo->buf ? 0 : -ENOMEM;
}

int map(struct device *dev, struct demo *demo, size_t n)
{
	demo->buf_dma = dma_map_single(dev, demo->ring, n, DMA_TO_DEVICE);
	return dma_mapping_error(dev, demo->buf_dma) ? -EIO : 0;
}

struct page *page_of(struct demo *demo)
{
	return virt_to_page(demo->ring);
}

phys_addr_t phys_of(struct demo *demo)
{
	return virt_to_phys(demo->ring);
}

void list(struct demo *demo, struct scatterlist *sg, unsigned int n)
{
	sg_set_buf(sg, demo->ring, n);
}

int local(struct device *dev, size_t n)
{
	dma_addr_t dma, again;
	void *p = dmam_alloc_coherent(dev, n, &dma, GFP_KERNEL);

	again = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	return dma_mapping_error(dev, again) ? -EIO : 0;
}

/* All of these are right. */
int right(struct device *dev, struct demo *demo, size_t n)
{
	demo->buf_dma = dma_map_single(dev, demo->buf, n, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, demo->buf_dma))
		return -EIO;
	demo->buf_dma = dma_map_single(dev, demo->noncoherent, n,
				       DMA_TO_DEVICE);
	return dma_mapping_error(dev, demo->buf_dma) ? -EIO : 0;
}

struct page *right_page(struct demo *demo)
{
	return virt_to_page(demo->buf);
}

/* One pointer for memory of either kind: nobody knows which. */
int either(struct device *dev, size_t n, bool coherent)
{
	dma_addr_t dma;
	void *p;

	if (coherent) {
		p = dma_alloc_coherent(dev, n, &dma, GFP_KERNEL);
	} else {
		p = kmalloc(n, GFP_KERNEL);
		dma = dma_map_single(dev, p, n, DMA_TO_DEVICE);
	}
	return dma_mapping_error(dev, dma) ? -EIO : 0;
}

/*
 * check-name: coherent memory that is mapped, or taken for pages
 * check-exit: 1
 * check-output-start
 * pointers.c:38:18: error: dma_map_single() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * pointers.c:28:15: note: memory comes from dma_alloc_coherent()
 * pointers.c:44:9: error: virt_to_page() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * pointers.c:28:15: note: memory comes from dma_alloc_coherent()
 * pointers.c:49:9: error: virt_to_phys() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * pointers.c:28:15: note: memory comes from dma_alloc_coherent()
 * pointers.c:54:2: error: sg_set_buf() is called on memory from dma_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * pointers.c:28:15: note: memory comes from dma_alloc_coherent()
 * pointers.c:62:10: error: dma_map_single() is called on memory from dmam_alloc_coherent(), which may have no struct page [coherent-ptr-to-streaming]
 * pointers.c:60:12: note: memory comes from dmam_alloc_coherent()
 * check-output-end
 */
