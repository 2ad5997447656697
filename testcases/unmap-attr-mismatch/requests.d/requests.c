// SPDX-License-Identifier: GPL-2.0-only
/* module: whimbrel */
#include <crypto/skcipher.h>
#include <linux/dma-mapping.h>
#include <linux/spi/spi.h>

int whimbrel_start(struct device *dev, struct skcipher_request *req, int n);
void whimbrel_done(struct device *dev, struct skcipher_request *req, int n);
int whimbrel_again(struct device *dev, struct skcipher_request *req, int n);
int whimbrel_send(struct device *dev, struct spi_transfer *t);
void whimbrel_sent(struct device *dev, struct spi_transfer *t);
void whimbrel_lost(struct device *dev, struct spi_transfer *t);

int whimbrel_start(struct device *dev, struct skcipher_request *req, int n)
{
	if (req->src == req->dst)
		return dma_map_sg(dev, req->src, n, DMA_BIDIRECTIONAL) ?
		       0 : -EIO;
	if (!dma_map_sg(dev, req->src, n, DMA_TO_DEVICE))
		return -EIO;
	if (!dma_map_sg(dev, req->dst, n, DMA_FROM_DEVICE)) {
		dma_unmap_sg(dev, req->src, n, DMA_FROM_DEVICE); /* wrong */
		return -EIO;
	}
	if (req->cryptlen > 4096) {
		dma_unmap_sg(dev, req->dst, n, DMA_TO_DEVICE);	/* wrong */
		dma_unmap_sg(dev, req->src, n, DMA_TO_DEVICE);
		return -EINVAL;
	}
	return 0;
}

void whimbrel_done(struct device *dev, struct skcipher_request *req, int n)
{
	if (req->src == req->dst) {
		dma_unmap_sg(dev, req->src, n, DMA_BIDIRECTIONAL);
		return;
	}
	dma_unmap_sg(dev, req->dst, n, DMA_FROM_DEVICE);
	dma_unmap_sg(dev, req->src, n, DMA_TO_DEVICE);
}

/* Unmapped, and mapped the other way round. */
static int whimbrel_turn(struct device *dev, struct skcipher_request *req, int n)
{
	dma_unmap_sg(dev, req->src, n, DMA_TO_DEVICE);
	return dma_map_sg(dev, req->src, n, DMA_FROM_DEVICE) ? 0 : -EIO;
}

int whimbrel_again(struct device *dev, struct skcipher_request *req, int n)
{
	if (!dma_map_sg(dev, req->src, n, DMA_TO_DEVICE))
		return -EIO;
	if (whimbrel_turn(dev, req, n))
		return -EIO;
	dma_unmap_sg(dev, req->src, n, DMA_FROM_DEVICE);
	return 0;
}

/* A member that one function sets and another unmaps. */
int whimbrel_send(struct device *dev, struct spi_transfer *t)
{
	t->tx_dma = dma_map_single(dev, (void *)t->tx_buf, t->len,
				   DMA_TO_DEVICE);
	return dma_mapping_error(dev, t->tx_dma) ? -EIO : 0;
}

void whimbrel_sent(struct device *dev, struct spi_transfer *t)
{
	dma_unmap_single(dev, t->tx_dma, t->len, DMA_TO_DEVICE);
}

void whimbrel_lost(struct device *dev, struct spi_transfer *t)
{
	dma_unmap_single(dev, t->tx_dma, t->len, DMA_FROM_DEVICE); /* wrong */
	dma_unmap_single(dev, t->rx_dma, t->len, DMA_FROM_DEVICE);
}
