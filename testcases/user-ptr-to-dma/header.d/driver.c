// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include "hw.h"

void fifo(struct hw *hw, struct scatterlist *sg);
dma_addr_t both(struct hw *hw);
dma_addr_t wrapped(struct hw *hw);

/* The macro of the header hides the field. */
void fifo(struct hw *hw, struct scatterlist *sg)
{
	sg_init_one(sg, HW_REG(hw, 0x10), 4);
}

dma_addr_t both(struct hw *hw)
{
	return hw_map_bar(hw, 0) + hw_map_bar(hw, 1);
}

/* The macro of the header hides the function. */
dma_addr_t wrapped(struct hw *hw)
{
	return HW_MAP(hw, hw->bar[1].base, 8);
}
