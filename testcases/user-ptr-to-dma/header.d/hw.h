/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/io.h>

struct hw {
	struct device *dev;
	struct {
		u8 __iomem *base;
	} bar[2];
};

#define HW_REG(hw, n)	((hw)->bar[0].base + (n))
#define HW_MAP(hw, p, n) dma_map_single((hw)->dev, p, n, DMA_TO_DEVICE)

static inline dma_addr_t hw_map_bar(struct hw *hw, int nr)
{
	return dma_map_single(hw->dev, hw->bar[nr].base, 64, DMA_TO_DEVICE);
}
