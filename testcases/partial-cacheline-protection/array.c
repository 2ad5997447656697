// SPDX-License-Identifier: GPL-2.0-only
#include <linux/cache.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>
#include <linux/virtio.h>

struct event {
	u32 head, tail;
};

struct driver {
	struct virtqueue *vq;
	struct event *events;
	int lock;
	struct event bare[8];
	int count;
};

struct grouped {
	struct virtqueue *vq;
	__dma_from_device_group_begin(events);
	struct event events[8];
	__dma_from_device_group_end(events);
	int count;
};

int fill(struct driver *d);
int fill_clean(struct driver *d);
int fill_bare(struct driver *d);
int fill_grouped(struct grouped *g);
int fill_pages(struct driver *d, u8 (*pages)[4096]);
int fill_single(struct driver *d);
int fill_one(struct driver *d);
int send(struct driver *d);
int fill_pieces(struct driver *d, u8 *buf, unsigned int size);
int refill(struct driver *d, u8 *buf, unsigned int size);

int fill(struct driver *d)
{
	struct event *events = kcalloc(8, sizeof(*events), GFP_KERNEL);
	struct scatterlist sg[1];
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(sg, &events[i], sizeof(*events));
		if (virtqueue_add_inbuf(d->vq, sg, 1, &events[i], GFP_KERNEL))
			return -EIO;
	}
	return 0;
}

/* An allocation of its own, and all of them say so. */
int fill_clean(struct driver *d)
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(&sg, &d->events[i], sizeof(struct event));
		virtqueue_add_inbuf_cache_clean(d->vq, &sg, 1, &d->events[i],
						GFP_KERNEL);
	}
	return 0;
}

/* Says so, but the count behind the array is in the same line. */
int fill_bare(struct driver *d)
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(&sg, &d->bare[i], sizeof(struct event));
		virtqueue_add_inbuf_cache_clean(d->vq, &sg, 1, &d->bare[i],
						GFP_KERNEL);
	}
	return 0;
}

int fill_grouped(struct grouped *g)
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(&sg, &g->events[i], sizeof(struct event));
		virtqueue_add_inbuf_cache_clean(g->vq, &sg, 1, &g->events[i],
						GFP_KERNEL);
	}
	return 0;
}

/* Whole pages share no line. */
int fill_pages(struct driver *d, u8 (*pages)[4096])
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(&sg, &pages[i], 4096);
		virtqueue_add_inbuf(d->vq, &sg, 1, &pages[i], GFP_KERNEL);
	}
	return 0;
}

/* Each has an allocation of its own. */
int fill_single(struct driver *d)
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		struct event *event = kmalloc(sizeof(*event), GFP_KERNEL);

		sg_init_one(&sg, event, sizeof(*event));
		virtqueue_add_inbuf(d->vq, &sg, 1, event, GFP_KERNEL);
	}
	return 0;
}

/* One at a time. */
int fill_one(struct driver *d)
{
	struct scatterlist sg;

	sg_init_one(&sg, &d->events[0], sizeof(struct event));
	return virtqueue_add_inbuf(d->vq, &sg, 1, d, GFP_KERNEL);
}

static int add(struct driver *d, void *buf, unsigned int size)
{
	struct scatterlist sg[1];

	sg_init_one(sg, buf, size);
	return virtqueue_add_inbuf(d->vq, sg, 1, buf, GFP_ATOMIC);
}

int fill_pieces(struct driver *d, u8 *buf, unsigned int size)
{
	u8 *p = buf;
	int i, ret = 0;

	for (i = 0; i < 8 && !ret; i++) {
		ret = add(d, p, size);
		p += size;
	}
	return ret;
}

static int add_again(struct driver *d, void *buf, unsigned int size)
{
	struct scatterlist sg[1];

	sg_init_one(sg, buf, size);
	return virtqueue_add_inbuf(d->vq, sg, 1, buf, GFP_ATOMIC);
}

/* The one that came back. */
int refill(struct driver *d, u8 *buf, unsigned int size)
{
	return add_again(d, buf, size);
}

/* The device only reads. */
int send(struct driver *d)
{
	struct scatterlist sg;
	int i;

	for (i = 0; i < 8; i++) {
		sg_init_one(&sg, &d->events[i], sizeof(struct event));
		virtqueue_add_outbuf(d->vq, &sg, 1, d, GFP_KERNEL);
	}
	return 0;
}

/*
 * check-name: elements of an array, all of them with the device
 * check-output-start
 * array.c:46:7: warning: buffers that share cache lines are queued one by one without virtqueue_add_inbuf_cache_clean() [partial-cacheline-protection]
 * array.c:74:3: warning: the array is queued as cache-clean but shares cache lines with other members of its struct [partial-cacheline-protection]
 * array.c:134:2: warning: buffers that share cache lines are queued one by one without virtqueue_add_inbuf_cache_clean() [partial-cacheline-protection]
 * check-output-end
 */
