/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_SPI_H
#define __LINUX_SPI_H
#include <linux/types.h>
struct spi_transfer {
	const void *tx_buf;
	dma_addr_t tx_dma, rx_dma;
	unsigned int len;
};
#endif
