// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cache.h>
#include <linux/dma-mapping.h>
#include <linux/virtio.h>

struct control {
	u32 request, answer;
};

struct driver {
	struct device *dev;
	struct virtqueue *vq;
	int lock;
	u8 status[16];
	struct control control;
	dma_addr_t addr;
	void *pages[4];
};

struct command {
	u32 head;
	u8 body[60];
};

struct grouped {
	struct device *dev;
	int lock;
	__dma_from_device_group_begin(status);
	u8 status[16];
	__dma_from_device_group_end(status);
};

struct aligned {
	struct device *dev;
	u8 status[16] __aligned(ARCH_DMA_MINALIGN);
};

struct alone {
	u8 status[16];
};

int map(struct driver *d);
int send(struct driver *d);
int ask(struct driver *d);
int ask_in_order(struct driver *d);
int ask_some(struct driver *d, int out, int in);
int map_pages(struct driver *d, int i);
int map_command(struct device *dev, struct command *c, int size);
int map_grouped(struct grouped *g);
int map_aligned(struct aligned *a);
int map_alone(struct device *dev, struct alone *a);
int map_pointed(struct device *dev, u8 *status);

int map(struct driver *d)
{
	d->addr = dma_map_single(d->dev, d->status, 16, DMA_FROM_DEVICE);
	return dma_mapping_error(d->dev, d->addr);
}

/* The device only reads it. */
int send(struct driver *d)
{
	d->addr = dma_map_single(d->dev, d->status, 16, DMA_TO_DEVICE);
	return dma_mapping_error(d->dev, d->addr);
}

/* The second is for the answer. */
int ask(struct driver *d)
{
	struct scatterlist out, in, *sgs[2] = { &out, &in };

	sg_init_one(&out, &d->control.request, 4);
	sg_init_one(&in, &d->control.answer, 4);
	return virtqueue_add_sgs(d->vq, sgs, 1, 1, d, GFP_KERNEL);
}

int ask_in_order(struct driver *d)
{
	struct scatterlist *sgs[2], out, in;

	sg_init_one(&out, &d->control.request, 4);
	sgs[0] = &out;
	sg_init_one(&in, &d->control.answer, 4);
	sgs[1] = &in;
	return virtqueue_add_sgs(d->vq, sgs, 1, 1, d, GFP_KERNEL);
}

/* What the device writes to comes last. */
int ask_some(struct driver *d, int out, int in)
{
	struct scatterlist *sgs[2], request, answer;

	sg_init_one(&request, &d->control.request, 4);
	sgs[out++] = &request;
	sg_init_one(&answer, &d->control.answer, 4);
	sgs[out + in++] = &answer;
	return virtqueue_add_sgs(d->vq, sgs, out, in, d, GFP_KERNEL);
}

/* Memory that the struct only points to. */
int map_pages(struct driver *d, int i)
{
	d->addr = dma_map_single(d->dev, d->pages[i], 4096, DMA_FROM_DEVICE);
	return dma_mapping_error(d->dev, d->addr);
}

/* All of it, from its first member on. */
int map_command(struct device *dev, struct command *c, int size)
{
	return dma_mapping_error(dev, dma_map_single(dev, &c->head, size,
						     DMA_BIDIRECTIONAL));
}

int map_grouped(struct grouped *g)
{
	return dma_mapping_error(g->dev,
				 dma_map_single(g->dev, g->status, 16,
						DMA_FROM_DEVICE));
}

int map_aligned(struct aligned *a)
{
	return dma_mapping_error(a->dev,
				 dma_map_single(a->dev, &a->status[0], 16,
						DMA_BIDIRECTIONAL));
}

int map_alone(struct device *dev, struct alone *a)
{
	return dma_mapping_error(dev, dma_map_single(dev, a->status, 16,
						     DMA_FROM_DEVICE));
}

int map_pointed(struct device *dev, u8 *status)
{
	return dma_mapping_error(dev, dma_map_single(dev, status, 16,
						     DMA_FROM_DEVICE));
}

/*
 * check-name: a member of a struct that a device writes to
 * check-command: dmacheck check --rule dma-field-without-group --level note
 * check-output-start
 * member.c:56:12: note: the device writes to status in struct driver, which shares cache lines with other members [dma-field-without-group]
 * member.c:73:2: note: the device writes to answer in struct control, which shares cache lines with other members [dma-field-without-group]
 * member.c:83:2: note: the device writes to answer in struct control, which shares cache lines with other members [dma-field-without-group]
 * member.c:95:2: note: the device writes to answer in struct control, which shares cache lines with other members [dma-field-without-group]
 * check-output-end
 */
