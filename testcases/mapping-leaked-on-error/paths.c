// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/slab.h>

struct dunlin {
	struct device *dev;
	void *cmd, *data;
	dma_addr_t cmd_dma, data_dma;
	bool polled;
};

int dunlin_start(struct dunlin *d);
int dunlin_wait(struct dunlin *d);

/* The second mapping fails, and the first one stays. */
int dunlin_second(struct dunlin *d, size_t len);
int dunlin_second(struct dunlin *d, size_t len)
{
	int ret;

	d->cmd_dma = dma_map_single(d->dev, d->cmd, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(d->dev, d->cmd_dma))
		return -EIO;
	d->data_dma = dma_map_single(d->dev, d->data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(d->dev, d->data_dma))
		return -EIO;
	ret = dunlin_start(d);
	if (ret)
		goto unmap;
	return 0;
unmap:
	dma_unmap_single(d->dev, d->data_dma, len, DMA_FROM_DEVICE);
	dma_unmap_single(d->dev, d->cmd_dma, 64, DMA_TO_DEVICE);
	return ret;
}

/* The labels fall through, what is polled was not mapped: all is right. */
int dunlin_right(struct dunlin *d, size_t len);
int dunlin_right(struct dunlin *d, size_t len)
{
	dma_addr_t dma;
	int ret = 0;

	if (!d->polled) {
		dma = dma_map_single(d->dev, d->data, len, DMA_FROM_DEVICE);
		if (dma_mapping_error(d->dev, dma))
			return -ENOMEM;
	}
	d->cmd_dma = dma_map_single(d->dev, d->cmd, 64, DMA_TO_DEVICE);
	if (dma_mapping_error(d->dev, d->cmd_dma)) {
		ret = -EIO;
		goto unmap_data;
	}
	ret = dunlin_start(d);
	if (!ret)
		ret = dunlin_wait(d);
	dma_unmap_single(d->dev, d->cmd_dma, 64, DMA_TO_DEVICE);
unmap_data:
	if (!d->polled)
		dma_unmap_single(d->dev, dma, len, DMA_FROM_DEVICE);
	return ret;
}

/* Nobody but the function has the address. */
int dunlin_own(struct dunlin *d);
int dunlin_own(struct dunlin *d)
{
	dma_addr_t dma;
	void *table = dma_alloc_coherent(d->dev, 4096, &dma, GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	if (dunlin_wait(d))
		return -EIO;
	dma_free_coherent(d->dev, 4096, table, dma);
	return 0;
}

/* A table; and a helper that undoes it. */
static void dunlin_unmap(struct dunlin *d, size_t len)
{
	dma_unmap_single(d->dev, d->data_dma, len, DMA_FROM_DEVICE);
}

int dunlin_table(struct dunlin *d, struct scatterlist *sg, int n, size_t len);
int dunlin_table(struct dunlin *d, struct scatterlist *sg, int n, size_t len)
{
	if (!dma_map_sg(d->dev, sg, n, DMA_TO_DEVICE))
		return -ENOMEM;
	d->data_dma = dma_map_single(d->dev, d->data, len, DMA_FROM_DEVICE);
	if (dma_mapping_error(d->dev, d->data_dma))
		return -EIO;
	if (dunlin_start(d)) {
		dunlin_unmap(d, len);
		dma_unmap_sg(d->dev, sg, n, DMA_TO_DEVICE);
		return -EIO;
	}
	if (dunlin_wait(d))
		return -EINVAL;
	return 0;
}

/*
 * check-name: what was mapped stays on error paths
 * check-command: dmacheck check --level note
 * check-output-start
 * paths.c:22:15: warning: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * paths.c:34:2: note: it is unmapped here, on another path
 * paths.c:26:6: note: this fails
 * paths.c:27:3: note: returns here without
 * paths.c:70:16: warning: memory of dma_alloc_coherent() is not freed on an error path [mapping-leaked-on-error]
 * paths.c:76:2: note: it is freed here, on another path
 * paths.c:74:6: note: this fails
 * paths.c:75:3: note: returns here without
 * paths.c:89:7: warning: mapping of dma_map_sg() is not undone on an error path [mapping-leaked-on-error]
 * paths.c:96:3: note: it is unmapped here, on another path
 * paths.c:99:6: note: this fails
 * paths.c:100:3: note: returns here without
 * paths.c:92:6: note: this fails
 * paths.c:93:3: note: returns here without
 * paths.c:91:16: note: mapping of dma_map_single() is not undone on an error path [mapping-leaked-on-error]
 * paths.c:95:3: note: it is unmapped here, on another path
 * paths.c:99:6: note: this fails
 * paths.c:100:3: note: returns here without
 * check-output-end
 */
