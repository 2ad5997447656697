// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>

void known(struct scatterlist *sg, void __iomem *sram);
void unknown(struct scatterlist *sg, void __iomem *sram);

void known(struct scatterlist *sg, void __iomem *sram)
{
	sg_init_one(sg, sram, 16);
}

void unknown(struct scatterlist *sg, void __iomem *sram)
{
	sg_init_one(sg, sram, 16);
}
