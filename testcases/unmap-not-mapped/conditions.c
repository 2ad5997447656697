// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

struct plume {
	struct device *dev;
	void *tx, *rx, *log;
	dma_addr_t tx_dma, rx_dma, log_dma, spare_dma;
	bool logs;
	size_t len;
};

int plume_map(struct plume *p);
void plume_unmap(struct plume *p);
void plume_unmap_right(struct plume *p);
int plume_open(struct plume *p);
void plume_close(struct plume *p);
int plume_spare(struct plume *p, void *buf);
void plume_spare_done(struct plume *p, bool spared);

int plume_map(struct plume *p)
{
	if (p->tx) {
		p->tx_dma = dma_map_single(p->dev, p->tx, p->len,
					   DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->tx_dma))
			return -EIO;
	}
	if (p->rx) {
		p->rx_dma = dma_map_single(p->dev, p->rx, p->len,
					   DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, p->rx_dma)) {
			if (p->tx)
				dma_unmap_single(p->dev, p->tx_dma, p->len,
						 DMA_TO_DEVICE);
			return -EIO;
		}
	}
	return 0;
}

void plume_unmap(struct plume *p)
{
	dma_unmap_single(p->dev, p->tx_dma, p->len, DMA_TO_DEVICE);
	dma_unmap_single(p->dev, p->rx_dma, p->len, DMA_FROM_DEVICE);
}

void plume_unmap_right(struct plume *p)
{
	if (p->tx)
		dma_unmap_single(p->dev, p->tx_dma, p->len, DMA_TO_DEVICE);
	if (p->rx)
		dma_unmap_single(p->dev, p->rx_dma, p->len, DMA_FROM_DEVICE);
}

int plume_open(struct plume *p)
{
	if (p->logs) {
		p->log_dma = dma_map_single(p->dev, p->log, p->len,
					    DMA_FROM_DEVICE);
		if (dma_mapping_error(p->dev, p->log_dma))
			return -EIO;
	}
	return 0;
}

void plume_close(struct plume *p)
{
	dma_unmap_single(p->dev, p->log_dma, p->len, DMA_FROM_DEVICE);
}

/* The caller knows. */
int plume_spare(struct plume *p, void *buf)
{
	if (p->len) {
		p->spare_dma = dma_map_single(p->dev, buf, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(p->dev, p->spare_dma))
			return -EIO;
	}
	return 0;
}

void plume_spare_done(struct plume *p, bool spared)
{
	if (spared)
		dma_unmap_single(p->dev, p->spare_dma, 64, DMA_TO_DEVICE);
}
/*
 * check-name: mapped on a condition, unmapped without
 * check-output-start
 * conditions.c:43:2: warning: dma_unmap_single() of what was only mapped if p->tx [unmap-not-mapped]
 * conditions.c:23:15: note: it is mapped here
 * conditions.c:44:2: warning: dma_unmap_single() of what was only mapped if p->rx [unmap-not-mapped]
 * conditions.c:29:15: note: it is mapped here
 * conditions.c:68:2: warning: dma_unmap_single() of what was only mapped if p->logs [unmap-not-mapped]
 * conditions.c:58:16: note: it is mapped here
 * check-output-end
 */
