// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/uaccess.h>

struct request {
	void __user *buf;
	u64 address;
	size_t len;
};

dma_addr_t map(struct device *dev, struct request *req);
dma_addr_t map_attrs(struct device *dev, struct request *req);
dma_addr_t map_cast(struct device *dev, struct request *req);
dma_addr_t map_made(struct device *dev, struct request *req);
dma_addr_t map_page(struct device *dev, struct request *req);
struct page *translate(const char __user *data);
phys_addr_t where(struct request *req);
void fill(struct scatterlist *sg, struct request *req);

dma_addr_t map(struct device *dev, struct request *req)
{
	return dma_map_single(dev, req->buf, req->len, DMA_TO_DEVICE);
}

dma_addr_t map_attrs(struct device *dev, struct request *req)
{
	return dma_map_single_attrs(dev,
				    req->buf,
				    req->len, DMA_TO_DEVICE, 0);
}

dma_addr_t map_cast(struct device *dev, struct request *req)
{
	return dma_map_single(dev, (void *)req->buf, req->len, DMA_TO_DEVICE);
}

dma_addr_t map_made(struct device *dev, struct request *req)
{
	return dma_map_single(dev, u64_to_user_ptr(req->address), req->len,
			      DMA_TO_DEVICE);
}

dma_addr_t map_page(struct device *dev, struct request *req)
{
	return dma_map_page(dev, virt_to_page(req->buf),
			    offset_in_page(req->buf), req->len, DMA_TO_DEVICE);
}

struct page *translate(const char __user *data)
{
	return virt_to_page(data);
}

phys_addr_t where(struct request *req)
{
	return virt_to_phys(req->buf);
}

void fill(struct scatterlist *sg, struct request *req)
{
	sg_set_buf(sg, (const void *)req->buf, req->len);
}

/*
 * check-name: a __user pointer is given to what takes addresses of the kernel
 * check-output-start
 * user.c:23:9: error: a pointer to user memory (__user) is given to dma_map_single(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:28:9: error: a pointer to user memory (__user) is given to dma_map_single_attrs(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:35:9: error: a pointer to user memory (__user) is given to dma_map_single(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:40:9: error: a pointer to user memory (__user) is given to dma_map_single(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:46:27: error: a pointer to user memory (__user) is given to virt_to_page(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:52:9: error: a pointer to user memory (__user) is given to virt_to_page(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:57:9: error: a pointer to user memory (__user) is given to virt_to_phys(), which takes the kernel's own memory [user-ptr-to-dma]
 * user.c:62:2: error: a pointer to user memory (__user) is given to sg_set_buf(), which takes the kernel's own memory [user-ptr-to-dma]
 * check-output-end
 */
