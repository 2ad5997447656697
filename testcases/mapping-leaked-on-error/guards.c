// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/slab.h>

struct avocet {
	struct device *dev;
	void *ring, *buf;
	dma_addr_t ring_dma;
	size_t sram_size;
	unsigned int index;
	bool is_virtual;
};

int avocet_virtual(struct avocet *a);
void avocet_release_virtual(struct avocet *a);
int avocet_start(struct avocet *a);

/* The flag is only set where there was no memory. */
int avocet_flag(struct avocet *a);
int avocet_flag(struct avocet *a)
{
	int ret;

	a->ring = dma_alloc_coherent(a->dev, 4096, &a->ring_dma, GFP_KERNEL);
	if (!a->ring) {
		ret = avocet_virtual(a);
		if (ret)
			return ret;
		a->is_virtual = true;
	}
	ret = avocet_start(a);
	if (ret)
		goto free;
	return 0;
free:
	if (a->is_virtual) {
		avocet_release_virtual(a);
	} else {
		dma_free_coherent(a->dev, 4096, a->ring, a->ring_dma);
		a->ring = NULL;
	}
	return ret;
}

/* Two conditions, both asked again. */
int avocet_two(struct avocet *a, size_t size);
int avocet_two(struct avocet *a, size_t size)
{
	if (a->index == 0 && size <= a->sram_size)
		a->ring = a->buf;
	else
		a->ring = dma_alloc_coherent(a->dev, size, &a->ring_dma,
					     GFP_KERNEL);
	if (!a->ring)
		return -ENOMEM;
	if (avocet_start(a))
		goto free;
	return 0;
free:
	if (a->index == 0 && size <= a->sram_size)
		avocet_release_virtual(a);
	else
		dma_free_coherent(a->dev, size, a->ring, a->ring_dma);
	return -EIO;
}

/* That something else failed does not say whether it is mapped. */
int avocet_result(struct avocet *a);
int avocet_result(struct avocet *a)
{
	dma_addr_t dma = dma_map_single(a->dev, a->buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(a->dev, dma))
		return -EIO;
	ret = avocet_start(a);
	if (ret)
		avocet_release_virtual(a);
	else
		dma_unmap_single(a->dev, dma, 64, DMA_TO_DEVICE);
	return ret;
}

/* A way out is no arm; what is left of a timeout is no failure. */
unsigned long wait_for_completion_timeout(void *done, unsigned long timeout);

int avocet_way_out(struct avocet *a);
int avocet_way_out(struct avocet *a)
{
	dma_addr_t dma = dma_map_single(a->dev, a->buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(a->dev, dma))
		return -EIO;
	if (!a->ring) {
		dma_unmap_single(a->dev, dma, 64, DMA_TO_DEVICE);
		ret = -ENOMEM;
		goto out;
	}
	ret = avocet_start(a);
	if (ret)
		goto out;
	ret = wait_for_completion_timeout(a->ring, 100);
	if (!ret)
		avocet_release_virtual(a);
	return ret;
out:
	return ret;
}

/*
 * check-name: what says whether it is mapped has another arm
 * check-output-start
 * guards.c:73:19: warning: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * guards.c:82:3: note: it is unmapped here, on another path
 * guards.c:83:2: note: returns here without
 * guards.c:92:19: warning: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * guards.c:98:3: note: it is unmapped here, on another path
 * guards.c:103:6: note: this fails
 * guards.c:110:2: note: returns here without
 * check-output-end
 */
