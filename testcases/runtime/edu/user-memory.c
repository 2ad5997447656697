// SPDX-License-Identifier: GPL-2.0-only
/*
 * static: missing-require-coherent
 * swiotlb: bad twin: the device read the old bytes
 * iommu: none: nothing bounces, and x86 is coherent
 * since: 7.2
 *
 * A program gives its memory to the device with EDU_SHARE, goes on using it,
 * and compares what the device reads there (../user-memory.h).
 */
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

#include "edu.h"
#include "../user-memory.h"

#ifndef DMA_ATTR_REQUIRE_COHERENT
#define DMA_ATTR_REQUIRE_COHERENT 0	/* since 7.2 */
#endif

static struct edu *the_edu;
static struct page *shared_page;
static dma_addr_t shared_addr;

static int bad_twin(struct edu *edu)
{
	shared_addr = dma_map_page(edu->dev, shared_page, 0, PAGE_SIZE, /* BAD */
				   DMA_BIDIRECTIONAL);
	return dma_mapping_error(edu->dev, shared_addr);
}

static void bad_twin_undo(struct edu *edu)
{
	dma_unmap_page(edu->dev, shared_addr, PAGE_SIZE, DMA_BIDIRECTIONAL);
}

static int good_twin(struct edu *edu)
{
	shared_addr = dma_map_page_attrs(edu->dev, shared_page, 0, PAGE_SIZE,
					 DMA_BIDIRECTIONAL,
					 DMA_ATTR_REQUIRE_COHERENT);
	return dma_mapping_error(edu->dev, shared_addr);
}

static void good_twin_undo(struct edu *edu)
{
	dma_unmap_page_attrs(edu->dev, shared_addr, PAGE_SIZE,
			     DMA_BIDIRECTIONAL, DMA_ATTR_REQUIRE_COHERENT);
}

static void edu_unshare(struct edu *edu)
{
	if (!shared_page)
		return;
	if (good)
		good_twin_undo(edu);
	else
		bad_twin_undo(edu);
	unpin_user_page(shared_page);
	shared_page = NULL;
}

static int edu_share(struct edu *edu, unsigned long start)
{
	int ret;

	if (shared_page)
		return -EBUSY;
	if (pin_user_pages_fast(start, 1, FOLL_WRITE | FOLL_LONGTERM,
				&shared_page) != 1)
		return -EFAULT;
	ret = good ? good_twin(edu) : bad_twin(edu);
	if (ret) {
		unpin_user_page(shared_page);
		shared_page = NULL;
	}
	return ret;
}

/* What the device finds at the shared address, copied to `to`. */
static int edu_look(struct edu *edu, char __user *to)
{
	dma_addr_t handle;
	void *copy;
	int ret;

	copy = dma_alloc_coherent(edu->dev, EDU_SIZE, &handle, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	ret = edu_read(edu, shared_addr, EDU_LOOK_SIZE);
	if (!ret)
		ret = edu_write(edu, handle, EDU_LOOK_SIZE);
	if (!ret && copy_to_user(to, copy, EDU_LOOK_SIZE))
		ret = -EFAULT;
	dma_free_coherent(edu->dev, EDU_SIZE, copy, handle);
	return ret;
}

static long edu_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case EDU_SHARE:
		return edu_share(the_edu, arg);
	case EDU_LOOK:
		return shared_page ?
			edu_look(the_edu, (char __user *)arg) : -EINVAL;
	}
	return -ENOTTY;
}

static const struct file_operations edu_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = edu_ioctl,
};

static struct miscdevice edu_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "edu",
	.fops = &edu_fops,
};

static int user_memory_probe(struct pci_dev *pdev,
			     const struct pci_device_id *id)
{
	int ret = edu_enable(pdev);

	if (ret)
		return ret;
	the_edu = pci_get_drvdata(pdev);
	return misc_register(&edu_misc);
}

static void user_memory_remove(struct pci_dev *pdev)
{
	misc_deregister(&edu_misc);
	edu_unshare(the_edu);
}

EDU_DRIVER_OF(user_memory_driver, user_memory_probe, user_memory_remove);
