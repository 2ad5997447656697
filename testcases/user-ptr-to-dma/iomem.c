// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/slab.h>

struct chip {
	struct device *dev;
	void __iomem *regs, *screen;
	struct scatterlist sg;
	dma_addr_t dma;
};

void fifo(struct chip *chip);
void window(struct chip *chip);
phys_addr_t fifo_address(struct chip *chip);
int map_fifo(struct chip *chip);
int frame(struct chip *chip);
void *ring(struct chip *chip);

void fifo(struct chip *chip)
{
	sg_init_one(&chip->sg, chip->regs, 16);
}

void window(struct chip *chip)
{
	u32 __iomem *at = chip->regs + 0x100;

	sg_set_buf(&chip->sg, at, 16);
}

phys_addr_t fifo_address(struct chip *chip)
{
	return __pa(chip->regs) + 0x40;
}

int map_fifo(struct chip *chip)
{
	if (unlikely(dma_mapping_error(chip->dev,
		dma_map_single(chip->dev, chip->regs, 4, DMA_TO_DEVICE))))
		return -ENOMEM;
	return 0;
}

/* Declared as I/O memory, and none. */
int frame(struct chip *chip)
{
	chip->screen = (void __iomem __force *)kmalloc(4096, GFP_KERNEL);
	if (!chip->screen)
		return -ENOMEM;
	sg_init_one(&chip->sg, chip->screen, 4096);
	return 0;
}

/* The device writes its own address there. */
void *ring(struct chip *chip)
{
	return dma_alloc_coherent(chip->dev, 4096, chip->regs, GFP_KERNEL);
}

/*
 * check-name: an __iomem pointer is given to what takes addresses of memory
 * check-output-start
 * iomem.c:22:2: error: a pointer to I/O memory (__iomem) is given to sg_init_one(), which takes the kernel's own memory [user-ptr-to-dma]
 * iomem.c:29:2: error: a pointer to I/O memory (__iomem) is given to sg_set_buf(), which takes the kernel's own memory [user-ptr-to-dma]
 * iomem.c:34:9: error: a pointer to I/O memory (__iomem) is given to __pa(), which takes the kernel's own memory [user-ptr-to-dma]
 * iomem.c:40:3: error: a pointer to I/O memory (__iomem) is given to dma_map_single(), which takes the kernel's own memory [user-ptr-to-dma]
 * iomem.c:58:9: error: a pointer to I/O memory (__iomem) is given to dma_alloc_coherent(), which takes the kernel's own memory [user-ptr-to-dma]
 * check-output-end
 */
