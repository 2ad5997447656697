// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#define PRATINCOLE_MAX	8
#define PRATINCOLE_OK	0
enum { OP_READ, OP_WRITE, OP_BOTH };

struct usb_request {
	void *buf;
	dma_addr_t dma;
};

struct aead_request {
	struct scatterlist *src, *dst;
};

struct pratincole {
	struct device *dev;
	void *buf;
	int op;
	struct usb_request req;
};

int pratincole_start(struct pratincole *p);
void pratincole_set_sge(struct pratincole *p, int i, dma_addr_t dma);
dma_addr_t pratincole_sge(struct pratincole *p, int i);

/* What is asked in another order, and the other way round. */
int pratincole_arms(struct pratincole *p, size_t len);
int pratincole_arms(struct pratincole *p, size_t len)
{
	dma_addr_t in = 0, out = 0;

	if (p->op == OP_READ) {
		in = dma_map_single(p->dev, p->buf, len, DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, in))
			return -ENOMEM;
	} else if (p->op == OP_WRITE) {
		out = dma_map_single(p->dev, p->buf, len, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, out))
			return -ENOMEM;
	}
	if (p->op != OP_READ && p->op != OP_WRITE && !p->buf)
		return -EINVAL;
	pratincole_start(p);
	if (p->op == OP_WRITE)
		dma_unmap_single(p->dev, out, len, DMA_TO_DEVICE);
	else if (p->op == OP_READ)
		dma_unmap_single(p->dev, in, len, DMA_FROM_DEVICE);
	if (pratincole_start(p))
		return -EIO;
	return 0;
}

/* The constant stands first; what it gave is tested as a member. */
int pratincole_null(struct pratincole *p);
int pratincole_null(struct pratincole *p)
{
	dma_addr_t dma;
	u32 *cpu = dma_alloc_coherent(p->dev, 4096, &dma, GFP_KERNEL);

	if (NULL == cpu)
		return -ENOMEM;
	pratincole_start(p);
	dma_free_coherent(p->dev, 4096, cpu, dma);
	return 0;
}

int pratincole_member(struct pratincole *p);
int pratincole_member(struct pratincole *p)
{
	void *buf = dma_alloc_coherent(p->dev, 8, &p->req.dma, GFP_KERNEL);
	int ret = -ENOMEM;

	p->req.buf = buf;
	if (!p->req.buf)
		goto out;
	ret = pratincole_start(p);
	if (ret)
		goto free;
	return 0;
free:
	dma_free_coherent(p->dev, 8, p->req.buf, p->req.dma);
out:
	return ret;
}

/* One entry is mapped or not. */
int pratincole_one(struct pratincole *p, struct scatterlist *sg);
int pratincole_one(struct pratincole *p, struct scatterlist *sg)
{
	int nr = dma_map_sg(p->dev, sg, 1, DMA_TO_DEVICE);

	if (nr != 1)
		return -ENXIO;
	pratincole_start(p);
	dma_unmap_sg(p->dev, sg, 1, DMA_TO_DEVICE);
	return 0;
}

/* More than there is room for: only a note. */
int pratincole_many(struct pratincole *p, struct scatterlist *sg, int n);
int pratincole_many(struct pratincole *p, struct scatterlist *sg, int n)
{
	int nr = dma_map_sg(p->dev, sg, n, DMA_TO_DEVICE);

	if (nr <= 0 || nr > PRATINCOLE_MAX)
		return -EINVAL;
	pratincole_start(p);
	dma_unmap_sg(p->dev, sg, n, DMA_TO_DEVICE);
	return 0;
}

/* The descriptor has it, and gives it back. */
int pratincole_descriptor(struct pratincole *p, size_t len);
int pratincole_descriptor(struct pratincole *p, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, p->buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return -EFAULT;
	pratincole_set_sge(p, 0, dma);
	if (pratincole_start(p))
		goto unmap;
	return 0;
unmap:
	dma_unmap_single(p->dev, pratincole_sge(p, 0), len, DMA_TO_DEVICE);
	return -EFAULT;
}

/* 0 is no failure here. */
bool pratincole_code(struct pratincole *p, size_t len);
bool pratincole_code(struct pratincole *p, size_t len)
{
	dma_addr_t dma = dma_map_single(p->dev, p->buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(p->dev, dma))
		return true;
	if (!pratincole_start(p))
		return PRATINCOLE_OK;
	dma_unmap_single(p->dev, dma, len, DMA_TO_DEVICE);
	return true;
}

/* Helpers of helpers undo what a request holds. */
static void pratincole_unmap_sg(struct pratincole *p, struct scatterlist *sg)
{
	dma_unmap_sg(p->dev, sg, 4, DMA_TO_DEVICE);
}

static void pratincole_unmap(struct pratincole *p, struct aead_request *req)
{
	pratincole_unmap_sg(p, req->src);
}

int pratincole_request(struct pratincole *p, struct aead_request *req);
int pratincole_request(struct pratincole *p, struct aead_request *req)
{
	if (!dma_map_sg(p->dev, req->src, 4, DMA_TO_DEVICE))
		return -ENOMEM;
	if (!p->buf) {
		dma_unmap_sg(p->dev, req->src, 4, DMA_TO_DEVICE);
		return -EINVAL;
	}
	if (pratincole_start(p)) {
		pratincole_unmap(p, req);
		return -EIO;
	}
	return 0;
}

/*
 * check-name: conditions that say the same, counts, descriptors, codes
 * check-command: dmacheck check --level note
 * check-output-start
 * conditions.c:108:11: note: mapping of dma_map_sg() is not undone on an error path [mapping-leaked-on-error]
 * conditions.c:113:2: note: it is unmapped here, on another path
 * conditions.c:110:17: note: this fails
 * conditions.c:111:3: note: returns here without
 * check-output-end
 */
