/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_VIRTIO_H
#define _LINUX_VIRTIO_H

#include <linux/scatterlist.h>
#include <linux/types.h>

struct virtqueue {
	unsigned int num_free;
};

int virtqueue_add_inbuf(struct virtqueue *vq, struct scatterlist *sg,
			unsigned int num, void *data, gfp_t gfp);
int virtqueue_add_inbuf_cache_clean(struct virtqueue *vq,
				    struct scatterlist *sg, unsigned int num,
				    void *data, gfp_t gfp);
int virtqueue_add_outbuf(struct virtqueue *vq, struct scatterlist *sg,
			 unsigned int num, void *data, gfp_t gfp);
int virtqueue_add_sgs(struct virtqueue *vq, struct scatterlist *sgs[],
		      unsigned int out_sgs, unsigned int in_sgs, void *data,
		      gfp_t gfp);

#endif
