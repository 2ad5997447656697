/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef EDU_H
#define EDU_H
/*
 * Drivers for QEMU's edu device, each with one misuse of the DMA API. bad() has
 * the misuse, good() is the same code without it; the module parameter `good`
 * selects which of the two runs at probe. A driver is a file that defines
 * both and ends in EDU_DRIVER(name).
 *
 * The device has a buffer of its own and copies between it and the
 * memory at a DMA address (docs/specs/edu.rst of QEMU has the registers).
 *
 * Each file begins with comments that testcases/runtime/run reads:
 *
 *	static: RULE		what dmacheck reports, on the lines marked BAD
 *	swiotlb: TEXT		what the kernel's log has where each mapping bounces
 *	iommu: TEXT		and where there is an IOMMU
 *	seen-since: VERSION	the first kernel that says so,
 *	seen-until: VERSION	the last one
 *	aftermath: REASON	it does harm to others: it runs behind them,
 *	fatal: REASON		or to the whole guest: it runs last
 *	since: VERSION		the first kernel that has what the case is about
 *
 * TEXT is a regular expression. "none: REASON" says that nothing can be seen
 * there.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#define EDU_SIZE	2048	/* QEMU refuses the last byte of its 4096 */
#define EDU_BUFFER	0x40000		/* its address for the device */

#define EDU_DMA_SRC	0x80
#define EDU_DMA_DST	0x88
#define EDU_DMA_COUNT	0x90
#define EDU_DMA_COMMAND	0x98
#define EDU_DMA_START	BIT(0)
#define EDU_DMA_TO_RAM	BIT(1)

struct edu {
	struct device *dev;
	void __iomem *regs;
};

static bool good;
module_param(good, bool, 0);
MODULE_PARM_DESC(good, "run the twin without the misuse");

static int bad_twin(struct edu *edu);
static int good_twin(struct edu *edu);

static inline int edu_copy(struct edu *edu, u64 src, u64 dst, u32 bytes,
			   u32 flags)
{
	int tries;

	writeq(src, edu->regs + EDU_DMA_SRC);
	writeq(dst, edu->regs + EDU_DMA_DST);
	writeq(bytes, edu->regs + EDU_DMA_COUNT);
	writeq(EDU_DMA_START | flags, edu->regs + EDU_DMA_COMMAND);
	for (tries = 0; tries < 200; tries++) {
		msleep(5);
		if (!(readq(edu->regs + EDU_DMA_COMMAND) & EDU_DMA_START))
			return 0;
	}
	return -ETIMEDOUT;
}

/* Let the device read `bytes` bytes at `addr` into its buffer. 0 or -ETIMEDOUT. */
static inline int edu_read(struct edu *edu, dma_addr_t addr, u32 bytes)
{
	return edu_copy(edu, addr, EDU_BUFFER, bytes, 0);
}

/* Let the device write what is in its buffer to `addr`. 0 or -ETIMEDOUT. */
static inline int edu_write(struct edu *edu, dma_addr_t addr, u32 bytes)
{
	return edu_copy(edu, EDU_BUFFER, addr, bytes, EDU_DMA_TO_RAM);
}

static inline int edu_enable(struct pci_dev *pdev)
{
	struct edu *edu;
	int ret;

	edu = devm_kzalloc(&pdev->dev, sizeof(*edu), GFP_KERNEL);
	if (!edu)
		return -ENOMEM;
	ret = pcim_enable_device(pdev);
	if (ret)
		return ret;
	edu->dev = &pdev->dev;
	edu->regs = pcim_iomap(pdev, 0, 0);
	if (!edu->regs)
		return -ENOMEM;
	pci_set_drvdata(pdev, edu);
	pci_set_master(pdev);
	dma_set_max_seg_size(&pdev->dev, UINT_MAX);
	return dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
}

static inline int edu_probe(struct pci_dev *pdev,
			    const struct pci_device_id *id)
{
	struct edu *edu;
	int ret;

	ret = edu_enable(pdev);
	if (ret)
		return ret;
	edu = pci_get_drvdata(pdev);
	ret = good ? good_twin(edu) : bad_twin(edu);
	dev_info(&pdev->dev, "%s twin returns %d\n", good ? "good" : "bad", ret);
	return 0;
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

#define EDU_DRIVER_OF(driver, probe_function, remove_function)	\
	static struct pci_driver driver = {			\
		.name = KBUILD_MODNAME,				\
		.id_table = edu_ids,				\
		.probe = probe_function,			\
		.remove = remove_function,			\
	};							\
	module_pci_driver(driver);				\
	MODULE_DESCRIPTION("misuse of the DMA API, for QEMU's edu");	\
	MODULE_LICENSE("GPL")

#define EDU_DRIVER(driver) EDU_DRIVER_OF(driver, edu_probe, NULL)

#endif
