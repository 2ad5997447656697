// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/uaccess.h>

struct request {
	void __user *buf;
	size_t len;
	void *copy;
	void __iomem *regs;
};

int copied(struct device *dev, struct request *req, dma_addr_t *dma);
int pinned(struct device *dev, struct request *req, struct page **pages);
dma_addr_t forced(struct device *dev, struct request *req);
dma_addr_t table(struct device *dev, struct request *req);
dma_addr_t page_offset(struct device *dev, struct request *req,
		       struct page *page);
dma_addr_t other(struct device *dev, struct request *req, void *mem);
void *load(struct request *req, struct scatterlist *sg);
void *named_alike(struct device *dev, void *regs, struct scatterlist *sg);

int copied(struct device *dev, struct request *req, dma_addr_t *dma)
{
	if (copy_from_user(req->copy, req->buf, req->len))
		return -EFAULT;
	*dma = dma_map_single(dev, req->copy, req->len, DMA_TO_DEVICE);
	return dma_mapping_error(dev, *dma);
}

int pinned(struct device *dev, struct request *req, struct page **pages)
{
	dma_addr_t dma;

	if (pin_user_pages_fast((unsigned long)req->buf, 1, FOLL_WRITE,
				pages) != 1)
		return -EFAULT;
	dma = dma_map_page(dev, pages[0], offset_in_page(req->buf), req->len,
			   DMA_TO_DEVICE);
	return dma_mapping_error(dev, dma);
}

/* The one who wrote this says that it is an address of the kernel. */
dma_addr_t forced(struct device *dev, struct request *req)
{
	return dma_map_single(dev, (__force void *)req->buf, req->len,
			      DMA_TO_DEVICE);
}

/* The page of the kernel's own table, the offset of the process's pointer. */
dma_addr_t page_offset(struct device *dev, struct request *req,
		       struct page *page)
{
	return dma_map_page_attrs(dev, page,
				  (unsigned long)req->buf & ~PAGE_MASK,
				  req->len, DMA_TO_DEVICE, 0);
}

dma_addr_t other(struct device *dev, struct request *req, void *mem)
{
	return dma_map_page(dev, virt_to_page(mem), offset_in_page(req->buf),
			    req->len, DMA_TO_DEVICE);
}

/* A pointer to such a pointer is memory of the kernel. */
dma_addr_t table(struct device *dev, struct request *req)
{
	return dma_map_single(dev, &req->buf, sizeof(req->buf), DMA_TO_DEVICE);
}

/* memcpy_fromio() takes the registers, sg_set_buf() what was copied. */
void *load(struct request *req, struct scatterlist *sg)
{
	memcpy_fromio(req->copy, req->regs, req->len);
	sg_set_buf(sg, req->copy, req->len);
	return req->copy;
}

void *named_alike(struct device *dev, void *regs, struct scatterlist *sg)
{
	sg_init_one(sg, regs, 16);
	return regs;
}

/*
 * check-name: user memory that is copied or pinned, and casts that are meant so
 * check-output-start
 * check-output-end
 */
