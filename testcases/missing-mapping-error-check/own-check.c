// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/module.h>

struct godwit {
	struct device *dev;
	void *head, *data;
	dma_addr_t head_dma, data_dma;
	u64 limit;
};

static dma_addr_t godwit_map(struct godwit *g, void *buf, size_t len)
{
	return dma_map_single(g->dev, buf, len, DMA_TO_DEVICE);
}

static void godwit_unmap(struct godwit *g, dma_addr_t dma, size_t len)
{
	dma_unmap_single(g->dev, dma, len, DMA_TO_DEVICE);
}

/* What the device cannot reach is unmapped by what asks. */
static bool godwit_failed(struct godwit *g, dma_addr_t dma, size_t len)
{
	if (dma_mapping_error(g->dev, dma))
		return true;
	if (dma + len > g->limit) {
		godwit_unmap(g, dma, len);
		return true;
	}
	return false;
}

int godwit_send(struct godwit *g, size_t len);
int godwit_send(struct godwit *g, size_t len)
{
	g->head_dma = godwit_map(g, g->head, 64);
	if (godwit_failed(g, g->head_dma, 64))
		return -EIO;
	g->data_dma = godwit_map(g, g->data, len);
	if (godwit_failed(g, g->data_dma, len)) {
		godwit_unmap(g, g->head_dma, 64);
		return -EIO;
	}
	return 0;
}

/* A callee asks about its parameter, and says so. */
static int godwit_fill(struct godwit *g, dma_addr_t dma, size_t len)
{
	if (dma_mapping_error(g->dev, dma))
		return -ENOMEM;
	if (len > 4096) {
		dma_unmap_single(g->dev, dma, len, DMA_TO_DEVICE);
		return -EINVAL;
	}
	g->limit = dma;
	return 0;
}

int godwit_callee(struct godwit *g, size_t len);
int godwit_callee(struct godwit *g, size_t len)
{
	dma_addr_t dma = dma_map_single(g->dev, g->data, len, DMA_TO_DEVICE);
	int ret = godwit_fill(g, dma, len);

	if (ret)
		return ret;
	return 0;
}

/* Nobody asks. */
int godwit_unasked(struct godwit *g, size_t len);
int godwit_unasked(struct godwit *g, size_t len)
{
	dma_addr_t dma = dma_map_single(g->dev, g->data, len, DMA_TO_DEVICE);

	g->limit = dma;
	return 0;
}

/*
 * check-name: a driver's own helper asks, and undoes what it refuses
 * check-output-start
 * own-check.c:76:19: warning: result of dma_map_single() is not checked with dma_mapping_error() [missing-mapping-error-check]
 * check-output-end
 */
