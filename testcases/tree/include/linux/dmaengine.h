/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DMAENGINE_H
#define _LINUX_DMAENGINE_H

enum dma_transfer_direction {
	DMA_MEM_TO_MEM,
	DMA_MEM_TO_DEV,
	DMA_DEV_TO_MEM,
	DMA_DEV_TO_DEV,
	DMA_TRANS_NONE,
};

#endif
