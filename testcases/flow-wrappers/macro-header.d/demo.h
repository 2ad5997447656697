/* SPDX-License-Identifier: GPL-2.0-only */
#define DEMO_MAP_SG(dev, sg, n, dir)	\
	(dma_map_sg(dev, sg, n, dir) ? 0 : -EIO)
#define DEMO_MAP_SG_COHERENT(dev, sg, n, dir)				\
	(dma_map_sg_attrs(dev, sg, n, dir, DMA_ATTR_REQUIRE_COHERENT) ?	\
	 0 : -EIO)
