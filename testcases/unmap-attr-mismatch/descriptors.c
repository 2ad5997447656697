// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>

/* What the hardware hands back is all that is known of the address. */
struct crane_desc {
	u32 buf, len;
};

struct crane {
	struct device *dev;
	struct crane_desc *ring;
};

u32 crane_read(const struct crane_desc *d);
void crane_write(struct crane_desc *d, u32 buf);
int crane_fill(struct crane *c, int i, void *buf, size_t len);
int crane_send(struct crane *c, int i, void *buf, size_t len);
void crane_received(struct crane *c, int i, size_t len);
void crane_sent(struct crane *c, int i, size_t len);

int crane_fill(struct crane *c, int i, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -EIO;
	crane_write(&c->ring[i], (u32)dma);
	return 0;
}

int crane_send(struct crane *c, int i, void *buf, size_t len)
{
	dma_addr_t dma = dma_map_single(c->dev, buf, len, DMA_TO_DEVICE);

	if (dma_mapping_error(c->dev, dma))
		return -EIO;
	crane_write(&c->ring[i], (u32)dma);
	return 0;
}

/* Nothing is mapped so: it is the map that is wrong. */
void crane_received(struct crane *c, int i, size_t len)
{
	dma_unmap_single(c->dev, crane_read(&c->ring[i]), len, DMA_FROM_DEVICE);
}

void crane_sent(struct crane *c, int i, size_t len)
{
	dma_unmap_single(c->dev, crane_read(&c->ring[i]), len, DMA_TO_DEVICE);
}
/*
 * check-name: addresses from descriptors, unmapped as nothing is mapped
 * check-output-start
 * descriptors.c:44:2: warning: unmapped DMA_FROM_DEVICE, which nothing in the module maps [unmap-attr-mismatch]
 * check-output-end
 */
