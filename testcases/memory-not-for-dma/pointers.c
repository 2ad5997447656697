// SPDX-License-Identifier: GPL-2.0-only
#include <linux/dma-mapping.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
bool is_vmalloc_addr(const void *x);
struct usb_device;
int usb_control_msg(struct usb_device *dev, unsigned int pipe, u8 request,
		    u8 type, u16 value, u16 index, void *data, u16 size,
		    int timeout);

struct teal {
	struct device *dev;
	struct usb_device *udev;
	void *log, *line, *either;
};

int teal_open(struct teal *t, size_t len, bool big);
dma_addr_t teal_array(struct teal *t);
dma_addr_t teal_number(struct teal *t);
dma_addr_t teal_pointer(struct teal *t);
dma_addr_t teal_by_helper(struct teal *t, u8 *heap);
dma_addr_t teal_log(struct teal *t, size_t len);
void teal_list(struct teal *t, struct scatterlist *sg, size_t len);
int teal_usb(struct teal *t, void *heap);
dma_addr_t teal_right(struct teal *t, u8 *given, size_t len);
void teal_asks(struct teal *t, struct scatterlist *sg, size_t len);

int teal_open(struct teal *t, size_t len, bool big)
{
	t->log = vzalloc(len);
	t->line = kmalloc(len, GFP_KERNEL);
	if (big)
		t->either = vmalloc(len);
	else
		t->either = kmalloc(len, GFP_KERNEL);
	return t->log && t->line && t->either ? 0 : -ENOMEM;
}

dma_addr_t teal_array(struct teal *t)
{
	u8 buf[8];

	return dma_map_single(t->dev, buf, sizeof(buf), DMA_TO_DEVICE);
}

dma_addr_t teal_number(struct teal *t)
{
	u32 word = 7;

	return dma_map_single(t->dev, &word, sizeof(word), DMA_TO_DEVICE);
}

dma_addr_t teal_pointer(struct teal *t)
{
	u8 buf[8], *at = buf;

	return dma_map_single(t->dev, at, sizeof(buf), DMA_TO_DEVICE);
}

static dma_addr_t teal_map(struct teal *t, void *p, size_t len)
{
	return dma_map_single(t->dev, p, len, DMA_TO_DEVICE);
}

static dma_addr_t teal_map_line(struct teal *t, void *p)
{
	return teal_map(t, p, 16);
}

dma_addr_t teal_by_helper(struct teal *t, u8 *heap)
{
	u32 word = 7;
	int offset = 4;

	return teal_map(t, &word, sizeof(word)) +
	       teal_map(t, heap + offset, sizeof(word)) +
	       teal_map_line(t, t->log);
}

dma_addr_t teal_log(struct teal *t, size_t len)
{
	return dma_map_single(t->dev, t->log, len, DMA_FROM_DEVICE);
}

void teal_list(struct teal *t, struct scatterlist *sg, size_t len)
{
	sg_set_buf(sg, t->log, len);
}

int teal_usb(struct teal *t, void *heap)
{
	u8 status[2];
	u8 *p = heap;

	usb_control_msg(t->udev, 0, 1, 2, 0, 0, p, 2, 1000);
	return usb_control_msg(t->udev, 0, 1, 2, 0, 0, status, sizeof(status),
			       1000);
}

/* Memory of kmalloc(), of a caller, or of either kind. */
dma_addr_t teal_right(struct teal *t, u8 *given, size_t len)
{
	return dma_map_single(t->dev, t->line, len, DMA_TO_DEVICE) +
	       dma_map_single(t->dev, given, len, DMA_TO_DEVICE) +
	       dma_map_single(t->dev, t->either, len, DMA_TO_DEVICE);
}

void teal_asks(struct teal *t, struct scatterlist *sg, size_t len)
{
	if (!is_vmalloc_addr(t->log))
		sg_set_buf(sg, t->log, len);
}
/*
 * check-name: memory on the stack or of vmalloc() that is mapped
 * check-output-start
 * pointers.c:46:9: error: dma_map_single() is given buf, which is on the stack, for DMA [memory-not-for-dma]
 * pointers.c:53:9: error: dma_map_single() is given &word, which is on the stack, for DMA [memory-not-for-dma]
 * pointers.c:60:9: error: dma_map_single() is given buf, which is on the stack, for DMA [memory-not-for-dma]
 * pointers.c:78:9: error: teal_map() is given word, which is on the stack, for DMA [memory-not-for-dma]
 * pointers.c:65:9: note: dma_map_single() is called there
 * pointers.c:80:9: error: teal_map_line() is given memory from vzalloc(), which is not in the linear mapping [memory-not-for-dma]
 * pointers.c:33:11: note: memory comes from vzalloc()
 * pointers.c:65:9: note: dma_map_single() is called there
 * pointers.c:85:9: error: dma_map_single() is given memory from vzalloc(), which is not in the linear mapping [memory-not-for-dma]
 * pointers.c:33:11: note: memory comes from vzalloc()
 * pointers.c:90:2: error: sg_set_buf() is given memory from vzalloc(), which is not in the linear mapping [memory-not-for-dma]
 * pointers.c:33:11: note: memory comes from vzalloc()
 * pointers.c:99:9: error: usb_control_msg() is given status, which is on the stack, for DMA [memory-not-for-dma]
 * check-output-end
 */
