// SPDX-License-Identifier: GPL-2.0-only
/* Memory of the kernel, for one transfer: there is nothing to be said of it. */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/slab.h>

int uframe_probe(struct device *dev);

int uframe_probe(struct device *dev)
{
	void *buf = kmalloc(64, GFP_KERNEL);
	dma_addr_t addr;
	int ret;

	if (!buf)
		return -ENOMEM;
	addr = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	ret = dma_mapping_error(dev, addr);
	if (!ret)
		dma_unmap_single(dev, addr, 64, DMA_TO_DEVICE);
	kfree(buf);
	return ret;
}

MODULE_DESCRIPTION("Tries whether a device can be mapped for");
MODULE_LICENSE("GPL");
